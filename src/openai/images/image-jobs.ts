import type { FoundJob } from '../../job/found-job.ts'
import type { ImageResult } from '../../job/image/image-result.ts'
import type { JobClaims } from '../../job/job-claims.ts'
import type { JsonObject } from '../../lib/json.ts'
import { toJob } from '../jobs.ts'
import type { MediaForm, PlaceBase64 } from '../surface.ts'
import { toImagesResponse } from './image-data.ts'

/**
 * `GET /v1/images/jobs/{id}`, ours: how a job stands, and its result as the images answer.
 *
 * @param error the failure in OpenAI's words; undefined: it did not fail
 */
export function toImageJob(
  job: { readonly id: string; readonly claims: JobClaims; readonly found: FoundJob<ImageResult> },
  form: MediaForm,
  base64: PlaceBase64,
  error: JsonObject | undefined,
): JsonObject {
  const { createdAt } = job.claims
  return toJob(job, (result) => toImagesResponse(result, form, { createdAt, base64 }), error)
}
