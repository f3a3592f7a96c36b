import * as z from 'zod/mini'

import { ProblemError } from '../job/problem.ts'
import { ledgerNamespace } from '../ledger/ledger-client.ts'
import { once } from '../lib/once.ts'
import { inEnglish } from '../lib/zod-english.ts'
import type { MediaBucket } from '../ports/media-bucket.ts'
import type { RateLimiter } from '../ports/rate-limit.ts'
import type { UsageSink } from '../ports/usage-sink.ts'
import type { VideoCutter } from '../ports/video-cutter.ts'

function has(method: string) {
  return (value: unknown) => typeof value === 'object' && value !== null && method in value
}

const bindings = once(() =>
  z.object({
    LEDGER: z.optional(ledgerNamespace()),
    IMAGES_BUCKET: z.optional(z.custom<MediaBucket>(has('put'), 'expected an R2 bucket')),
    MEDIA: z.optional(z.custom<VideoCutter>(has('input'), 'expected Media Transformations')),
    RATE_LIMITER: z.optional(z.custom<RateLimiter>(has('limit'), 'expected a rate limiter')),
    USAGE: z.optional(
      z.custom<UsageSink>(has('writeDataPoint'), 'expected a data set of Analytics Engine'),
    ),
  }),
)

/** What the owner has bound to the Worker: each adds a capability, none is needed. */
export type Bindings = z.infer<ReturnType<typeof bindings>>

/** @throws ProblemError `not_configured` that names a binding that is not what it should be */
export function readBindings(env: unknown): Bindings {
  const parsed = bindings().safeParse(env, inEnglish())
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new ProblemError({
    kind: 'not_configured',
    message: `This gateway is not configured: its binding ${String(issue?.path[0])} is wrong (${issue?.message}).`,
  })
}

const NAMES = ['LEDGER', 'IMAGES_BUCKET', 'MEDIA', 'RATE_LIMITER', 'USAGE', 'ASSETS'] as const

/** Which of the bindings are there, by their names in small letters; a text of that name is none. */
export function boundOf(env: object): Readonly<Record<string, boolean>> {
  const entries = Object.entries(env)
  return Object.fromEntries(
    NAMES.map((name) => [
      name.toLowerCase(),
      entries.some(([key, value]) => key === name && value !== null && typeof value !== 'string'),
    ]),
  )
}
