import type { SourceImage } from '../job/image/source-image.ts'
import { invalidRequest, ProblemError } from '../job/problem.ts'
import type { AskedVideoJob, SourceMedia, VideoJob } from '../job/video/video-job.ts'
import { fromDataUri } from '../media/data-uri.ts'
import { readMediaKind } from '../media/media-kind.ts'
import { createMp4Length } from '../media/video/mp4-length.ts'
import type { SentVideo } from '../openai/videos/video-request.ts'
import type { RequestContext } from '../request/request-context.ts'
import { readJsonBody } from './body/read-body.ts'
import type { BodyHash } from './idempotency.ts'
import { createMediaIntake, MAX_MEDIA_BYTES } from './media-intake.ts'
import { checkUrl, prepareEarlier, prepareImage, type SourceAccess } from './prepare-sources.ts'
import { toGiven } from './read-call.ts'
import { readForm } from './read-form.ts'

/**
 * Reads the body of a request for a video, as a form or as JSON; the files of a form are at fal's storage
 * then.
 *
 * @throws ProblemError `invalid_request`, `too_large`, `upstream_failed` when a file cannot be stored
 */
export async function readSentVideo(
  { request, deployment }: RequestContext,
  { storage }: Pick<SourceAccess, 'storage'>,
  bodyHasher: BodyHash | undefined,
): Promise<SentVideo> {
  const type = request.headers.get('content-type') ?? ''
  if (!/^multipart\/form-data/i.test(type.trim())) {
    return { body: await readJsonBody(request, bodyHasher), files: undefined, deployment }
  }
  const { fields, taken } = await readForm(request, createMediaIntake(storage), {
    partOf: () => 'file' as const,
    bodyHasher,
    maxFileBytes: MAX_MEDIA_BYTES,
  })
  return { body: fields, files: taken, deployment }
}

/**
 * Makes sure of what a video is made of: what came as data is looked at and put into fal's storage; what came
 * as a URL is fal's to fetch, not ours.
 *
 * @throws ProblemError `invalid_request`, `too_large`, `upstream_failed`
 */
export async function prepareVideo(job: VideoJob, access: SourceAccess): Promise<VideoJob> {
  const { firstFrame, lastFrame, video, audio } = job
  const references: SourceImage[] = []
  const prepare = async ({ url, pixels }: SourceImage): Promise<SourceImage> =>
    prepareImage(toGiven({ url, pixels }), { ...access, param: 'input_reference', store: true })
  // One after the other: each may be tens of megabytes.
  for (const one of job.references) references.push(await prepare(one))
  return {
    ...job,
    firstFrame: firstFrame && (await prepare(firstFrame)),
    lastFrame: lastFrame && (await prepare(lastFrame)),
    references,
    video: video && (await prepareMedia(video, 'video', access)),
    audio: audio && (await prepareMedia(audio, 'audio_url', access)),
  }
}

/**
 * The same of a video that a conversation asks for: one image in the message begins it, several show what it
 * shows.
 *
 * @throws ProblemError as `prepareVideo`
 */
export async function prepareAskedVideo(
  { sources, earlier, ...asked }: AskedVideoJob,
  access: SourceAccess,
): Promise<VideoJob> {
  const job = await prepareVideo(asked, access)
  const images: SourceImage[] = []
  const preparing = { ...access, param: 'image', store: true }
  for (const one of sources) {
    const image = await prepareImage(one, preparing)
    // A field may name it too.
    if (image.url !== job.firstFrame?.url) images.push(image)
  }
  const [only, ...more] = images
  const isFrame = more.length === 0 && job.firstFrame === undefined
  return {
    ...job,
    firstFrame: job.firstFrame ?? (isFrame ? only : undefined),
    references: isFrame ? job.references : [...images, ...job.references],
    earlier: earlier && (await prepareEarlier(earlier, preparing)),
  }
}

/**
 * A video or a sound where fal can fetch it.
 *
 * @throws ProblemError as `prepareVideo`
 */
export async function prepareMedia(
  source: SourceMedia,
  param: string,
  { storage, findFile, toFalUrl }: SourceAccess,
): Promise<SourceMedia> {
  const { url } = source
  if (url.startsWith('file-')) return { ...source, url: await findFile(url) }
  if (!/^data:/i.test(url)) {
    const kind = param === 'video' ? 'video/mp4' : 'audio/mpeg'
    return { ...source, url: checkUrl(await toFalUrl(url), param, kind) }
  }
  const data = fromDataUri(url)
  const kind = data && readMediaKind(data.bytes)
  if (data === undefined || kind === undefined) {
    throw invalidRequest(param, `The data of '${param}' is no video or sound in base64.`)
  }
  if (data.bytes.byteLength > MAX_MEDIA_BYTES) {
    const what = `The file '${param}'`
    throw new ProblemError({ kind: 'too_large', what, limitBytes: MAX_MEDIA_BYTES })
  }
  const length = createMp4Length()
  length.add(data.bytes)
  return { seconds: length.seconds(), url: await storage.store([data.bytes], kind) }
}
