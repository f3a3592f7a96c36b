import * as z from 'zod/mini'

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

/** A video, `GET /v1/videos/{id}`. */
export const videoJob = z.object({
  id: z.string(),
  status: z.enum(['queued', 'in_progress', 'completed', 'failed']),
  progress: z._default(z.number(), 0),
  queue_position: z.optional(z.number()),
  error: z.nullish(z.object({ message: z.string(), code: z.nullish(z.string()) })),
  seconds: z.nullish(z.string()),
  size: z.nullish(z.string()),
  usage: z.optional(z.object({ cost: z.optional(z.number()) })),
})

export type VideoJob = z.infer<typeof videoJob>

/** A job of any medium, `GET /v1/jobs/{id}`, with what a transcript's has as its result. */
export const anyJob = z.object({
  id: z.string(),
  status: z.enum(['queued', 'in_progress', 'completed', 'failed', 'cancelled', 'expired']),
  queue_position: z.optional(z.number()),
  error: z.optional(z.object({ message: z.string(), code: z.nullish(z.string()) })),
  result: z.optional(
    z.object({
      text: z.optional(z.string()),
      segments: z.optional(
        z.array(z.object({ start: z.number(), end: z.number(), text: z.string() })),
      ),
      usage: z.optional(z.object({ cost: z.optional(z.number()) })),
    }),
  ),
})

export type AnyJob = z.infer<typeof anyJob>

/** What a request would cost, with `?dry_run=true`; absent: nobody can tell. */
export const quote = z.object({ cost_usd: z.optional(z.number()) })

/** An event of a stream of pictures. */
export const imageEvent = z.object({
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
