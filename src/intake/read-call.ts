import type { PictureLinks } from '../media/image-links.ts'
import { toFalUrl } from '../media/own-image.ts'
import type { Call, Surface } from '../openai/surface.ts'
import type { PictureStorage } from '../ports/image-storage.ts'
import type { Visit } from '../request/request-context.ts'
import type { FileIds } from '../tokens/file-id.ts'
import type { BodyTap } from './idempotency.ts'
import { createPictureIntake } from './image-intake.ts'
import { prepareSources, type SourceAccess } from './prepare-sources.ts'
import { readJsonBody } from './read-body.ts'
import { readForm } from './read-form.ts'

/** What a call is read with: where its pictures are kept, and how its files are found. */
export interface CallAccess {
  readonly storage: PictureStorage
  readonly fileIds: FileIds
  readonly links: PictureLinks
}

/**
 * Reads a request into a call, its pictures where fal can fetch them.
 *
 * @throws ProblemError `invalid_request`, `too_large`, `upstream_failed` when a picture cannot be stored
 */
export async function readCall(
  surface: Surface,
  visit: Visit,
  access: CallAccess,
  tap?: BodyTap,
): Promise<Call> {
  const call = await readSent(surface, visit, access.storage, tap)
  if (call.kind === 'answer') return call
  return { ...call, job: await prepareSources(call.job, toSourceAccess(visit, access)) }
}

/** What a caller's pictures are prepared with. */
export function toSourceAccess(
  visit: Visit,
  { storage, fileIds, links }: CallAccess,
): SourceAccess {
  return {
    storage,
    findFile: async (id) => (await fileIds.read(id, visit.caller.name)).url,
    toFalUrl: (url) => toFalUrl(url, { ...visit, links }),
  }
}

async function readSent(
  surface: Surface,
  visit: Visit,
  storage: PictureStorage,
  tap: BodyTap | undefined,
): Promise<Call> {
  const type = visit.request.headers.get('content-type') ?? ''
  if (surface.takesForms === true && /^multipart\/form-data/i.test(type.trim())) {
    const intake = createPictureIntake(storage)
    const { fields, images, mask } = await readForm(visit.request, intake, { tap })
    return surface.read(fields, { ...visit, given: { images, mask } })
  }
  return surface.read(await readJsonBody(visit.request, tap), { ...visit, given: undefined })
}
