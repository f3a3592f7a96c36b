import * as z from 'zod/mini'

import type { Fetcher } from '../lib/fetcher.ts'
import { parseJson } from '../lib/json.ts'
import { once } from '../lib/once.ts'
import type { FalWebhookEvent } from '../ports/fal-webhook-event.ts'
import type { FalHosts } from './fal-call.ts'

/** Looks at what is said to come from fal. */
export interface WebhookReader {
  /**
   * @param now milliseconds
   * @returns undefined for what fal did not sign, or not in the last five minutes, in the same way for every
   *   reason
   */
  read(
    headers: Headers,
    body: Uint8Array<ArrayBuffer>,
    now: number,
  ): Promise<FalWebhookEvent | undefined>
}

/** fal lets its keys be kept for a day at most (fal API reference §5). */
const KEYS_FRESH_MS = 24 * 3600_000
/** Keys that fit nothing are asked for again, because fal may have new ones; not more often than this. */
const KEYS_REST_MS = 60_000
const KEYS_TIMEOUT_MS = 5000
const MAX_SKEW_SECONDS = 300

const jwks = once(() => z.object({ keys: z.array(z.object({ x: z.string() })) }))

const event = once(() => z.object({ request_id: z.string(), status: z.enum(['OK', 'ERROR']) }))

type Bytes = Uint8Array

/** Remembers fal's public keys as long as the isolate lives. */
export function createWebhookReader(
  { fetch, hosts }: { readonly fetch: Fetcher; readonly hosts: FalHosts },
  clock: () => number,
): WebhookReader {
  let known: { readonly keys: readonly CryptoKey[]; readonly at: number } | undefined
  const keysOf = async (olderThan: number): Promise<readonly CryptoKey[]> => {
    if (known !== undefined && known.at >= clock() - olderThan) return known.keys
    const keys = await fetchKeys(fetch, hosts)
    if (keys !== undefined) known = { keys, at: clock() }
    return known?.keys ?? []
  }
  const isSigned = async (signature: Bytes, message: Bytes): Promise<boolean> =>
    (await fits(await keysOf(KEYS_FRESH_MS), signature, message)) ||
    (await fits(await keysOf(KEYS_REST_MS), signature, message))
  return {
    async read(headers, body, now) {
      const said = (name: string): string => headers.get(`x-fal-webhook-${name}`) ?? ''
      const [id, time] = [said('request-id'), said('timestamp')]
      const signature = readSignature(said('signature'))
      const skew = Math.abs(now / 1000 - Number(time === '' ? Number.NaN : time))
      if (signature === undefined || !(skew <= MAX_SKEW_SECONDS)) return undefined
      const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', body)).toHex()
      const message = new TextEncoder().encode([id, said('user-id'), time, digest].join('\n'))
      if (!(await isSigned(signature, message))) return undefined
      const read = event().safeParse(parseJson(new TextDecoder().decode(body)))
      if (!read.success || read.data.request_id !== id) return undefined
      return { requestId: id, ok: read.data.status === 'OK' }
    },
  }
}

async function fits(
  keys: readonly CryptoKey[],
  signature: Bytes,
  message: Bytes,
): Promise<boolean> {
  const ends = await Promise.all(
    keys.map((key) => crypto.subtle.verify('Ed25519', key, signature, message)),
  )
  return ends.includes(true)
}

/** @returns undefined when they cannot be had */
async function fetchKeys(
  fetch: Fetcher,
  { restUrl }: FalHosts,
): Promise<readonly CryptoKey[] | undefined> {
  try {
    const response = await fetch(`${restUrl}/.well-known/jwks.json`, {
      redirect: 'manual',
      signal: AbortSignal.timeout(KEYS_TIMEOUT_MS),
    })
    const read = jwks().parse(parseJson(await response.text()))
    return await Promise.all(
      read.keys.map(({ x }) =>
        crypto.subtle.importKey('jwk', { kty: 'OKP', crv: 'Ed25519', x }, 'Ed25519', false, [
          'verify',
        ]),
      ),
    )
  } catch {
    return undefined
  }
}

/** An Ed25519 signature: 64 bytes. Of any other length the runtime does not say that it is wrong, it throws. */
function readSignature(text: string): Bytes | undefined {
  return /^[0-9a-f]{128}$/i.test(text) ? new Uint8Array(Uint8Array.fromHex(text)) : undefined
}
