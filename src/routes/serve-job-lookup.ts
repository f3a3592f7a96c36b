import type { AnyResult } from '../job/any-result.ts'
import type { FoundJob } from '../job/found-job.ts'
import type { ImageResult } from '../job/image/image-result.ts'
import type { JobClaims } from '../job/job-claims.ts'
import { problemOf, ProblemError } from '../job/problem.ts'
import type { JsonObject } from '../lib/json.ts'
import { linkAudio } from '../media/audio/link-audio.ts'
import type { CopyMedia } from '../media/copy-media.ts'
import type { DeliverImages } from '../media/images/deliver-images.ts'
import type { MediaLinks } from '../media/media-links.ts'
import { linkVideo } from '../media/video/link-video.ts'
import { toSpeechObject, toTranscriptObject } from '../openai/audio/audio-jobs.ts'
import { toImageJob } from '../openai/images/image-jobs.ts'
import { toImageForm } from '../openai/images/images-generations.ts'
import { toJob } from '../openai/jobs.ts'
import { toVideoResultObject } from '../openai/videos/video-jobs.ts'
import { createImageDelivery } from '../reply/delivery.ts'
import { toErrorReply } from '../reply/error-reply.ts'
import { resultHeaders } from '../reply/headers.ts'
import { writeAnswer } from '../reply/heartbeat-body.ts'
import { toJsonAnswer } from '../reply/json-answer.ts'
import type { RequestContext } from '../request/request-context.ts'
import type { JobIds } from '../tokens/job-id.ts'

/** What job look-ups are served with. */
export interface JobService {
  /** @throws ProblemError `job_not_found` for a medium that this gateway does not know */
  find(
    claims: JobClaims,
    context: Pick<RequestContext, 'request' | 'waitUntil'>,
  ): Promise<FoundJob<AnyResult>>
  /** Whether addresses in answers are ours, not fal's. */
  readonly ownUrls: boolean
  /** undefined: no copies are made. */
  readonly copyMedia: CopyMedia | undefined
  readonly links: MediaLinks
  /** @returns whether fal has taken something of the job out of its queue, or promised to */
  cancel(claims: JobClaims): Promise<boolean>
  readonly jobIds: JobIds
  readonly deliver: DeliverImages
}

/**
 * `GET /v1/jobs/{id}`: how a job stands, from its id alone.
 *
 * @throws ProblemError `job_not_found`, `job_expired`, `upstream_failed`
 */
export async function serveJobLookup(
  id: string,
  context: RequestContext,
  service: JobService,
): Promise<Response> {
  const claims = await service.jobIds.read(id, context.caller.name, context.nowSeconds)
  const { signal } = context.request
  // An error of the look-up says of which job.
  context.jobId = id
  context.headers = { 'x-job-id': id, 'x-fal-endpoint': claims.endpoint }
  const found = await service.find(claims, context)
  const headers = {
    'x-job-id': id,
    'x-fal-endpoint': claims.endpoint,
    'content-type': 'application/json',
  }
  if (found.status !== 'completed') {
    const error = found.status === 'failed' ? toErrorReply(found.problem).error : undefined
    return Response.json(
      toJob({ id, claims, found }, () => ({}), error),
      { headers },
    )
  }
  const { result: made } = found
  const known = { ...headers, ...resultHeaders(made) }
  if (made.medium !== 'image') {
    const result = await toResultObject(made, context, service)
    const body = toJob({ id, claims, found }, () => result, undefined)
    return Response.json(body, { headers: known })
  }
  const wish = new URL(context.request.url).searchParams.get('response_format')
  const form = toImageForm(wish, claims.model)
  const answering = toJsonAnswer(
    made,
    createImageDelivery(form, { deliver: service.deliver, context, signal }),
    (result, base64) =>
      toImageJob({ id, claims, found: { status: 'completed', result } }, form, base64, undefined),
  )
  const answer = await answering.catch(toLookUpError)
  if (typeof answer.body === 'string') return new Response(answer.body, { headers: known })
  const late = { empty: { data: [] }, jobId: id }
  return new Response(writeAnswer(answer, late, context), { headers: known })
}

/** What came of a job that is of no image; a sound's address is ours where the owner wants that, a video's always. */
async function toResultObject(
  result: Exclude<AnyResult, ImageResult>,
  context: RequestContext,
  { ownUrls, links, copyMedia }: JobService,
): Promise<JsonObject> {
  switch (result.medium) {
    case 'transcript':
      return toTranscriptObject(result)
    case 'speech': {
      const { audio } = result
      if (copyMedia !== undefined) context.waitUntil(copyMedia(audio.url))
      const url = ownUrls ? await linkAudio(audio, context, links) : audio.url
      return toSpeechObject(result, { ...audio, url })
    }
    case 'video': {
      const [video] = result.videos
      return toVideoResultObject(result, video && (await linkVideo(video, context, links)))
    }
  }
}

/**
 * What cannot be fetched of a job that is looked up may be asked for again.
 *
 * @throws ProblemError
 */
export function toLookUpError(error: unknown): never {
  const problem = problemOf(error)
  if (problem.kind !== 'upstream_failed' || problem.charged !== 'maybe') throw error
  const { reason } = problem
  throw new ProblemError({ kind: 'unreadable', reason, isLookUp: true }, { cause: error })
}

/**
 * `DELETE /v1/jobs/{id}`: takes what waits out of fal's queue, and answers how the job stands then.
 * What is being made may still be finished, and charged.
 *
 * @throws ProblemError `job_not_found`, `job_expired`, `upstream_failed`
 */
export async function serveJobCancellation(
  id: string,
  context: RequestContext,
  service: JobService,
): Promise<Response> {
  await service.cancel(await service.jobIds.read(id, context.caller.name, context.nowSeconds))
  return serveJobLookup(id, context, service)
}
