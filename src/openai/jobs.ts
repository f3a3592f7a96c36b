import type { FoundJob } from '../job/found-job.ts'
import type { JobClaims } from '../job/job-claims.ts'
import type { JsonObject } from '../lib/json.ts'

/**
 * `GET /v1/jobs/{id}`, ours: how a job of any medium stands.
 *
 * @param toResult says what came of it as the medium's surface does
 * @param error the failure in OpenAI's words; undefined: it did not fail
 */
export function toJob<Result>(
  job: { readonly id: string; readonly claims: JobClaims; readonly found: FoundJob<Result> },
  toResult: (result: Result) => JsonObject,
  error: JsonObject | undefined,
): JsonObject {
  const { claims, found, id } = job
  const cancelled = found.status === 'failed' && found.problem.kind === 'cancelled'
  return {
    id,
    object: `${claims.medium}.job`,
    status: cancelled ? 'cancelled' : found.status,
    created_at: claims.createdAt,
    model: claims.model,
    endpoint: claims.endpoint,
    ...(found.status === 'queued' &&
      found.position !== undefined && { queue_position: found.position }),
    ...(error !== undefined && !cancelled && { error }),
    ...(found.status === 'completed' && { result: toResult(found.result) }),
  }
}
