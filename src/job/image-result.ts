import type { Pixels } from './image-size.ts'

/** One image that fal made. */
export interface GeneratedImage {
  /** Where the image is: https, or a `data:` URI from an endpoint that sends nothing else. */
  readonly url: string
  /** undefined: fal did not say. */
  readonly contentType: string | undefined
  /** undefined: fal did not say, and the image has not passed through us. */
  readonly pixels: Pixels | undefined
}

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
}

/** The answer to an `ImageJob`. */
export interface ImageResult extends JobMeasures {
  /** At least one, in order. */
  readonly images: readonly GeneratedImage[]
  /** The endpoint that really served. */
  readonly endpoint: string
  /** The name by which the caller asked for the model. */
  readonly model: string
  /** The prompt as the model rewrote it; undefined: it did not, or does not tell. */
  readonly revisedPrompt: string | undefined
  /** The size asked of the endpoint, or its default: `16:9`, `1024x768`; undefined: it has none or chose. */
  readonly size: string | undefined
  /** Whether images were worked on, not made of words alone; undefined: the job was looked up. */
  readonly edited: boolean | undefined
  /** Decimal digits, because fal's seeds exceed 2^53; undefined: the endpoint tells none. */
  readonly seed: string | undefined
  /** What was changed or left out, in ASCII, such as `size=1024x1024->1:1`. */
  readonly adjusted: readonly string[]
  readonly parts: readonly JobPart[]
}

/** One fal request of a job; a job for more images than the endpoint makes at once has several. */
export interface JobPart {
  /** fal's request id. */
  readonly requestId: string
  /** The request's path below the queue's URL: `fal-ai/flux/requests/<id>`. */
  readonly path: string
}
