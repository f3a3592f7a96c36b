import type { Caller } from '../job/caller.ts'

/** How a caller stands with its limit for a minute. */
export interface RateLimitState {
  /** Whether the request may pass. */
  readonly ok: boolean
  /** Requests a minute. */
  readonly limit: number
  /** How many more may follow at once. */
  readonly remaining: number
  /** Until the next one may pass, in seconds. */
  readonly retrySeconds: number
  /** Until the whole limit is there again, in seconds. */
  readonly resetSeconds: number
}

/** Keeps the exact limits of callers. */
export interface Admission {
  /**
   * Counts one request that may cost something, of a caller with `requestsPerMinute`. One that is over the
   * limit is not counted.
   */
  countRequest(caller: Caller): Promise<RateLimitState>
}

/** The binding `RATE_LIMITER`: approximate, counted in each of Cloudflare's locations by itself. */
export interface RateLimiter {
  limit(options: { readonly key: string }): Promise<{ readonly success: boolean }>
}
