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

export type SoundFormat = 'mp3' | 'wav' | 'flac' | 'ogg' | 'pcm'

/** What both MPEG-1 and MPEG-2 have, and two that only MPEG-1 has (from 32 kHz on). */
export type Bitrate = 32 | 64 | 96 | 128 | 192 | 256

/** Somebody says the text. */
export interface Speech {
  readonly kind: 'speech'
  /** A language of espeak-ng: `en-us`, `cmn`, `fr-fr`, … */
  readonly language: string
  /** One of its voices' timbres: `m1`…`m7`, `f1`…`f4`. */
  readonly timbre: string
  /** 1 is the usual pace. */
  readonly speed: number
}

/** A tune. */
export interface Tones {
  readonly kind: 'tones'
  readonly seconds: number
}

export interface SoundSpec {
  readonly kind: 'sound'
  readonly content: Speech | Tones
  /** What is said, or what the tune was asked to be; it travels in the file. */
  readonly text: string
  readonly seed: string
  readonly index: number
  readonly format: SoundFormat
  /** In Hz. */
  readonly sampleRate: number
  /** Of MP3, in kbit/s. */
  readonly bitrate: Bitrate
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
export type MediaSpec = ImageSpec | VideoSpec | SoundSpec | OtherSpec
