import type { AccessKey, Caller } from '../job/caller.ts'
import { ProblemError } from '../job/problem.ts'
import { sha256 } from '../lib/bytes/sha256.ts'
import { once } from '../lib/once.ts'

/**
 * Who calls.
 *
 * @returns the same object for the same key
 * @throws ProblemError `unauthenticated`
 */
export type Authenticate = (headers: Headers) => Promise<Caller>

/** Compares digests in constant time, so that neither length nor content of a key shows in the time taken. */
export function createAuthenticate(keys: readonly AccessKey[]): Authenticate {
  const known = once(() => Promise.all(keys.map(toKnown)))
  return async (headers) => {
    const given = readKey(headers)
    const digest = await sha256(given ?? '')
    let caller: Caller | undefined
    // Every key is compared, whichever fits: the time taken must not tell which.
    for (const one of await known()) {
      if (crypto.subtle.timingSafeEqual(one.digest, digest)) caller ??= one.caller
    }
    if (given === undefined || caller === undefined) {
      throw new ProblemError({ kind: 'unauthenticated', given: given !== undefined })
    }
    return caller
  }
}

/** The names of all who have been given keys; of one with several keys several times. */
export async function callersOf(keys: readonly AccessKey[]): Promise<readonly string[]> {
  return (await Promise.all(keys.map(toKnown))).map(({ caller }) => caller.name)
}

/** The SHA-256 of each key of a caller, in hexadecimal digits: what only both of us can know. */
export async function digestsOf(
  keys: readonly AccessKey[],
  name: string,
): Promise<readonly string[]> {
  const known = await Promise.all(keys.map(toKnown))
  return known.filter(({ caller }) => caller.name === name).map(({ digest }) => digest.toHex())
}

interface Known {
  readonly caller: Caller
  readonly digest: Uint8Array<ArrayBuffer>
}

async function toKnown({ secret, ...key }: AccessKey): Promise<Known> {
  const digest = 'key' in secret ? await sha256(secret.key) : Uint8Array.fromHex(secret.sha256)
  return { caller: { ...key, name: key.name ?? digest.toHex().slice(0, 8) }, digest }
}

/** `Authorization: Bearer` in any case, or Azure's `api-key`, or `x-api-key`. */
function readKey(headers: Headers): string | undefined {
  const bearer = /^\s*bearer\s+(\S.*)$/i.exec(headers.get('authorization') ?? '')?.[1]
  const key = bearer ?? headers.get('api-key') ?? headers.get('x-api-key')
  return key === null || key.trim() === '' ? undefined : key.trim()
}
