import type { MediumName } from '../job/any-result.ts'
import type { Caller } from '../job/caller.ts'
import type { AskedImageJob, ImageJob } from '../job/image/image-job.ts'
import type { ImageReference } from '../job/image/image-reference.ts'
import type { SourceImage } from '../job/image/source-image.ts'
import { invalidRequest } from '../job/problem.ts'
import { toReference } from '../job/reference.ts'
import { toFalUrl } from '../media/gateway-link.ts'
import type { MediaLinks } from '../media/media-links.ts'
import type { Call, RequestFacts, Surface } from '../openai/surface.ts'
import type { MediaStorage } from '../ports/media-storage.ts'
import type { RequestContext } from '../request/request-context.ts'
import type { FileIds } from '../tokens/file-id.ts'
import { readJsonBody } from './body/read-body.ts'
import type { BodyHash } from './idempotency.ts'
import { createImageIntake } from './image-intake.ts'
import { NOT_STORED } from './not-stored.ts'
import { prepareSources, type SourceAccess } from './prepare-sources.ts'
import { imageParts, readForm } from './read-form.ts'

/** What a call is read with: where its images are kept, and how its files are found. */
export interface CallAccess {
  readonly storage: MediaStorage
  readonly fileIds: FileIds
  readonly links: MediaLinks
}

/** A call as it was sent: what it works on are references. */
export interface ReadCall {
  readonly call: Call
  readonly body: Readonly<Record<string, unknown>>
}

/** What else is known of the models. */
interface ReadAccess extends Pick<CallAccess, 'storage'> {
  mediumOf(name: string | undefined, caller: Caller): Promise<MediumName>
}

/**
 * Reads a request into a call; the files of a form are where fal can fetch them.
 *
 * @throws ProblemError `invalid_request`, `too_large`, `upstream_failed` when an image cannot be stored
 */
export async function readCall(
  surface: Surface,
  context: RequestContext,
  access: ReadAccess,
  bodyHasher?: BodyHash,
): Promise<ReadCall> {
  const { body, given } = await readSent(surface, context, storageFor(context, access), bodyHasher)
  const named = surface.modelOf?.(body) ?? context.deployment
  const medium =
    surface.modelOf === undefined ? 'image' : await access.mediumOf(named, context.caller)
  return { call: surface.read(body, { ...context, given, medium }), body }
}

/**
 * The job with its images where fal can fetch them; most jobs have none.
 *
 * @throws ProblemError as `prepareSources`
 */
export async function prepareImages(job: AskedImageJob, access: SourceAccess): Promise<ImageJob> {
  const { sources, mask, earlier } = job
  if (sources.length === 0 && mask === undefined && earlier === undefined) {
    return { ...job, sources: [], mask, earlier }
  }
  return prepareSources(job, access)
}

/** What a caller's images are prepared with. */
export function toSourceAccess(context: RequestContext, access: CallAccess): SourceAccess {
  const { fileIds, links } = access
  return {
    storage: storageFor(context, access),
    findEarlier: (id) =>
      Promise.reject(invalidRequest('image', `'${id.slice(0, 60)}' names no picture here.`)),
    findFile: async (id) => (await fileIds.read(id, context.caller.name)).url,
    toFalUrl: (url) => toFalUrl(url, { ...context, links }),
  }
}

/** Where the files of a request go: of one that is only quoted nowhere. */
function storageFor(
  { dryRun }: RequestContext,
  { storage }: Pick<CallAccess, 'storage'>,
): MediaStorage {
  return dryRun ? NOT_STORED : storage
}

/** What came as a form has been looked at: its size is known. */
function toGiven({ url, ...facts }: SourceImage): ImageReference {
  return { ...toReference(url), ...facts }
}

/** A body as it was sent, and the images that came with it. */
interface SentBody extends Pick<ReadCall, 'body'> {
  readonly given: RequestFacts['given']
}

async function readSent(
  surface: Surface,
  context: RequestContext,
  storage: MediaStorage,
  bodyHasher: BodyHash | undefined,
): Promise<SentBody> {
  const type = context.request.headers.get('content-type') ?? ''
  if (surface.takesForms !== true || !/^multipart\/form-data/i.test(type.trim())) {
    return { body: await readJsonBody(context.request, bodyHasher), given: undefined }
  }
  const intake = createImageIntake(storage)
  const { fields, taken } = await readForm(context.request, intake, {
    partOf: imageParts,
    bodyHasher,
  })
  const { images, mask } = taken
  const given = {
    images: images.map(toGiven),
    mask: mask === undefined ? undefined : toReference(mask),
  }
  return { body: fields, given }
}
