import type { FieldPlace } from '../audio/field-place.ts'
import type { FieldCheck } from '../model-spec.ts'

/** How an endpoint takes a language. */
export interface LanguageRule extends FieldPlace {
  /** The languages as it writes them; undefined: whatever code is sent. */
  readonly values?: readonly string[]
  /** What is sent when the caller names none; undefined: nothing. `null` where that means to find out. */
  readonly default?: string | null
}

/** What one endpoint of fal's that writes speech down takes and gives. */
export interface TranscriptSpec {
  readonly id: string
  /** The field for the recording. */
  readonly audio: string
  readonly language?: LanguageRule
  /** What it takes to translate into English; undefined: it cannot. */
  readonly translate?: { readonly field: string; readonly value: string }
  /** The field that asks who speaks; undefined: it cannot tell. */
  readonly speakers?: string
  /** The field for words that are likely to come. */
  readonly keywords?: { readonly field: string; readonly max?: number; readonly maxLength?: number }
  readonly prompt?: { readonly field: string; readonly required?: true }
  /** The times that its output has. */
  readonly times: 'none' | 'segments' | 'words'
  /** Sent when the answer needs times. */
  readonly forTimes?: Readonly<Record<string, unknown>>
  /** Every other input field that may be passed on. */
  readonly fields: readonly string[]
  readonly checks?: Readonly<Record<string, FieldCheck>>
  readonly required?: readonly string[]
  /** Sent with every request, unless the caller says otherwise. */
  readonly input?: Readonly<Record<string, unknown>>
}

/** A model that writes speech down. */
export interface TranscriptModel {
  readonly medium: 'transcript'
  /** The first is the one listed; spelling (case, spaces, dots, dashes, underscores) does not count. */
  readonly names: readonly [string, ...string[]]
  /** Who made the model. */
  readonly owner: string
  readonly transcribe: TranscriptSpec
  /** Endpoints that do what the first cannot: times of words, speakers, translating. */
  readonly more?: readonly TranscriptSpec[]
  /** Names of models that serve when fal answers that this one is gone. */
  readonly successors?: readonly string[]
}

/** Keeps a model's literal types, so that names can be checked where they are used. */
export function defineTranscripts<const Model extends TranscriptModel>(model: Model): Model {
  return model
}
