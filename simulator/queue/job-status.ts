import { splitEndpointId } from '../endpoints/endpoints.ts'
import type { JsonObject } from '../json.ts'
import type { Job, LogEntry } from './job.ts'

export interface JobUrls {
  readonly response_url: string
  readonly status_url: string
  readonly cancel_url: string
}

/** The job's own URLs: fal drops the endpoint's sub-path in them. */
export function toJobUrls(base: string, job: Job): JobUrls {
  const { app } = splitEndpointId(job.endpoint.id)
  const response_url = `${job.otherHost ?? base}/queue/${app}/requests/${job.id}`
  return {
    response_url,
    status_url: `${response_url}/status`,
    cancel_url: `${response_url}/cancel`,
  }
}

/** The body of a status answer, and of one event of a status stream. */
export function toStatusBody(
  job: Job,
  urls: JobUrls,
  logs: readonly LogEntry[] | null,
): JsonObject {
  return {
    status: job.state,
    request_id: job.id,
    ...urls,
    ...(job.state === 'IN_QUEUE' && { queue_position: job.queuePosition() }),
    logs,
    metrics: job.state === 'COMPLETED' ? { inference_time: job.seconds } : {},
    ...job.outcome?.failure,
  }
}
