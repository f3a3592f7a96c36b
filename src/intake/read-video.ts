import type { ImageReference } from '../job/image/image-reference.ts'
import type { SourceImage } from '../job/image/source-image.ts'
import { invalidRequest, ProblemError } from '../job/problem.ts'
import type { MediaReference } from '../job/reference.ts'
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
 * as a URL is fal's to fetch, not ours. One image in a message begins the video, several show what it shows.
 *
 * @throws ProblemError `invalid_request`, `too_large`, `upstream_failed`
 */
export async function prepareVideo(
  { sources, earlier, ...asked }: AskedVideoJob,
  access: SourceAccess,
): Promise<VideoJob> {
  const inField = { ...access, param: 'input_reference', store: true }
  const inMessage = { ...inField, param: 'image' }
  const { lastFrame, video, audio } = asked
  const references = await prepareEach(asked.references, inField)
  const firstFrame = asked.firstFrame && (await prepareImage(asked.firstFrame, inField))
  const job = {
    ...asked,
    lastFrame: lastFrame && (await prepareImage(lastFrame, inField)),
    video: video && (await prepareMedia(video, access)),
    audio: audio && (await prepareMedia(audio, access)),
  }
  const images = await prepareEach(sources, inMessage)
  // A field may name one of them too.
  const others = images.filter(({ url }) => url !== firstFrame?.url)
  const [only, ...more] = others
  const isFrame = more.length === 0 && firstFrame === undefined
  return {
    ...job,
    firstFrame: firstFrame ?? (isFrame ? only : undefined),
    references: isFrame ? references : [...others, ...references],
    earlier: earlier && (await prepareEarlier(earlier, inMessage)),
  }
}

async function prepareEach(
  references: readonly ImageReference[],
  preparing: Parameters<typeof prepareImage>[1],
): Promise<readonly SourceImage[]> {
  const images: SourceImage[] = []
  // One after the other: each may be tens of megabytes.
  for (const one of references) images.push(await prepareImage(one, preparing))
  return images
}

/**
 * A video or a sound where fal can fetch it.
 *
 * @throws ProblemError as `prepareVideo`
 */
export async function prepareMedia(
  reference: MediaReference,
  { storage, findFile, toFalUrl }: SourceAccess,
): Promise<SourceMedia> {
  const { param } = reference
  if (reference.kind === 'file') return { url: await findFile(reference.id) }
  if (reference.kind === 'url') {
    const kind = param === 'video' ? 'video/mp4' : 'audio/mpeg'
    const { seconds } = reference
    return { url: checkUrl(await toFalUrl(reference.url), param, kind), seconds }
  }
  const data = fromDataUri(reference.uri)
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
