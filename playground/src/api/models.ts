import * as z from 'zod/mini'

/** What models make. */
export const MEDIA = ['image', 'video', 'speech', 'transcript'] as const

export type Medium = (typeof MEDIA)[number]

const common = { id: z.string(), maker: z.string(), endpoint: z.string() }

/** A model of `/v1/models` that makes pictures, and what it takes. */
const imageModel = z.object({
  ...common,
  /** Ratios, tiers, presets or pixels; `WIDTHxHEIGHT` stands for any pixels; empty: it takes none. */
  sizes: z.array(z.string()),
  max_images: z.number(),
  output_formats: z.array(z.string()),
  edit: z.boolean(),
})

/** One that makes videos. */
const videoModel = z.object({
  ...common,
  /** absent: the model's own choice. */
  seconds: z.optional(
    z.union([z.array(z.number()), z.object({ min: z.number(), max: z.number() })]),
  ),
  sizes: z.array(z.string()),
  resolutions: z.array(z.string()),
  /** `first_frame`, `last_frame`, `references`, `video`, `audio`. */
  inputs: z.array(z.string()),
  /** Whether it can be told to make sound or none. */
  generate_audio: z.boolean(),
  /** Whether it works on a video, and makes one longer. */
  edit: z.boolean(),
  extend: z.boolean(),
})

/** One that speaks, or makes music or sounds of words. */
const speechModel = z.object({
  ...common,
  /** `speech`, `music`, `sounds`. */
  sound: z.string(),
  /** empty: it has none, or takes any. */
  voices: z.array(z.string()),
  output_formats: z.array(z.string()),
})

/** One that writes down what is said. */
const transcriptModel = z.object({
  ...common,
  /** Whose times it tells: `none`, `segments`, `words`. */
  timestamps: z.string(),
})

export type ImageModel = z.infer<typeof imageModel> & { readonly medium: 'image' }

export type VideoModel = z.infer<typeof videoModel> & { readonly medium: 'video' }

export type SpeechModel = z.infer<typeof speechModel> & { readonly medium: 'speech' }

export type TranscriptModel = z.infer<typeof transcriptModel> & { readonly medium: 'transcript' }

export type Model = ImageModel | VideoModel | SpeechModel | TranscriptModel

const kind = z.object({ supported_endpoint_types: z.array(z.string()) })

/** undefined: it makes what this page does not know, or tells too little. */
function toModel(entry: unknown): Model | undefined {
  const types = kind.safeParse(entry).data?.supported_endpoint_types ?? []
  if (types.includes('openai-video')) {
    const { data } = videoModel.safeParse(entry)
    return data && { ...data, medium: 'video' }
  }
  if (types.includes('audio-speech')) {
    const { data } = speechModel.safeParse(entry)
    return data && { ...data, medium: 'speech' }
  }
  if (types.includes('audio-transcription')) {
    const { data } = transcriptModel.safeParse(entry)
    return data && { ...data, medium: 'transcript' }
  }
  if (!types.includes('image-generation')) return undefined
  const { data } = imageModel.safeParse(entry)
  return data && { ...data, medium: 'image' }
}

export const modelList = z.object({
  data: z.pipe(
    z.array(z.unknown()),
    z.transform((list) => list.map(toModel).filter((one) => one !== undefined)),
  ),
})

/** A field that one model takes beside those that all understand. */
const modelField = z.object({
  name: z.string(),
  type: z.optional(z.string()),
  required: z.optional(z.boolean()),
  values: z.optional(z.array(z.union([z.string(), z.number()]))),
  min: z.optional(z.number()),
  max: z.optional(z.number()),
})

export type ModelField = z.infer<typeof modelField>

/** What further may be sent to a model: for a new work, and to change a picture. */
export const modelDetail = z.object({
  fields: z._default(z.array(modelField), []),
  edit_fields: z._default(z.array(modelField), []),
})

export type ModelDetail = z.infer<typeof modelDetail>
