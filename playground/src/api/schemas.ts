import * as z from 'zod/mini'

/** A model of `/v1/models`, and what it takes. */
const model = z.object({
  id: z.string(),
  maker: z.string(),
  endpoint: z.string(),
  /** Ratios, tiers, presets or pixels; `WIDTHxHEIGHT` stands for any pixels; empty: it takes none. */
  sizes: z.array(z.string()),
  max_images: z.number(),
  output_formats: z.array(z.string()),
  edit: z.boolean(),
})

export type Model = z.infer<typeof model>

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

/** What further may be sent to a model: for a new picture, and to change one. */
export const modelDetail = z.object({
  fields: z.array(modelField),
  edit_fields: z.array(modelField),
})

export type ModelDetail = z.infer<typeof modelDetail>

/** Those that make images; other media have other fields. */
export const modelList = z.object({
  data: z.pipe(
    z.array(z.unknown()),
    z.transform((list) =>
      list.flatMap((one): Model[] => {
        const parsed = model.safeParse(one)
        return parsed.success ? [parsed.data] : []
      }),
    ),
  ),
})

/** `/healthz`: what is bound to the gateway, by the bindings' names in small letters. */
export const health = z.object({
  bindings: z._default(z.record(z.string(), z.boolean()), {}),
})

export type Bindings = z.infer<typeof health>['bindings']

export const errorBody = z.object({
  error: z.object({
    message: z.string(),
    code: z.nullish(z.string()),
    job_id: z.optional(z.string()),
  }),
})

const imagesAnswer = z.object({
  data: z.array(z.object({ b64_json: z.optional(z.string()), url: z.optional(z.string()) })),
  output_format: z.optional(z.string()),
  seed: z.optional(z.union([z.number(), z.string()])),
  usage: z.optional(z.object({ cost: z.optional(z.number()) })),
})

export type ImagesAnswer = z.infer<typeof imagesAnswer>

/** `GET /v1/images/jobs/{id}`. */
export const imageJob = z.object({
  id: z.string(),
  status: z.enum(['queued', 'in_progress', 'completed', 'failed', 'cancelled', 'expired']),
  queue_position: z.optional(z.number()),
  error: z.optional(z.object({ message: z.string(), code: z.nullish(z.string()) })),
  result: z.optional(imagesAnswer),
})

export type ImageJob = z.infer<typeof imageJob>

/** An event of a stream of pictures. */
export const pictureEvent = z.object({
  type: z.string(),
  b64_json: z.optional(z.string()),
  partial_image_index: z.optional(z.number()),
  output_format: z.optional(z.string()),
  error: z.optional(z.object({ message: z.string(), code: z.nullish(z.string()) })),
})

/** A piece of a chat that streams. */
export const chatChunk = z.object({
  choices: z.optional(
    z.array(
      z.object({
        delta: z.object({
          content: z.nullish(z.string()),
          reasoning_content: z.nullish(z.string()),
        }),
      }),
    ),
  ),
  error: z.optional(z.object({ message: z.string(), code: z.nullish(z.string()) })),
})
