import { ProblemError } from '../job/problem.ts'
import { sha256 } from '../lib/sha256.ts'

/** One of the owner's access keys. */
export interface AccessKey {
  /** undefined: the owner gave it none. */
  readonly name: string | undefined
  readonly key: string
}

/**
 * Who calls: the key's name, or a fingerprint of the key.
 *
 * @throws ProblemError `unauthenticated`
 */
export type Authenticate = (headers: Headers) => Promise<string>

/** Compares digests in constant time, so that neither length nor content of a key shows in the time taken. */
export function createAuthenticate(keys: readonly AccessKey[]): Authenticate {
  let digests: Promise<readonly { caller: string; digest: Uint8Array<ArrayBuffer> }[]> | undefined
  const known = (): NonNullable<typeof digests> =>
    (digests ??= Promise.all(
      keys.map(async ({ name, key }) => {
        const digest = await sha256(key)
        return { caller: name ?? digest.toHex().slice(0, 8), digest }
      }),
    ))
  return async (headers) => {
    const given = readKey(headers)
    const digest = await sha256(given ?? '')
    let caller: string | undefined
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

/** `Authorization: Bearer` in any case, or Azure's `api-key`, or `x-api-key`. */
function readKey(headers: Headers): string | undefined {
  const bearer = /^\s*bearer\s+(.+)$/i.exec(headers.get('authorization') ?? '')?.[1]
  const key = bearer ?? headers.get('api-key') ?? headers.get('x-api-key')
  return key === null || key.trim() === '' ? undefined : key.trim()
}
