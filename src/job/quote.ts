/** What something would be charged by, as far as it can be told beforehand. */
export interface Estimate {
  /** What its endpoint charges by, in fal's words; absent: fal says no price. */
  readonly unit?: string
  /** How many of them; absent: it cannot be told before it is made. */
  readonly units?: number
  /** Absent: it cannot be told. */
  readonly usd?: number
}

/** A job that has not been submitted, and what it would cost. */
export interface Quote {
  /** The model's name, as the caller said it. */
  readonly model: string
  readonly endpoint: string
  /** How many fal requests it would be, second steps included. */
  readonly requests: number
  /** Of the endpoint itself. */
  readonly estimate: Estimate
  /** Of all requests together in USD; absent: not known of each of them. */
  readonly usd?: number
  readonly adjusted: readonly string[]
  /** What the first request would send. */
  readonly input: object
  /** Second steps. */
  readonly further: readonly (Estimate & { readonly endpoint: string })[]
}
