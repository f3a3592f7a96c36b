/** What the gateway did in how many milliseconds; undefined: that step did not happen. */
export interface Timings {
  readonly submit: number
  readonly queue: number | undefined
  readonly run: number | undefined
  readonly fetch: number | undefined
}

/** What a job took; known of a job that has failed too. */
export interface JobMeasures {
  /** undefined: the job was looked up, not followed. */
  readonly timings: Timings | undefined
  /** fal's billable units, in the unit of the endpoint's price, without a second step's; undefined: not known. */
  readonly units: number | undefined
  /** What fal charges in USD, all requests and a second step together; undefined: not known. 0: nothing. */
  readonly costUsd: number | undefined
  /** Nothing is left of it at fal, and nothing is charged. */
  readonly cancelled?: boolean
  /** Some of it could not be read, and may be had by asking again. */
  readonly isPartial?: boolean
}

/** One request of a job to an endpoint; a job for more than the endpoint makes at once has several. */
export interface JobPart {
  /** The upstream's id of the request. */
  readonly requestId: string
  /**
   * Where the upstream keeps it, in the upstream's own words: only `fal/` reads them, and the tokens that make
   * them short. The ledger's records, and calls of its objects, know it by this name.
   */
  readonly path: string
}

/** What was made, whatever it is. */
export interface BaseMade {
  /** How many were made: what usage counts. */
  readonly made: number
  /** What was changed or left out, in ASCII, such as `size=1024x1024->1:1`. */
  readonly adjusted: readonly string[]
}

/** What is known of every job that has been made, beside what was made. */
export interface JobFacts extends JobMeasures {
  /** The endpoint that really served. */
  readonly endpoint: string
  /** The name by which the caller asked for the model. */
  readonly model: string
  readonly parts: readonly JobPart[]
}

/** The answer to a job. */
export type ResultOf<Made extends BaseMade> = Made & JobFacts
