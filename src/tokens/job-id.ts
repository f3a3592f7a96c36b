import * as z from 'zod/mini'

import type { JobPart } from '../job/image-result.ts'
import { ProblemError } from '../job/problem.ts'
import { listOf } from '../lib/list-of.ts'
import { createTokenSigner } from '../lib/signed-token.ts'

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
const payload = listOf({
  0: z.int().check(z.minimum(VERSION), z.maximum(VERSION)),
  1: z.string(),
  2: z.string(),
  3: z.array(z.union([z.string(), listOf({ 0: z.string(), 1: z.string() })])).check(z.minLength(1)),
  4: z.int().check(z.positive()),
  5: z.string(),
  6: z.string(),
  7: z.int(),
})

/** @param secret `SIGNING_KEY`, or the fal key; the signing key is derived from it */
export function createJobIds(secret: string): JobIds {
  const signer = createTokenSigner(secret, 'fal-openai-worker job ids')
  return {
    async sign(claims) {
      return `job_${await signer.sign(toPayload(claims))}`
    },
    async read(id, caller, nowSeconds) {
      const token = id.startsWith('job_') ? id.slice('job_'.length) : ''
      const parsed = payload.safeParse(await signer.read(token))
      const claims = parsed.success ? fromPayload(parsed.data) : undefined
      if (claims?.caller !== caller) throw new ProblemError({ kind: 'job_not_found' })
      const expiresAt = claims.createdAt + JOB_ID_SECONDS
      if (expiresAt < nowSeconds) {
        throw new ProblemError({ kind: 'job_expired', expiredAt: expiresAt })
      }
      return claims
    },
  }
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
  const {
    1: model,
    2: endpoint,
    3: parts,
    4: count,
    5: keyFingerprint,
    6: caller,
    7: createdAt,
  } = data
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
