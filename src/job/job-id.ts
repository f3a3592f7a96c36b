import * as z from 'zod'

import { fromBase64Url, toBase64Url } from '../lib/base64url.ts'
import { parseJson } from '../lib/json.ts'
import type { JobPart } from './image-result.ts'
import { ProblemError } from './problem.ts'

/** Everything needed to find a job again, without any storage. */
export interface JobClaims {
  readonly model: string
  readonly endpoint: string
  readonly parts: readonly JobPart[]
  readonly count: number
  /** Names the fal key that submitted. */
  readonly keyFingerprint: string
  /** Who asked; nobody else may read the job. */
  readonly caller: string
  /** Seconds since 1970. */
  readonly createdAt: number
}

/** Job ids: signed, self-contained, bound to a caller. */
export interface JobIds {
  sign(claims: JobClaims): Promise<string>
  /**
   * @param nowSeconds seconds since 1970
   * @throws ProblemError `job_not_found` for an id that is forged, damaged or another caller's, in the same
   *   words; `job_expired` when its time is over
   */
  read(id: string, caller: string, nowSeconds: number): Promise<JobClaims>
}

/** fal keeps results for 30 days where payload storage is on (its default), and forgets sooner elsewhere. */
export const JOB_ID_SECONDS = 30 * 24 * 3600

const VERSION = 1

// A list, not an object: the id travels in a header, and a job of ten parts has ten request ids in it.
const payload = z.tuple([
  z.literal(VERSION),
  z.string(),
  z.string(),
  z.array(z.union([z.string(), z.tuple([z.string(), z.string()])])).min(1),
  z.number().int().positive(),
  z.string(),
  z.string(),
  z.number().int(),
])

/** @param secret `SIGNING_KEY`, or the fal key; the signing key is derived from it */
export function createJobIds(secret: string): JobIds {
  let derived: Promise<CryptoKey> | undefined
  const key = (): Promise<CryptoKey> => (derived ??= deriveKey(secret))
  return {
    async sign(claims) {
      const body = toBase64Url(new TextEncoder().encode(JSON.stringify(toPayload(claims))))
      const signature = await crypto.subtle.sign(
        'HMAC',
        await key(),
        new TextEncoder().encode(body),
      )
      return `job_${body}.${toBase64Url(new Uint8Array(signature))}`
    },
    async read(id, caller, nowSeconds) {
      const claims = await verify(id, await key())
      if (claims?.caller !== caller) throw new ProblemError({ kind: 'job_not_found' })
      const expiresAt = claims.createdAt + JOB_ID_SECONDS
      if (expiresAt < nowSeconds)
        throw new ProblemError({ kind: 'job_expired', expiredAt: expiresAt })
      return claims
    },
  }
}

async function verify(id: string, key: CryptoKey): Promise<JobClaims | undefined> {
  const match = /^job_([\w-]{1,8192})\.([\w-]{43})$/.exec(id)
  const body = fromBase64Url(match?.[1] ?? '')
  const signature = fromBase64Url(match?.[2] ?? '')
  if (match?.[1] === undefined || body === undefined || signature === undefined) return undefined
  const signed = new TextEncoder().encode(match[1])
  if (!(await crypto.subtle.verify('HMAC', key, signature, signed))) return undefined
  const parsed = payload.safeParse(parseJson(new TextDecoder().decode(body)))
  return parsed.success ? fromPayload(parsed.data) : undefined
}

function toPayload(claims: JobClaims): z.infer<typeof payload> {
  const app = claims.endpoint.split('/').slice(0, 2).join('/')
  return [
    VERSION,
    claims.model,
    claims.endpoint,
    claims.parts.map(({ requestId, path }) =>
      path === `${app}/requests/${requestId}` ? requestId : [requestId, path],
    ),
    claims.count,
    claims.keyFingerprint,
    claims.caller,
    claims.createdAt,
  ]
}

function fromPayload(data: z.infer<typeof payload>): JobClaims {
  const [, model, endpoint, parts, count, keyFingerprint, caller, createdAt] = data
  const app = endpoint.split('/').slice(0, 2).join('/')
  return {
    model,
    endpoint,
    parts: parts.map((part) =>
      typeof part === 'string'
        ? { requestId: part, path: `${app}/requests/${part}` }
        : { requestId: part[0], path: part[1] },
    ),
    count,
    keyFingerprint,
    caller,
    createdAt,
  }
}

async function deriveKey(secret: string): Promise<CryptoKey> {
  const encoder = new TextEncoder()
  const material = await crypto.subtle.importKey('raw', encoder.encode(secret), 'HKDF', false, [
    'deriveKey',
  ])
  return crypto.subtle.deriveKey(
    {
      name: 'HKDF',
      hash: 'SHA-256',
      salt: new Uint8Array(),
      info: encoder.encode('fal-openai-worker job ids'),
    },
    material,
    { name: 'HMAC', hash: 'SHA-256', length: 256 },
    false,
    ['sign', 'verify'],
  )
}
