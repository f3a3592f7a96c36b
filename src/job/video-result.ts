import type { Pixels } from './image-size.ts'

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
