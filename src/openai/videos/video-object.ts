import type { Video, VideoCreateError, VideoDeleteResponse } from 'openai/resources/videos'

import type { JsonObject } from '../../lib/json.ts'
import type { ErrorWords } from '../surface.ts'
import { withCost } from '../usage-cost.ts'

/** Everything that may be told of a video; undefined: not known, or not yet. */
export interface VideoFacts {
  readonly id: string
  /** The name by which the caller asked for the model. */
  readonly model: string
  readonly endpoint: string
  readonly status: Video['status']
  /** Seconds since 1970, all three. */
  readonly createdAt: number
  readonly completedAt: number | undefined
  readonly expiresAt: number | undefined
  readonly prompt: string | undefined
  readonly remixedFrom: string | undefined
  readonly seconds: number | undefined
  readonly size: string | undefined
  /** How long the endpoint usually takes, in seconds. */
  readonly usualSeconds: number | undefined
  readonly nowSeconds: number
  readonly error: ErrorWords | undefined
  /** A link of ours. */
  readonly url: string | undefined
  readonly costUsd: number | undefined
  readonly queuePosition: number | undefined
}

/** OpenAI's own, whose sizes were four; those of fal's models are many. */
export type VideoObject = Omit<Video, 'size' | 'error'> &
  JsonObject & { readonly size: string; readonly error: (VideoCreateError & JsonObject) | null }

/** The video object, every field of it always there; what is ours stands behind. */
export function toVideo(facts: VideoFacts): VideoObject {
  const { id, model, status, error, url, queuePosition, costUsd } = facts
  return {
    id,
    object: 'video',
    model,
    status,
    progress: progressOf(facts),
    created_at: facts.createdAt,
    completed_at: facts.completedAt ?? null,
    expires_at: facts.expiresAt ?? null,
    error: error === undefined ? null : toVideoError(error),
    prompt: facts.prompt ?? null,
    remixed_from_video_id: facts.remixedFrom ?? null,
    seconds: facts.seconds === undefined ? 'auto' : String(facts.seconds),
    size: facts.size ?? 'auto',
    endpoint: facts.endpoint,
    ...(url !== undefined && { url }),
    ...(queuePosition !== undefined && { queue_position: queuePosition }),
    ...(costUsd !== undefined && { usage: withCost({}, costUsd) }),
  } satisfies VideoObject
}

/**
 * Honest: nothing while it waits, and then the share of the time that the endpoint usually takes; 0 where
 * that is not known.
 */
function progressOf({ status, createdAt, nowSeconds, usualSeconds }: VideoFacts): number {
  if (status === 'completed') return 100
  if (status !== 'in_progress' || usualSeconds === undefined) return 0
  const share = Math.floor(((nowSeconds - createdAt) / usualSeconds) * 100)
  return Math.min(Math.max(share, 0), MOST_UNDONE)
}

const MOST_UNDONE = 99

function toVideoError({ code, message, param, type }: ErrorWords): VideoCreateError & JsonObject {
  return { code: code ?? type, message, param: toParam(param), type }
}

/** fal's fields in the words of those who ask for videos. */
const PARAMS: ReadonlyMap<string, string> = new Map([
  ['duration', 'seconds'],
  ['num_frames', 'seconds'],
  ['video_size', 'size'],
  ['image_url', 'input_reference'],
  ['start_image_url', 'input_reference'],
  ['first_frame_url', 'input_reference'],
  ['end_image_url', 'last_frame'],
  ['last_frame_url', 'last_frame'],
  ['tail_image_url', 'last_frame'],
  ['video_url', 'video'],
])

function toParam(param: string | null): string | null {
  return param === null ? null : (PARAMS.get(param) ?? param)
}

/** Between two looks a video gets along by about a tenth of its age. */
const LEAST_POLL_MS = 2000
const MOST_POLL_MS = 10_000

/** `openai-poll-after-ms`, by which OpenAI's clients wait before they look again. */
export function pollAfterMs({ createdAt, nowSeconds }: VideoFacts): number {
  const tenth = (nowSeconds - createdAt) * 100
  return Math.min(Math.max(LEAST_POLL_MS, tenth), MOST_POLL_MS)
}

/** `GET /v1/videos`: one page; the official clients ask for the next after the last id. */
export function toVideoList(videos: readonly VideoObject[], hasMore: boolean): JsonObject {
  return {
    object: 'list',
    data: videos,
    first_id: videos[0]?.id ?? null,
    last_id: videos.at(-1)?.id ?? null,
    has_more: hasMore,
  }
}

export function toVideoDeleted(id: string): JsonObject {
  return { id, object: 'video.deleted', deleted: true } satisfies VideoDeleteResponse
}
