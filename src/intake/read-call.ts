import type { AskedImageJob, ImageJob } from '../job/image/image-job.ts'
import { toReference, type ImageReference } from '../job/image/image-reference.ts'
import type { SourceImage } from '../job/image/source-image.ts'
import type { Treatment } from '../job/preferences.ts'
import { invalidRequest } from '../job/problem.ts'
import { toFalUrl } from '../media/gateway-link.ts'
import type { ImageLinks } from '../media/images/image-links.ts'
import type { Call, Surface } from '../openai/surface.ts'
import { readTreatment } from '../openai/treatment.ts'
import type { ImageStorage } from '../ports/image-storage.ts'
import type { RequestContext } from '../request/request-context.ts'
import type { FileIds } from '../tokens/file-id.ts'
import { readJsonBody } from './body/read-body.ts'
import type { BodyHash } from './idempotency.ts'
import { NOT_STORED } from './not-stored.ts'
import type { SourceAccess } from './prepare-sources.ts'

/** What a call is read with: where its images are kept, and how its files are found. */
export interface CallAccess {
  readonly storage: ImageStorage
  readonly fileIds: FileIds
  readonly links: ImageLinks
}

/** A call whose job's images are where fal can fetch them. */
export type ReadyCall = Exclude<Call, { kind: 'job' }> | ReadyJobCall
export type ReadyJobCall = Omit<Extract<Call, { kind: 'job' }>, 'job'> & {
  readonly job: ImageJob
  readonly treatment: Treatment
}

/**
 * Reads a request into a call, its images where fal can fetch them.
 *
 * @throws ProblemError `invalid_request`, `too_large`, `upstream_failed` when an image cannot be stored
 */
export async function readCall(
  surface: Surface,
  context: RequestContext,
  access: CallAccess,
  bodyHasher?: BodyHash,
): Promise<ReadyCall> {
  const { call, body } = await readSent(surface, context, storageFor(context, access), bodyHasher)
  if (call.kind === 'answer') return call
  const treatment = readTreatment(body)
  const job = await prepareImages(call.job, toSourceAccess(context, access))
  return { ...call, job, treatment }
}

/**
 * The job with its images where fal can fetch them; most jobs have none, and nothing is loaded for those.
 *
 * @throws ProblemError as `prepareSources`
 */
async function prepareImages(job: AskedImageJob, access: SourceAccess): Promise<ImageJob> {
  const { sources, mask, earlier } = job
  if (sources.length === 0 && mask === undefined && earlier === undefined) {
    return { ...job, sources: [], mask, earlier }
  }
  const { prepareSources } = await import('./prepare-sources.ts')
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
): ImageStorage {
  return dryRun ? NOT_STORED : storage
}

/** What came as a form has been looked at: its size is known. */
export function toGiven({ url, ...facts }: SourceImage): ImageReference {
  return { ...toReference(url), ...facts }
}

/** A call as it was sent. */
interface SentCall {
  readonly call: Call
  readonly body: Readonly<Record<string, unknown>>
}

async function readSent(
  surface: Surface,
  context: RequestContext,
  storage: ImageStorage,
  bodyHasher: BodyHash | undefined,
): Promise<SentCall> {
  const type = context.request.headers.get('content-type') ?? ''
  if (surface.takesForms === true && /^multipart\/form-data/i.test(type.trim())) {
    const { createImageIntake } = await import('./image-intake.ts')
    const { imageParts, readForm } = await import('./read-form.ts')
    const intake = createImageIntake(storage)
    const { fields, taken } = await readForm(context.request, intake, {
      partOf: imageParts,
      bodyHasher,
    })
    const { images, mask } = taken
    const call = surface.read(fields, {
      ...context,
      given: {
        images: images.map(toGiven),
        mask: mask === undefined ? undefined : toReference(mask),
      },
    })
    return { call, body: fields }
  }
  const body = await readJsonBody(context.request, bodyHasher)
  return { call: surface.read(body, { ...context, given: undefined }), body }
}
