import type { Caller } from '../job/caller.ts'

/** How a caller stands with its requests of the running minute. */
export interface RequestCount {
  readonly limit: number
  readonly remaining: number
  /** Until the next one may pass. */
  readonly retrySeconds: number
  /** Until all of them are free again. */
  readonly resetSeconds: number
}

/** Keeps the exact limits of callers. */
export interface Admission {
  /**
   * Counts one request that may cost something, of a caller with `requestsPerMinute`. One that is over the
   * limit is not counted.
   */
  countRequest(caller: Caller): Promise<RequestCount & { readonly ok: boolean }>
}

/** The binding `RATE_LIMITER`: approximate, counted in each of Cloudflare's locations by itself. */
export interface RateLimiter {
  limit(options: { readonly key: string }): Promise<{ readonly success: boolean }>
}
