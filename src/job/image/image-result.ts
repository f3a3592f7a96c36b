import type { BaseMade, JobFacts } from '../job-result.ts'
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

/** What came of an `ImageJob`. */
export interface ImagesMade extends BaseMade {
  readonly medium: 'image'
  /** At least one, in order. */
  readonly images: readonly GeneratedImage[]
  /** The prompt as the model rewrote it; undefined: it did not, or does not tell. */
  readonly revisedPrompt: string | undefined
  /** The size asked of the endpoint, or its default: `16:9`, `1024x768`; undefined: it has none or chose. */
  readonly size: string | undefined
  /** Whether images were worked on, not made of words alone; undefined: the job was looked up. */
  readonly edited: boolean | undefined
  /** Decimal digits, because fal's seeds exceed 2^53; undefined: the endpoint tells none. */
  readonly seed: string | undefined
}

/** The answer to an `ImageJob`. */
export interface ImageResult extends ImagesMade, JobFacts {}
