import * as z from 'zod/mini'

import type { JobClaims } from '../job/job-claims.ts'
import { ProblemError } from '../job/problem.ts'
import { createTokenSigner } from '../lib/bytes/signed-token.ts'
import { once } from '../lib/once.ts'

/** Job ids: signed, self-contained, bound to a caller. */
export interface JobIds {
  sign(claims: JobClaims): Promise<string>
  /**
   * @param nowSeconds seconds since 1970
   * @throws ProblemError `job_not_found` for an id that is forged, damaged or another caller's, in the same
   *   words; `job_expired` when its time is over
   */
  read(id: string, callerName: string, nowSeconds: number): Promise<JobClaims>
}

/** fal keeps results for 30 days where payload storage is on (its default), and forgets sooner elsewhere. */
export const JOB_ID_SECONDS = 30 * 24 * 3600

const VERSION = 1

// A list, not an object: the id travels in a header, and a job of ten parts has ten request ids in it.
const payload = once(() =>
  z.tuple([
    z.literal(VERSION),
    z.string(),
    z.string(),
    z.array(z.union([z.string(), z.tuple([z.string(), z.string()])])).check(z.minLength(1)),
    z.int().check(z.positive()),
    z.string(),
    z.string(),
    z.int(),
    // Ids of images, which were there first, end here.
    z.optional(z.string()),
    z.optional(z.record(z.string(), z.union([z.string(), z.number()]))),
  ]),
)

type Payload = z.infer<ReturnType<typeof payload>>

const FIRST_MEDIUM = 'image'

/** @param secret `SIGNING_KEY`, or the fal key; the signing key is derived from it */
export function createJobIds(secret: string): JobIds {
  const signer = createTokenSigner(secret, 'fal-openai-worker job ids')
  return {
    async sign(claims) {
      return `job_${await signer.sign(toPayload(claims))}`
    },
    async read(id, callerName, nowSeconds) {
      const token = id.startsWith('job_') ? id.slice('job_'.length) : ''
      const parsed = payload().safeParse(await signer.read(token))
      const claims = parsed.success ? fromPayload(parsed.data) : undefined
      if (claims?.caller !== callerName) throw new ProblemError({ kind: 'job_not_found' })
      const expiresAt = claims.createdAt + JOB_ID_SECONDS
      if (expiresAt < nowSeconds) {
        throw new ProblemError({ kind: 'job_expired', expiredAt: expiresAt })
      }
      return claims
    },
  }
}

function toPayload(claims: JobClaims): Payload {
  const { medium, memo, endpoint } = claims
  const facts = [
    VERSION,
    claims.model,
    endpoint,
    claims.parts.map(({ requestId, path }): string | [string, string] =>
      path === unsaidPath(endpoint, requestId) ? requestId : [requestId, path],
    ),
    claims.count,
    claims.keyFingerprint,
    claims.caller,
    claims.createdAt,
  ] satisfies Payload
  const hasMemo = Object.keys(memo).length > 0
  if (hasMemo) return [...facts, medium, memo]
  return medium === FIRST_MEDIUM ? facts : [...facts, medium]
}

function fromPayload(data: Payload): JobClaims {
  const [, model, endpoint, parts, count, keyFingerprint, caller, createdAt, medium, memo] = data
  return {
    medium: medium ?? FIRST_MEDIUM,
    model,
    endpoint,
    parts: parts.map((part) =>
      typeof part === 'string'
        ? { requestId: part, path: unsaidPath(endpoint, part) }
        : { requestId: part[0], path: part[1] },
    ),
    count,
    keyFingerprint,
    caller,
    createdAt,
    memo: memo ?? {},
  }
}

/**
 * The path that an id leaves out because it follows from the rest. Not fal's whole rule, which takes three steps
 * of a workflow's endpoint: such a path is written out. It stays so, as ids that callers have are read by it.
 */
function unsaidPath(endpoint: string, requestId: string): string {
  return `${endpoint.split('/').slice(0, 2).join('/')}/requests/${requestId}`
}
