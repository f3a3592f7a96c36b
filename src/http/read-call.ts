import type { FileIds } from '../job/file-id.ts'
import type { PictureStorage } from '../job/picture-storage.ts'
import type { Call, Surface } from '../openai/surface.ts'
import { toFalUrl } from '../pictures/own-picture.ts'
import type { PictureLinks } from '../pictures/picture-links.ts'
import { createPictureIntake } from './picture-intake.ts'
import { prepareSources, type SourceAccess } from './prepare-sources.ts'
import { readJsonBody } from './read-body.ts'
import { readForm } from './read-form.ts'
import type { BodyTap } from './repeats.ts'
import type { Visit } from './visit.ts'

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
