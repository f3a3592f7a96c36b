import { invalidRequest, ProblemError } from '../job/problem.ts'
import { toAudioClaims } from '../media/audio/link-audio.ts'
import { toVideoClaims } from '../media/video/link-video.ts'
import type { RequestContext } from '../request/request-context.ts'
import type { JobService } from './serve-job-lookup.ts'
import { handOnMedia, type LinkService } from './serve-link.ts'

/**
 * `GET /v1/jobs/{id}/content`: the bytes of a sound or a video, handed on from fal or the bucket as they arrive,
 * for those who may ask nobody but the gateway.
 *
 * @throws ProblemError `invalid_request` for a job that is not ready or has made neither; `job_not_found`,
 *   `job_expired`, `picture_not_found`, `upstream_failed`
 */
export async function serveJobContent(
  id: string,
  context: RequestContext,
  service: JobService & LinkService,
): Promise<Response> {
  const { jobIds } = service
  const claims = await jobIds.read(id, context.caller.name, context.nowSeconds)
  context.jobId = id
  const found = await service.find(claims, context)
  if (found.status === 'failed') throw new ProblemError(found.problem)
  if (found.status !== 'completed') {
    const status = found.status.replace('_', ' ')
    throw invalidRequest('id', `The job is not ready: it is ${status}. Ask again later.`)
  }
  const { result } = found
  const [video] = result.medium === 'video' ? result.videos : []
  const made =
    result.medium === 'speech' ? toAudioClaims(result.audio, context.nowSeconds) : undefined
  const source = made ?? (video && toVideoClaims(video, context.nowSeconds))
  if (source === undefined) {
    throw invalidRequest(
      'id',
      'The job has made neither a sound nor a video: GET /v1/jobs/{id} tells what.',
    )
  }
  return handOnMedia({ ...source, cache: 'private' }, context, service)
}
