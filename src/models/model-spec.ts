import type { Quality, ImageFormat } from '../job/image/image-job.ts'

/** What an image's pixels must keep to; undefined: no such limit is known. */
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
      /** The edges are two fields of their own, `width` and `height`. */
      readonly edges?: true
      readonly limits: PixelLimits
      /** The endpoint refuses to work without a size. */
      readonly required?: true
      /** What the endpoint does without a size: a preset, or `1024x1024`; undefined: it chooses. */
      readonly default: string | undefined
    }
  /** `aspect_ratio`: one of a list, sometimes with a `resolution`. */
  | {
      readonly rule: 'ratio'
      readonly ratios: readonly string[]
      readonly resolutions?: readonly string[]
      /** The ratio stands inside an object, in this field of it. */
      readonly inside?: string
      readonly required?: true
      readonly default: string | undefined
    }
  /** `image_size`: one of a list of sizes in pixels. */
  | {
      readonly rule: 'listed'
      readonly sizes: readonly string[]
      readonly required?: true
      readonly default: string | undefined
    }
  | { readonly rule: 'none' }

/** A field and its word for each of OpenAI's words; a word left out is not to be had. */
export interface OptionMap<Step extends string> {
  readonly field: string
  readonly values: Readonly<Partial<Record<Step, string>>>
  /** What is sent when the caller says nothing; undefined: nothing, the endpoint's default holds. */
  readonly default?: string
}

/** Where an endpoint takes images to work on. */
export interface SourceRule {
  readonly field: string
  /** Whether the field is a list. */
  readonly list: boolean
  /** At most so many; 1 for a field that is no list and has none beside it. */
  readonly max: number
  /** At least so many; undefined: 1. */
  readonly min?: number
  /**
   * Fields for the second image and those after it, where each has a field of its own (try-on); the last
   * of them is the list then, if one is.
   */
  readonly more?: readonly string[]
}

/** Where an endpoint takes a mask, and what in it is changed: fal's custom is white, OpenAI's transparent. */
export interface MaskRule {
  readonly field: string
  readonly change: 'white' | 'transparent'
  /** The endpoint refuses to work without one. */
  readonly required?: true
}

/** What one fal endpoint takes: facts only, from its schema and its documentation. */
export interface EndpointSpec {
  readonly id: string
  readonly size: SizeRule
  /** How many images one request makes at most. */
  readonly maxImages: number
  /** Where the count is said; undefined: `num_images` above one image, else nowhere. */
  readonly countField?: string
  /** Values of `output_format`; undefined: there is no such field. */
  readonly formats?: readonly ImageFormat[]
  /** Formats that it calls by another word: `jpg`. */
  readonly formatWords?: Readonly<Partial<Record<ImageFormat, string>>>
  /** What it makes when no format is asked; undefined: the endpoint does not say. */
  readonly defaultFormat?: ImageFormat
  readonly quality?: OptionMap<Quality>
  readonly background?: OptionMap<'transparent' | 'opaque'>
  readonly moderation?: OptionMap<'low'>
  /** undefined: it takes no image to work on. */
  readonly sources?: SourceRule
  readonly mask?: MaskRule
  /** It shows unfinished images behind `/stream` (fal API reference, §2). */
  readonly streaming?: true
  /** Whether it takes a prompt; undefined: it must have one. */
  readonly prompt?: 'optional' | 'none'
  /** undefined: `prompt`. */
  readonly promptField?: string
  /** Characters of a prompt. */
  readonly promptLength?: { readonly min: number; readonly max: number }
  /** Every other input field that may be passed on. */
  readonly fields: readonly string[]
  /** What a field takes, where the schema says it; a value that is not among it is not sent. */
  readonly checks?: Readonly<Record<string, FieldCheck>>
  /** Fields without which the endpoint refuses, and which no word of OpenAI's says. */
  readonly required?: readonly string[]
  /** Sent with every request, unless the caller says otherwise. */
  readonly input?: Readonly<Record<string, unknown>>
}

/** What one of fal's own fields takes; undefined: anything of that type. */
export interface FieldCheck {
  /** What the endpoint does without the field, where that is a number. */
  readonly default?: number
  readonly type: 'string' | 'number' | 'integer' | 'boolean' | 'array' | 'object' | 'any'
  readonly values?: readonly (string | number)[]
  readonly min?: number
  readonly max?: number
}

/** A model: its names, and one `EndpointSpec` per kind of work. */
export interface ModelSpec {
  /** The first is the one listed; spelling (case, spaces, dots, dashes, underscores) does not count. */
  readonly names: readonly [string, ...string[]]
  /** Who made the model. */
  readonly owner: string
  /** An image out of words; undefined: the model only works on images. */
  readonly generate?: EndpointSpec
  /** Works on an image, or on several; undefined: the model only makes new ones. */
  readonly edit?: EndpointSpec
  /** Works on several images, where `edit` takes one. */
  readonly editMany?: EndpointSpec
  /** Works inside a mask, where `edit` takes none. */
  readonly inpaint?: EndpointSpec
  /** Names of models that serve when fal answers that this one is gone. */
  readonly successors?: readonly string[]
}

/** A model's endpoints, each once, that for new images first. */
export function endpointsOf(model: ModelSpec): readonly EndpointSpec[] {
  const slots = [model.generate, model.edit, model.editMany, model.inpaint]
  return [...new Set(slots.filter((one) => one !== undefined))]
}

/** Keeps a model's literal types, so that names can be checked where they are used. */
export function defineModel<const Model extends ModelSpec>(model: Model): Model {
  return model
}
