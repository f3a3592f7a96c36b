import * as z from 'zod/mini'

import { ProblemError } from '../../job/problem.ts'
import type { GeneratedVideo } from '../../job/video/video-result.ts'
import { once } from '../../lib/once.ts'
import { readSeed } from '../read-seed.ts'

/** The part of a result that comes from fal's output. */
export interface FalVideos {
  /** At least one. */
  readonly videos: readonly [GeneratedVideo, ...GeneratedVideo[]]
  readonly seed: string | undefined
  readonly revisedPrompt: string | undefined
}

// Minimal and loose, as outputs differ. Nothing but a missing URL may cost a video: it is paid for.
const optional = <Type extends z.ZodMiniType>(type: Type) => z.catch(z.nullish(type), undefined)
// Anything else is no address that may be handed on.
const url = once(() => z.string().check(z.regex(/^(?:https?:\/\/|data:video\/)/i)))
const positive = once(() => z.number().check(z.positive()))

const file = once(() =>
  z.union([
    url(),
    z.object({
      url: url(),
      content_type: optional(z.string()),
      file_size: optional(positive()),
      width: optional(positive()),
      height: optional(positive()),
      duration: optional(positive()),
    }),
  ]),
)

const output = once(() =>
  z.object({
    video: optional(file()),
    videos: optional(z.array(optional(file()))),
    video_url: optional(file()),
    duration: optional(positive()),
    seed: optional(z.union([z.number(), z.string()])),
    prompt: optional(z.string()),
    revised_prompt: optional(z.string()),
    actual_prompt: optional(z.string()),
  }),
)

/**
 * Reads what an endpoint made: `video`, `videos[]` or `video_url`.
 *
 * @param text the body of the result, because a seed beyond 2^53 is lost in a JavaScript number
 * @throws ProblemError `upstream_failed` when there is no video: fal's COMPLETED alone is no success
 */
export function readFalVideos(body: unknown, text: string): FalVideos {
  const parsed = output().safeParse(body)
  const [first, ...more] = parsed.success ? toVideos(parsed.data) : []
  if (!parsed.success || first === undefined) {
    throw new ProblemError({
      kind: 'upstream_failed',
      charged: 'maybe',
      reason: 'the result holds no video',
    })
  }
  const { revised_prompt, actual_prompt, prompt } = parsed.data
  return {
    videos: [first, ...more],
    seed: readSeed(parsed.data.seed, text),
    revisedPrompt: [revised_prompt, actual_prompt, prompt].find(Boolean) ?? undefined,
  }
}

function toVideos({ video, videos, video_url, duration }: z.infer<ReturnType<typeof output>>) {
  const listed = (videos ?? []).filter((one) => one !== undefined && one !== null)
  const single = [video, video_url].find((one) => one !== undefined && one !== null)
  const made = listed.length > 0 ? listed : single === undefined || single === null ? [] : [single]
  return made.map((one) => toVideo(one, duration ?? undefined))
}

function toVideo(
  one: z.infer<ReturnType<typeof file>>,
  seconds: number | undefined,
): GeneratedVideo {
  if (typeof one === 'string') {
    return { url: one, contentType: undefined, bytes: undefined, pixels: undefined, seconds }
  }
  const { width, height } = one
  const known = typeof width === 'number' && typeof height === 'number'
  return {
    url: one.url,
    contentType: one.content_type ?? undefined,
    bytes: one.file_size ?? undefined,
    pixels: known ? { width, height } : undefined,
    seconds: one.duration ?? seconds,
  }
}
