import type { Caller } from '../job/caller.ts'
import { ProblemError } from '../job/problem.ts'
import type { Log } from '../lib/log.ts'
import type { Admission, RateLimiter, RateLimitState } from '../ports/rate-limit.ts'

/** What keeps limits; undefined: the owner has bound none. */
export interface LimitBindings {
  /** The cheap one, asked first. */
  readonly rateLimiter: RateLimiter | undefined
  /** The exact one. */
  readonly admission: Admission | undefined
}

/**
 * The binding does not say when its period ends; it is 10 or 60 s long.
 *
 * https://developers.cloudflare.com/workers/runtime-apis/bindings/rate-limit/
 */
const LIMITER_PERIOD_SECONDS = 10

/**
 * Lets a request in that may cost something, before its body is read.
 *
 * @param tell called with the count, also of a request that is not let in
 * @throws ProblemError `too_many_requests`
 */
export async function checkLimits(
  caller: Caller,
  { rateLimiter, admission }: LimitBindings,
  log: Log,
  tell: (count: RateLimitState) => void,
): Promise<void> {
  if (rateLimiter !== undefined && !(await isBelow(rateLimiter, caller, log))) {
    throw tooMany(LIMITER_PERIOD_SECONDS)
  }
  if (admission === undefined || caller.requestsPerMinute === undefined) return
  const count = await admission.countRequest(caller)
  tell(count)
  if (!count.ok) throw tooMany(count.retrySeconds)
}

/** It is only the cheap guard: when it is out of order, nobody is kept out. */
async function isBelow(limiter: RateLimiter, { name }: Caller, log: Log): Promise<boolean> {
  try {
    return (await limiter.limit({ key: name })).success
  } catch {
    log('warn', 'rate limiter failed')
    return true
  }
}

function tooMany(retryAfterSeconds: number): ProblemError {
  return new ProblemError({ kind: 'too_many_requests', retryAfterSeconds })
}
