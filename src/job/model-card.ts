/** What a caller may know of a model. */
export interface ModelCard {
  /** The name under which it is listed. */
  readonly name: string
  readonly endpoint: string
  readonly owner: string
  /** Sizes in the endpoint's own words: ratios, presets, `WIDTHxHEIGHT` for any pixels; empty: none. */
  readonly sizes: readonly string[]
  /** Images that one fal request makes; more are made side by side. */
  readonly maxImages: number
  readonly formats: readonly string[]
  readonly edits: boolean
}

/** What a caller may know of one model: which further fields its requests may carry. */
export interface ModelDetail extends ModelCard {
  readonly fields: readonly ModelField[]
  /** Of the endpoint that works on images; empty: it takes none, or there is no such endpoint. */
  readonly editFields: readonly ModelField[]
}

/** What a caller may know of a video model. */
export interface VideoCard {
  readonly medium: 'video'
  /** The name under which it is listed. */
  readonly name: string
  readonly endpoint: string
  readonly owner: string
  /** How long its videos may be: a list, or the least and the most; undefined: the model's own choice. */
  readonly seconds: readonly number[] | { readonly min: number; readonly max: number } | undefined
  /** Shapes in the endpoint's own words; `WIDTHxHEIGHT` for any pixels; empty: it cannot be told. */
  readonly ratios: readonly string[]
  readonly resolutions: readonly string[]
  /** What it takes beside words: `first_frame`, `last_frame`, `references`, `video`, `audio`. */
  readonly inputs: readonly string[]
  /** Whether it can be told to make sound or none. */
  readonly sound: boolean
  readonly edits: boolean
  readonly extends: boolean
}

/** The same with the fields of its main endpoint. */
export interface VideoDetail extends VideoCard {
  readonly fields: readonly ModelField[]
}

/** What a caller may know of a model that makes sound. */
export interface SpeechCard {
  readonly medium: 'speech'
  /** The name under which it is listed. */
  readonly name: string
  readonly endpoint: string
  readonly owner: string
  readonly sound: 'speech' | 'music' | 'sounds'
  /** By the customary names, then by its own; empty: it has none, or takes any. */
  readonly voices: readonly string[]
  /** That may be asked for; empty: it makes the one that it makes. */
  readonly formats: readonly string[]
}

/** What a caller may know of a model that writes speech down. */
export interface TranscriptCard {
  readonly medium: 'transcript'
  /** The name under which it is listed. */
  readonly name: string
  readonly endpoint: string
  readonly owner: string
  readonly times: 'none' | 'segments' | 'words'
  readonly speakers: boolean
  readonly translates: boolean
}

/** A field beside those that every model understands; what is not known of it is absent. */
export interface ModelField {
  readonly name: string
  readonly type?: string
  /** The endpoint refuses without it. */
  readonly required?: true
  readonly values?: readonly (string | number)[]
  /** Of a number its value, of a text its length, of a list how many. */
  readonly min?: number
  readonly max?: number
}
