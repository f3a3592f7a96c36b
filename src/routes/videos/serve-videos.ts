import { hashBody } from '../../intake/idempotency.ts'
import { toSourceAccess, type CallAccess } from '../../intake/read-call.ts'
import { prepareVideo, readSentVideo } from '../../intake/read-video.ts'
import type { Caller } from '../../job/caller.ts'
import type { FoundJob } from '../../job/found-job.ts'
import type { JobClaims } from '../../job/job-claims.ts'
import type { Medium, Order } from '../../job/medium.ts'
import type { Treatment } from '../../job/preferences.ts'
import { invalidRequest, ProblemError } from '../../job/problem.ts'
import type { AskedVideoJob, VideoJob } from '../../job/video/video-job.ts'
import type { VideoResult, VideosMade } from '../../job/video/video-result.ts'
import type { JsonObject } from '../../lib/json.ts'
import { readTreatment } from '../../openai/treatment.ts'
import { toVideoDeleted, type VideoObject } from '../../openai/videos/video-object.ts'
import { readVideoRequest, type WantedVideo } from '../../openai/videos/video-request.ts'
import type { IdempotencyKey } from '../../ports/idempotency-store.ts'
import type { RequestContext } from '../../request/request-context.ts'
import type { CharacterIds } from '../../tokens/character-id.ts'
import { serveJob, type JobRunService } from '../job/serve-job.ts'
import { readVideoId, tellVideo, type KnownVideo, type TellService } from './tell-video.ts'

/** What videos are served with. */
export interface VideoService extends CallAccess, JobRunService, TellService {
  /** Videos, as this caller may have them made. */
  videosOf(caller: Caller): Medium<VideoJob, Order, VideosMade>
  findVideo(
    claims: JobClaims,
    context: Pick<RequestContext, 'request' | 'waitUntil'>,
  ): Promise<FoundJob<VideoResult>>
  /** @returns whether fal has taken something of the job out of its queue, or promised to */
  cancel(claims: JobClaims): Promise<boolean>
  readonly characterIds: CharacterIds
}

/** How a video is told: as OpenAI does, or in a relay's words. */
export type VideoWords = (video: VideoObject) => JsonObject

/**
 * `POST /v1/videos`, `/v1/videos/edits`, `/v1/videos/extensions`: orders a video, and answers as soon as fal
 * has taken it.
 *
 * @throws ProblemError every failure of reading and of submitting
 */
export async function serveVideo(
  work: 'make' | 'edit' | 'extend',
  context: RequestContext,
  service: VideoService,
  words: VideoWords = sameWords,
): Promise<Response> {
  const bodyHasher = service.knowsRepeats ? hashBody(context) : undefined
  const access = toSourceAccess(context, service)
  const sent = await readSentVideo(context, access, bodyHasher)
  const wanted = readVideoRequest(sent, work)
  const known = await withOwnVideos(wanted, context, service)
  const job = await prepareVideo(known, access)
  return orderVideo(
    {
      job,
      idempotency: await bodyHasher?.idempotency(),
      webhookUrl: wanted.webhookUrl,
      treatment: readTreatment(sent.body),
    },
    context,
    service,
    words,
  )
}

/** OpenAI's own. */
export function sameWords(video: VideoObject): JsonObject {
  return video
}

/** A video that is ordered. */
interface VideoOrder {
  readonly job: VideoJob
  readonly idempotency: IdempotencyKey | undefined
  readonly webhookUrl: string | undefined
  readonly treatment: Treatment
}

/**
 * Submits a job and tells the video that it will be.
 *
 * @throws ProblemError every failure of submitting
 */
