import type { Quality, PictureFormat } from '../job/image-job.ts'

/** What a picture's pixels must keep to; undefined: no such limit is known. */
export interface PixelLimits {
  /** Both edges are multiples of this. */
  readonly step?: number
  readonly minEdge?: number
  readonly maxEdge?: number
  readonly minPixels?: number
  readonly maxPixels?: number
  /** The longer edge over the shorter. */
  readonly maxRatio?: number
}

/** The ways in which fal's endpoints take a size (fal API reference, §9.6). */
export type SizeRule =
  /** `image_size`: a preset's name, or `{width, height}`. */
  | {
      readonly rule: 'pixels'
      readonly presets: readonly string[]
      readonly limits: PixelLimits
      /** What the endpoint does without a size: a preset, or `1024x1024`; undefined: it chooses. */
      readonly default: string | undefined
    }
  /** `aspect_ratio`: one of a list, sometimes with a `resolution`. */
  | {
      readonly rule: 'ratio'
      readonly ratios: readonly string[]
      readonly resolutions?: readonly string[]
      readonly default: string | undefined
    }
  /** `image_size`: one of a list of sizes in pixels. */
  | {
      readonly rule: 'listed'
      readonly sizes: readonly string[]
      readonly default: string | undefined
    }
  | { readonly rule: 'none' }

/** A field and its word for each of OpenAI's words; a word left out is not to be had. */
export interface Ladder<Step extends string> {
  readonly field: string
  readonly values: Readonly<Partial<Record<Step, string>>>
  /** What is sent when the caller says nothing; undefined: nothing, the endpoint's default holds. */
  readonly unsaid?: string
}

/** What one fal endpoint takes: facts only, from its schema and its documentation. */
export interface EndpointSpec {
  readonly id: string
  readonly size: SizeRule
  /** How many pictures one request makes at most; above 1 the field is `num_images`. */
  readonly maxImages: number
  /** Values of `output_format`; undefined: there is no such field. */
  readonly formats?: readonly PictureFormat[]
  /** What it makes when no format is asked; undefined: the endpoint does not say. */
  readonly defaultFormat?: PictureFormat
  readonly quality?: Ladder<Quality>
  readonly background?: Ladder<'transparent' | 'opaque'>
  readonly moderation?: Ladder<'low'>
  /** Characters of a prompt. */
  readonly promptLength?: { readonly min: number; readonly max: number }
  /** Every other input field that may be passed on. */
  readonly fields: readonly string[]
}

/** A model: its names, and one `EndpointSpec` per kind of work. */
export interface ModelSpec {
  /** The first is the one listed; spelling (case, spaces, dots, dashes, underscores) does not count. */
  readonly names: readonly [string, ...string[]]
  /** Who made the model, for `owned_by`. */
  readonly owner: string
  readonly generate: EndpointSpec
  /** Names of models that serve when fal answers that this one is gone. */
  readonly successors?: readonly string[]
}

/** Keeps a model's literal types, so that names can be checked where they are used. */
export function defineModel<const Model extends ModelSpec>(model: Model): Model {
  return model
}
