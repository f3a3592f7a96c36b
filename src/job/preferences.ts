/** What a request's body says of how its job is to be treated, whatever is to be made. */
export interface Treatment {
  /** Whether it may wait behind all others. */
  readonly lowPriority: boolean
  /** Whether what is sent and what is answered may be kept upstream, beyond what its delivery needs. */
  readonly stored: boolean
}

/** Where nothing is said. */
export const USUAL_TREATMENT: Treatment = { lowPriority: false, stored: true }

/** How the upstream is to treat a job's requests. */
export interface Preferences extends Treatment {
  /** What has not begun by then shall never begin; undefined: there is no such time. */
  readonly startWithinSeconds: number | undefined
  /** How long what is made stays; undefined: as long as the upstream keeps it. */
  readonly resultSeconds: number | undefined
  /** The name of who ordered it. */
  readonly caller: string
}

/**
 * How long somebody waits for a job, in seconds. `undefined`: as long as the gateway does. `open`: nobody
 * does, and whoever wants it comes back whenever it suits.
 */
export type Patience = number | undefined | 'open'
