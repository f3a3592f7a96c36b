import type { Pixels } from './image-size.ts'

/** An image to work on, where an upstream can fetch it. */
export interface SourceImage {
  /** https or a `data:` URI, which fal fetches and we do not. */
  readonly url: string
  /** How large it is; told for images that came as a form. */
  readonly bytes?: number
  /** undefined: not known, as for a caller's URL. */
  readonly pixels: Pixels | undefined
  /** The caller's fields that named it, where several may; absent: it is simply what is worked on. */
  readonly fields?: readonly string[] | undefined
}

/** Where the image may be changed, in both customs. At least one of the two is there. */
export interface MaskImage {
  /** Transparent is changed; undefined: what the caller sent has no alpha channel. */
  readonly transparent: string | undefined
  /** White is changed (fal's custom); undefined: it cannot be made of what the caller sent (a URL). */
  readonly white: string | undefined
}
