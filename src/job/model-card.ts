/** What a caller may know of a model. */
export interface ModelCard {
  /** The name under which it is listed. */
  readonly name: string
  readonly endpoint: string
  readonly owner: string
  /** Sizes in the endpoint's own words: ratios, presets, `WIDTHxHEIGHT` for any pixels; empty: none. */
  readonly sizes: readonly string[]
  /** Pictures that one fal request makes; more are made side by side. */
  readonly maxImages: number
  readonly formats: readonly string[]
  readonly edits: boolean
}
