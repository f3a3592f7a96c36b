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