export async function orderVideo(
  { job, idempotency, webhookUrl, treatment }: VideoOrder,
  context: RequestContext,
  service: VideoService,
  words: VideoWords,
): Promise<Response> {
  const wanted = {
    job,
    medium: service.videosOf(context.caller),
    idempotency,
    goesOn: true,
    isResponse: false,
    streaming: false,
    treatment,
    webhookUrl,
  }
  return serveJob(wanted, context, service, async (served) => {
    // It goes on at fal: nothing here waits for it.
    served.hangUp()
    const { jobId, claims } = served
    if (jobId === undefined) throw new ProblemError({ kind: 'internal' })
    const found = { status: 'queued', position: undefined } as const
    const known = { jobId, claims, prompt: job.prompt }
    const told = await tellVideo(known, found, context, service)
    const headers = { ...told.headers, ...served.headers }
    return Response.json(words(told.video), { headers })
  })
}

/**
 * A video of ours and characters in the place of their ids.
 *
 * @throws ProblemError `invalid_request` when there is none, or it is not ready
 */
async function withOwnVideos(
  { job, videoId, characterIds }: WantedVideo,
  context: RequestContext,
  service: VideoService,
): Promise<AskedVideoJob> {
  const [character, ...more] = await Promise.all(
    characterIds.map((id) => service.characterIds.read(id, context.caller.name)),
  )
  if (more.length > 0) throw invalidRequest('characters', 'A video takes one character.')
  if (videoId === undefined) {
    return character === undefined ? job : { ...job, video: { ...OWN_VIDEO, url: character.url } }
  }
  const known = await readVideoId(videoId, context, service)
  const { url, seconds, model } = await finishedVideo(known, context, service)
  return {
    ...job,
    model: job.model ?? model,
    video: { ...OWN_VIDEO, url, ...(seconds && { seconds }) },
  }
}

/** Where it stands in the request. */
const OWN_VIDEO = { kind: 'url', param: 'video' } as const

/** What a video of ours is worked on by. */
interface FinishedVideo {
  /** fal's. */
  readonly url: string
  readonly seconds: number | undefined
  readonly model: string
}

/** @throws ProblemError `invalid_request` when it is not ready */
export async function finishedVideo(
  { jobId, claims }: KnownVideo,
  context: RequestContext,
  service: VideoService,
  index = 0,
): Promise<FinishedVideo & { readonly contentType: string | undefined }> {
  const seen = service.videoMemory.find(jobId)
  const found: FoundJob<VideoResult> =
    seen === undefined
      ? await service.findVideo(claims, context)
      : { status: 'completed', result: seen.result }
  if (found.status === 'failed') throw new ProblemError(found.problem)
  if (found.status !== 'completed') {
    const status = found.status.replace('_', ' ')
    throw invalidRequest('video_id', `The video is not ready: it is ${status}. Ask again later.`)
  }
  service.videoMemory.note(jobId, found.result, context.nowSeconds)
  const video = found.result.videos[index]
  if (video === undefined) {
    throw invalidRequest('index', `The job has ${found.result.videos.length} videos, from 0 on.`)
  }
  const { url, contentType } = video
  return { url, contentType, seconds: found.result.seconds, model: claims.model }
}

/**
 * `GET /v1/videos/{id}`: how a video stands, from its id alone.
 *
 * @throws ProblemError `job_not_found`, `job_expired`, `upstream_failed`
 */
export async function serveFoundVideo(
  id: string,
  context: RequestContext,
  service: VideoService,
  words: VideoWords = sameWords,
): Promise<Response> {
  const known = await readVideoId(id, context, service)
  const found = await service.findVideo(known.claims, context)
  const { video, headers } = await tellVideo(known, found, context, service)
  return Response.json(words(video), { headers })
}

/**
 * `DELETE /v1/videos/{id}`: what waits is taken out of fal's queue, and the video off the list.
 *
 * @throws ProblemError `job_not_found`, `job_expired`
 */
export async function deleteVideo(
  id: string,
  context: RequestContext,
  service: VideoService,
): Promise<Response> {
  const { claims } = await readVideoId(id, context, service)
  // Looked at once more, so that what was set aside for it is free again.
  if (await service.cancel(claims)) {
    context.waitUntil(service.findVideo(claims, context).catch(() => undefined))
  }
  const requestIds = claims.parts.map(({ requestId }) => requestId)
  await service.accountOf?.(claims.caller).forget(requestIds)
  return Response.json(toVideoDeleted(id))
}
