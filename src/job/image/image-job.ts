import type { ImageReference } from './image-reference.ts'
import type { ImageSize } from './image-size.ts'
import type { MaskImage, SourceImage } from './source-image.ts'

/** How good it is to be, the least first; the model's own choice is said by leaving it out. */
export type Quality = 'low' | 'medium' | 'high' | 'xhigh' | 'max'

export type ImageFormat = 'png' | 'jpeg' | 'webp' | 'gif' | 'svg'

/**
 * What is asked, in words that belong to neither OpenAI nor fal. `undefined` always means: the caller has
 * no wish, the model's default holds.
 */
interface ImageWish {
  /** The name the caller used; undefined: the configured default model. */
  readonly model: string | undefined
  /** Empty where an image alone says what to do, as for upscaling. */
  readonly prompt: string
  /** How many images, 1 to 10. */
  readonly count: number
  readonly size: ImageSize | undefined
  readonly quality: Quality | undefined
  readonly format: ImageFormat | undefined
  readonly background: 'transparent' | 'opaque' | undefined
  /** JPEG or WebP compression, 0 to 100. */
  readonly compression: number | undefined
  /** The waist's own word: `low` asks for a less strict filter. */
  readonly moderation: 'low' | undefined
  /** The waist's own words: larger than life, or true to it. A model's other styles travel in `extra`. */
  readonly style: 'vivid' | 'natural' | undefined
  readonly seed: number | undefined
  /** How many unfinished images are wanted on the way, where the model shows some; absent: none. */
  readonly partials?: number
  /** What must not be in the image. */
  readonly negativePrompt: string | undefined
  /** Fields in fal's own words that the caller sent on purpose; those that the endpoint knows pass. */
  readonly extra: Readonly<Record<string, unknown>>
}

/** An image job as a caller asks for it: its images are references, which nobody has resolved. */
export interface AskedImageJob extends ImageWish {
  /** Images to work on, in order; empty: a new image. */
  readonly sources: readonly ImageReference[]
  /**
   * The last image of the conversation: it is worked on when the caller gave no other and the model can;
   * undefined: there is none, or a new image is wanted.
   */
  readonly earlier: ImageReference | undefined
  /** Transparent is changed, or white; undefined: the whole image may be changed. */
  readonly mask: ImageReference | undefined
}

/** An image job whose images are where an upstream can fetch them. */
export interface ImageJob extends ImageWish {
  /** Images to work on, in order; empty: a new image. */
  readonly sources: readonly SourceImage[]
  /**
   * The last image of the conversation: it is worked on when the caller gave no other and the model can;
   * undefined: there is none, or a new image is wanted.
   */
  readonly earlier: SourceImage | undefined
  /** undefined: the whole image may be changed. */
  readonly mask: MaskImage | undefined
}

/** At most so many images in one request, as at OpenAI. */
export const MAX_IMAGES = 10
