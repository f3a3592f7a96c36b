/** Width and height in px. */
export interface Size {
  readonly width: number
  readonly height: number
}

interface Drawn extends Size {
  readonly prompt: string
  readonly seed: string
  /** Position among the media of one job. */
  readonly index: number
  /** All black, as fal's safety checker leaves it. */
  readonly black?: boolean
  /** The image that is edited or set in motion, drawn underneath. */
  readonly source?: Uint8Array
}

export type ImageFormat = 'png' | 'jpeg' | 'webp'

export interface ImageSpec extends Drawn {
  readonly kind: 'image'
  readonly format: ImageFormat
  /** 0…1: how much of the image has come out of the blur; 1 is finished. */
  readonly progress?: number
  readonly transparent?: boolean
}

export interface VideoSpec extends Drawn {
  readonly kind: 'video'
  readonly seconds: number
}

/** A file that nobody looks into: a mesh, an archive, a training's weights. */
export interface OtherSpec {
  readonly kind: 'other'
  readonly index: number
  readonly extension: string
  readonly contentType: string
  readonly text: string
}

/** Everything that decides what a file of ours looks like: equal specs are equal bytes. */
export type MediaSpec = ImageSpec | VideoSpec | OtherSpec
