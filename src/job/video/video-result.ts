import type { Pixels } from '../image/image-size.ts'
import type { BaseMade, ResultOf } from '../job-result.ts'

/** One video that fal made. */
export interface GeneratedVideo {
  /** Where the video is: https. */
  readonly url: string
  /** undefined: fal did not say. */
  readonly contentType: string | undefined
  /** How large the file is; undefined: fal did not say. */
  readonly bytes: number | undefined
  /** undefined: fal did not say. */
  readonly pixels: Pixels | undefined
  /** How long it is; undefined: fal did not say. */
  readonly seconds: number | undefined
}

/** What came of a `VideoJob`. */
export interface VideosMade extends BaseMade {
  readonly medium: 'video'
  /** At least one, in order. */
  readonly videos: readonly GeneratedVideo[]
  /** How long each is, as far as it is known. */
  readonly seconds: number | undefined
  /** `1280x720`, or `16:9` where no more is known. */
  readonly size: string | undefined
  readonly seed: string | undefined
  readonly revisedPrompt: string | undefined
  /** Whether images were worked on, not words alone; undefined: the job was looked up. */
  readonly animated: boolean | undefined
}

/** The answer to a `VideoJob`. */
export type VideoResult = ResultOf<VideosMade>
