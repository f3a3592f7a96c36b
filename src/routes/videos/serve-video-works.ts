import { readJsonBody } from '../../intake/body/read-body.ts'
import { hashBody } from '../../intake/idempotency.ts'
import { toSourceAccess } from '../../intake/read-call.ts'
import { prepareMedia, readSentVideo } from '../../intake/read-video.ts'
import type { VideoJob } from '../../job/video/video-job.ts'
import { parseVideoSize } from '../../job/video/video-size.ts'
import { readTreatment } from '../../openai/treatment.ts'
import { readCharacterRequest, readRemixPrompt } from '../../openai/videos/video-request.ts'
import type { RequestContext } from '../../request/request-context.ts'
import { finishedVideo, orderVideo, sameWords, type VideoService } from './serve-videos.ts'
import { readVideoId } from './tell-video.ts'

/**
 * `POST /v1/videos/{id}/remix`: the video, changed by new words: by the model's own way to edit, where it has
 * one, else made anew as long and as large.
 *
 * @throws ProblemError every failure of reading and of submitting
 */
export async function remixVideo(
  id: string,
  context: RequestContext,
  service: VideoService,
): Promise<Response> {
  const bodyHasher = service.knowsRepeats ? hashBody(context) : undefined
  const body = await readJsonBody(context.request, bodyHasher)
  const prompt = readRemixPrompt(body)
  const known = await readVideoId(id, context, service)
  const { url, seconds, model } = await finishedVideo(known, context, service)
  const { size } = known.claims.memo
  const job: VideoJob = {
    medium: 'video',
    work: 'remix',
    model,
    prompt,
    seconds,
    size: typeof size === 'string' ? parseVideoSize(size) : undefined,
    fps: undefined,
    firstFrame: undefined,
    lastFrame: undefined,
    references: [],
    video: { url, ...(seconds !== undefined && { seconds }) },
    audio: undefined,
    sound: undefined,
    seed: undefined,
    negativePrompt: undefined,
    count: 1,
    extra: {},
    ...(known.claims.parts[0] && { remixOf: known.claims.parts[0].requestId }),
  }
  const idempotency = await bodyHasher?.idempotency()
  const treatment = readTreatment(body)
  return orderVideo(
    { job, idempotency, webhookUrl: undefined, treatment },
    context,
    service,
    sameWords,
  )
}

/**
 * `POST /v1/videos/characters`: keeps a video under a name. Nothing is kept here: the id holds what is needed.
 *
 * @throws ProblemError `invalid_request`, `too_large`, `upstream_failed`
 */
export async function createCharacter(
  context: RequestContext,
  service: VideoService,
): Promise<Response> {
  const access = toSourceAccess(context, service)
  const { name, video, videoId } = readCharacterRequest(
    await readSentVideo(context, service, undefined),
  )
  const source =
    video === undefined
      ? await finishedVideo(await readVideoId(videoId ?? '', context, service), context, service)
      : await prepareMedia(video, access)
  const createdAt = context.nowSeconds
  const claims = { url: source.url, caller: context.caller.name, name, createdAt }
  const id = await service.characterIds.sign(claims)
  return Response.json({ id, object: 'video.character', created_at: createdAt, name })
}

/**
 * `GET /v1/videos/characters/{id}`
 *
 * @throws ProblemError `invalid_request` when there is none
 */
export async function serveCharacter(
  id: string,
  { caller }: RequestContext,
  { characterIds }: VideoService,
): Promise<Response> {
  const { name, createdAt } = await characterIds.read(id, caller.name)
  return Response.json({ id, object: 'video.character', created_at: createdAt, name })
}
