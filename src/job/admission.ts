import type { Caller } from './caller.ts'

/** How a caller stands with its requests of the running minute. */
export interface RequestCount {
  readonly limit: number
  readonly remaining: number
  /** Until all of them are free again. */
  readonly resetSeconds: number
}

/** Keeps the exact limits of callers. Each call is one step that no other call comes between. */
export interface Admission {
  /**
   * Counts one request that may cost something, of a caller with `requestsPerMinute`. One that is over the
   * limit is not counted.
   */
  countRequest(caller: Caller): Promise<RequestCount & { readonly ok: boolean }>
  /**
   * Sets aside what a submit will probably cost, of a caller with `budgetUsd`, before it is made: with what
   * is set aside and spent already it must not be more than the budget.
   *
   * @param estimateUsd undefined: not known
   * @throws ProblemError `budget_spent`
   */
  reserve(caller: Caller, estimateUsd: number | undefined): Promise<void>
}

/** The binding `RATE_LIMITER`: approximate, counted in each of Cloudflare's locations by itself. */
export interface RateLimiter {
  limit(options: { readonly key: string }): Promise<{ readonly success: boolean }>
}
