import type { FieldCheck, PixelLimits } from '../model-spec.ts'
import type { Step } from '../schema/read-prose.ts'

/** The ways in which fal's endpoints are told how long a video is to be. */
export type DurationRule =
  /** One of a list, in the endpoint's own spelling: `5`, `"5"`, `"8s"`. */
  | {
      readonly rule: 'listed'
      readonly field: string
      readonly values: readonly (string | number)[]
      /** What the endpoint does without a wish; undefined: it chooses. */
      readonly default?: string | number
    }
  /** Any whole number of seconds within limits. */
  | {
      readonly rule: 'seconds'
      readonly field: string
      readonly min: number
      readonly max: number
      readonly default?: number
    }
  /** A number of frames. */
  | {
      readonly rule: 'frames'
      readonly field: string
      readonly min: number
      readonly max: number
      readonly step: Step
      /** Where it takes only these. */
      readonly values?: readonly (string | number)[]
      readonly default?: number
      /** Frames a second where the caller has no wish, or the endpoint no field for one. */
      readonly fps: number
    }

/** A field that takes one of a list of words; the wish is a number or a shape behind the word. */
export interface WordRule {
  readonly field: string
  readonly values: readonly string[]
  readonly default?: string
  readonly required?: true
}

/** A field that takes `{width, height}` or a preset's name. */
export interface PixelRule {
  readonly field: string
  readonly presets: readonly string[]
  readonly limits: PixelLimits
  readonly default?: string
}

/** A field for frames a second. */
export interface FpsRule {
  readonly field: string
  readonly values?: readonly (string | number)[]
  readonly min?: number
  readonly max?: number
  readonly default?: number
}

/** Where an endpoint takes an image, a video or a sound by its URL. */
export interface InputRule {
  readonly field: string
  /** The field is a list of at most `max`, at least `min`; undefined: it takes one. */
  readonly list?: { readonly min: number; readonly max: number }
  /** The URL stands inside an object, in this field of it. */
  readonly inside?: string
  /** The endpoint refuses to work without it. */
  readonly required?: true
}

/** What a video can be made of, beside words. */
export const INPUTS = ['firstFrame', 'lastFrame', 'references', 'video', 'audio'] as const
export type VideoInput = (typeof INPUTS)[number]

/** `make`: of words, images or sound; `edit`: of a video, `extend`: a longer one of it. */
export type VideoWork = 'make' | 'edit' | 'extend'

/** What one of fal's video endpoints takes: facts only, from its schema and its documentation. */
export interface VideoEndpointSpec {
  readonly id: string
  readonly work: VideoWork
  /** Whether it takes a prompt; undefined: it must have one. */
  readonly prompt?: 'optional' | 'none'
  /** undefined: `prompt`. */
  readonly promptField?: string
  /** Characters of a prompt. */
  readonly promptLength?: { readonly min: number; readonly max: number }
  /** undefined: it cannot be told. */
  readonly duration?: DurationRule
  readonly ratio?: WordRule
  /** `720p`, `768P`, `4k`. */
  readonly resolution?: WordRule
  readonly pixels?: PixelRule
  readonly fps?: FpsRule
  /** Whether the video shall have sound: `generate_audio`. */
  readonly sound?: { readonly field: string; readonly default?: boolean }
  readonly inputs: Readonly<Partial<Record<VideoInput, InputRule>>>
  /** How long it usually takes, in seconds; undefined: not known. */
  readonly usualSeconds?: number
  /** Every other input field that may be passed on. */
  readonly fields: readonly string[]
  /** What a field takes, where the schema says it; a value that is not among it is not sent. */
  readonly checks?: Readonly<Record<string, FieldCheck>>
  /** Fields without which the endpoint refuses, and which no word of a job says. */
  readonly required?: readonly string[]
  /** Sent with every request, unless the caller says otherwise. */
  readonly input?: Readonly<Record<string, unknown>>
}

/** A video model: its names, and its endpoints. */
export interface VideoModelSpec {
  readonly medium: 'video'
  /** The first is the one listed; spelling (case, spaces, dots, dashes, underscores) does not count. */
  readonly names: readonly [string, ...string[]]
  /** Who made the model. */
  readonly owner: string
  /** In the order in which they are tried: the first that takes what is sent serves. */
  readonly endpoints: readonly VideoEndpointSpec[]
  /** What holds where the caller has no wish; a size only where no image says one. */
  readonly defaults?: { readonly seconds: number; readonly size: string }
  /** Names of models that serve when fal answers that this one is gone. */
  readonly successors?: readonly string[]
}
