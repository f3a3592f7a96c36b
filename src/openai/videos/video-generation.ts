import type { JsonObject } from '../../lib/json.ts'
import type { VideoObject } from './video-object.ts'

const STATUSES: Readonly<Record<VideoObject['status'], string>> = {
  queued: 'QUEUED',
  in_progress: 'IN_PROGRESS',
  completed: 'SUCCESS',
  failed: 'FAILURE',
}

/** The relays' answer to `POST /v1/video/generations`. */
export function toGeneration(video: VideoObject): JsonObject {
  return { ...video, task_id: video.id }
}

/** The relays' answer to `GET /v1/video/generations/{id}`: the state in their words, the video object in it. */
export function toGenerationTask(video: VideoObject): JsonObject {
  const { id, status, progress, error, created_at, completed_at } = video
  const url = typeof video['url'] === 'string' ? video['url'] : undefined
  return {
    code: 'success',
    message: '',
    data: {
      task_id: id,
      status: STATUSES[status],
      progress: `${progress}%`,
      fail_reason: error?.message ?? '',
      submit_time: created_at,
      finish_time: completed_at ?? 0,
      ...(url !== undefined && { url, result_url: url }),
      data: video,
    },
  }
}
