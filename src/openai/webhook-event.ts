import type { FoundJob } from '../job/found-job.ts'
import type { JsonObject } from '../lib/json.ts'
import { toResponseId } from './responses/response-ids.ts'
import { toVideoId } from './videos/video-ids.ts'

/**
 * What a caller's webhook is told of a job that was made in the background: for a response as OpenAI does
 * (API reference, "Webhook events"), for any other job in the same form.
 *
 * @returns undefined while the job is not at its end
 */
export function toWebhookEvent(
  job: {
    readonly id: string
    /** Whether it was asked for as a response. */
    readonly response: boolean
    /** The name of the job's medium. */
    readonly medium: string
    readonly found: FoundJob<unknown>
  },
  eventId: string,
  nowSeconds: number,
): JsonObject | undefined {
  const { id, response, medium, found } = job
  if (found.status !== 'completed' && found.status !== 'failed') return undefined
  const cancelled = found.status === 'failed' && found.problem.kind === 'cancelled'
  const end = cancelled ? 'cancelled' : found.status
  const event = { id: eventId, object: 'event', created_at: nowSeconds }
  if (response) {
    return {
      ...event,
      type: `response.${end}`,
      data: { id: toResponseId(id, { background: true, listed: true }) },
    }
  }
  // OpenAI knows no cancelled videos.
  if (medium === 'video') {
    return { ...event, type: `video.${found.status}`, data: { id: toVideoId(id) } }
  }
  return { ...event, type: `${medium}.job.${end}`, data: { id } }
}
