import { UNREACHABLE } from '../../api/gateway.ts'
import type { Medium } from '../../api/models.ts'

export type ExtraValue = string | number | boolean

/** What is asked of a model. */
export interface Order {
  readonly model: string
  /** What the model makes. */
  readonly medium: Medium
  readonly prompt: string
  /** A ratio, or `WIDTHxHEIGHT`; empty: the model chooses. */
  readonly size: string
  /** `2K`; empty: the model chooses. */
  readonly resolution: string
  readonly count: number
  /** Empty: the model chooses. */
  readonly format: string
  /** Empty: any. */
  readonly seed: string
  readonly negativePrompt: string
  /** Fields that only some models take, by the names that the gateway has for them. */
  readonly extra: Readonly<Record<string, ExtraValue>>
  /** Pictures to work on; none: a new one is made. */
  readonly sources: readonly Blob[]
  /** Of the first source: transparent where it may change; undefined: everywhere. */
  readonly mask: Blob | undefined
  /** Whether unfinished pictures are shown on the way. */
  readonly live: boolean
  /** How long a video is to be; empty: the model chooses. */
  readonly seconds: string
  /** Whether a video is to have sound; undefined: the model chooses. */
  readonly sound: boolean | undefined
  /** How a video ends. How it begins, or what it is to look like, are `sources`. */
  readonly lastFrame: Blob | undefined
  /** A video that is to be worked on; undefined: a new one is made. */
  readonly video: OldVideo | undefined
  /** Who speaks; empty: the model chooses. */
  readonly voice: string
  /** How fast is spoken, 1 as usual; empty: as usual. */
  readonly speed: string
  /** What is to be written down. */
  readonly recording: File | undefined
}

/** What can be done with a video that was made. */
export const VIDEO_WORKS = ['remix', 'edit', 'extend'] as const

/** A video that is to be worked on. */
export interface OldVideo {
  /** By which the gateway knows it; empty: it does not, for it is a file. */
  readonly id: string
  readonly how: (typeof VIDEO_WORKS)[number]
  /** What it shows, in its own order's words; what a file is called. */
  readonly name: string
  /** One that was made elsewhere; absent: it was made here. */
  readonly file?: File | undefined
}

export interface MadeImage {
  readonly blob: Blob
  /** Pixels; 0: not known. */
  readonly width: number
  readonly height: number
}

/** A video that was made. */
export interface Clip {
  readonly blob: Blob
  /** `8`; empty: not known. */
  readonly seconds: string
  /** `1280x720`; empty: not known. */
  readonly size: string
}

/** What was written down. */
export interface Transcript {
  readonly text: string
  /** Seconds from the beginning; empty: the model tells no times. */
  readonly segments: readonly Segment[]
}

export interface Segment {
  readonly start: number
  readonly end: number
  readonly text: string
}

/** How an order stands. */
export type WorkState =
  /** On its way to the gateway. */
  | { readonly kind: 'sending' }
  /** ahead: how many jobs come first; undefined: not known. */
  | { readonly kind: 'queued'; readonly ahead: number | undefined }
  /** progress: of 100; undefined: not known. */
  | { readonly kind: 'running'; readonly progress: number | undefined }
  | {
      readonly kind: 'done'
      readonly pictures: readonly MadeImage[]
      readonly clip: Clip | undefined
      /** What was spoken. */
      readonly speech: Blob | undefined
      readonly transcript: Transcript | undefined
      readonly seconds: number
      readonly seed: string | undefined
      /** US dollars; undefined: not known. */
      readonly cost: number | undefined
    }
  | { readonly kind: 'failed'; readonly message: string; readonly code: string | undefined }
  | { readonly kind: 'stopped' }

/** An order and what has become of it. */
export interface Work {
  readonly id: string
  /** Milliseconds since 1970. */
  readonly createdAt: number
  readonly order: Order
  readonly state: WorkState
  /** Known as soon as fal has accepted; a video's is called by its own name, `video_…`. */
  readonly jobId: string | undefined
  /** What the gateway changed, in its own words; empty: nothing. */
  readonly adjusted: string
  /** Unfinished pictures, by their place; not kept. */
  readonly partials: readonly Blob[]
}

export function isUnderWay({ state }: Work): boolean {
  return state.kind === 'sending' || state.kind === 'queued' || state.kind === 'running'
}

/** Whether it failed only because nothing was heard of its job any more: that may be done by now. */
export function isOutOfSight({ state, jobId }: Work): boolean {
  return state.kind === 'failed' && state.code === UNREACHABLE && jobId !== undefined
}

export const FIRST_ORDER: Order = {
  model: '',
  medium: 'image',
  prompt: '',
  size: '',
  resolution: '',
  count: 1,
  format: '',
  seed: '',
  negativePrompt: '',
  extra: {},
  sources: [],
  mask: undefined,
  live: false,
  seconds: '',
  sound: undefined,
  lastFrame: undefined,
  video: undefined,
  voice: '',
  speed: '',
  recording: undefined,
}
