import * as z from 'zod/mini'

import { MEDIA } from '../../api/models.ts'
import { VIDEO_WORKS, type Work } from './work.ts'

const blob = z.instanceof(Blob)

const text = z.union([z.string(), z.undefined()])

const number = z.union([z.number(), z.undefined()])

// What an older page did not know of has a default.
const order = z.object({
  model: z.string(),
  medium: z._default(z.enum(MEDIA), 'image'),
  prompt: z.string(),
  size: z.string(),
  resolution: z.string(),
  count: z.number(),
  format: z.string(),
  seed: z.string(),
  negativePrompt: z.string(),
  extra: z._default(z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])), {}),
  sources: z.array(blob),
  mask: z.union([blob, z.undefined()]),
  live: z.boolean(),
  seconds: z._default(z.string(), ''),
  sound: z.union([z.boolean(), z.undefined()]),
  lastFrame: z.union([blob, z.undefined()]),
  video: z.union([
    z.object({
      id: z.string(),
      how: z.enum(VIDEO_WORKS),
      name: z.string(),
      file: z.optional(z.union([z.instanceof(File), z.undefined()])),
    }),
    z.undefined(),
  ]),
  voice: z._default(z.string(), ''),
  speed: z._default(z.string(), ''),
  recording: z.union([z.instanceof(File), z.undefined()]),
})

const segment = z.object({ start: z.number(), end: z.number(), text: z.string() })

const state = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal(['sending', 'stopped']) }),
  z.object({ kind: z.literal('running'), progress: number }),
  z.object({ kind: z.literal('queued'), ahead: number }),
  z.object({
    kind: z.literal('done'),
    pictures: z.array(z.object({ blob, width: z.number(), height: z.number() })),
    clip: z.union([z.object({ blob, seconds: z.string(), size: z.string() }), z.undefined()]),
    speech: z.union([blob, z.undefined()]),
    transcript: z.union([
      z.object({ text: z.string(), segments: z.array(segment) }),
      z.undefined(),
    ]),
    seconds: z.number(),
    seed: text,
    cost: number,
  }),
  z.object({ kind: z.literal('failed'), message: z.string(), code: text }),
])

const work = z.object({
  id: z.string(),
  createdAt: z.number(),
  order,
  state,
  jobId: text,
  adjusted: z.string(),
})

/** What was kept, perhaps by an older page: what is not understood any more is left out. */
export function readKeptWorks(kept: readonly unknown[]): readonly Work[] {
  return kept.flatMap((one) => {
    const parsed = work.safeParse(one)
    return parsed.success ? [{ ...parsed.data, partials: [] }] : []
  })
}
