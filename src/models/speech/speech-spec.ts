import type { AudioFormat } from '../../job/sound/speech-job.ts'
import type { FieldPlace } from '../audio/field-place.ts'
import type { FieldCheck } from '../model-spec.ts'

/** The voices that apps have in their menus: OpenAI's thirteen, whichever model speaks. */
export const CUSTOMARY_VOICES = [
  'alloy',
  'ash',
  'ballad',
  'coral',
  'echo',
  'fable',
  'onyx',
  'nova',
  'sage',
  'shimmer',
  'verse',
  'marin',
  'cedar',
] as const
export type CustomaryVoice = (typeof CUSTOMARY_VOICES)[number]

/** How an endpoint takes a voice. */
export interface VoiceRule extends FieldPlace {
  /** The endpoint's own voices, as it writes them. */
  readonly names: readonly string[]
  /** It takes others as well: ids, clones. */
  readonly open?: true
  /** The voice that stands for a customary one. */
  readonly customary: Readonly<Partial<Record<CustomaryVoice, string>>>
  /** The endpoint refuses to speak without one; this is sent then. */
  readonly required?: string
}

/** A number and its limits. */
export interface NumberRule extends FieldPlace {
  readonly min?: number
  readonly max?: number
}

/** How an endpoint takes a length. */
export interface SecondsRule extends NumberRule {
  /** How the number is written; absent: as seconds. `95s`: with its unit, one of `values`. */
  readonly unit?: 'ms' | '95s'
  readonly whole?: true
  /** Lengths in seconds that it takes; absent: whatever is asked. */
  readonly values?: readonly number[]
  /** The endpoint refuses without one; this many seconds are sent then. */
  readonly required?: number
}

/** How an endpoint takes a format. */
export interface FormatRule extends FieldPlace {
  /** The endpoint's word for each format that it makes. */
  readonly values: Readonly<Partial<Record<AudioFormat, string>>>
}

/** What one endpoint of fal's that makes sound takes: facts only, from its schema and documentation. */
export interface SpeechSpec {
  readonly id: string
  /** Where the text goes; undefined: it takes none. */
  readonly text?: {
    readonly field: string
    /** The endpoint works without one. */
    readonly optional?: true
    readonly min?: number
    readonly max?: number
  }
  readonly voice?: VoiceRule
  readonly speed?: NumberRule
  /** The field for how it is spoken. */
  readonly instructions?: string
  readonly seconds?: SecondsRule
  readonly format?: FormatRule
  /** What it makes when nothing else is asked; undefined: its documentation does not say. */
  readonly makes?: AudioFormat
  /** Where samples per second are said, and its word for 24,000, which bare samples have by custom. */
  readonly sampleRate?: FieldPlace & { readonly of24k: string | number }
  /** Every other input field that may be passed on. */
  readonly fields: readonly string[]
  readonly checks?: Readonly<Record<string, FieldCheck>>
  /** Fields without which the endpoint refuses, and which no other rule fills. */
  readonly required?: readonly string[]
  /** Sent with every request, unless the caller says otherwise. */
  readonly input?: Readonly<Record<string, unknown>>
}

/** A model that makes sound. */
export interface SpeechModel {
  readonly medium: 'speech'
  /** The first is the one listed; spelling (case, spaces, dots, dashes, underscores) does not count. */
  readonly names: readonly [string, ...string[]]
  /** Who made the model. */
  readonly owner: string
  /** `speech` speaks a text; `music` and `sounds` make what a text describes. */
  readonly sound: 'speech' | 'music' | 'sounds'
  readonly speak: SpeechSpec
  /** Endpoints of the same model with voices of their own, such as those of other languages. */
  readonly more?: readonly SpeechSpec[]
  /** Names of models that serve when fal answers that this one is gone. */
  readonly successors?: readonly string[]
}

/** Keeps a model's literal types, so that names can be checked where they are used. */
export function defineSpeech<const Model extends SpeechModel>(model: Model): Model {
  return model
}
