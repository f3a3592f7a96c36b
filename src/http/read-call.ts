import type { FileIds } from '../job/file-id.ts'
import type { PictureStorage } from '../job/picture-storage.ts'
import type { Call, Surface } from '../openai/surface.ts'
import { createPictureIntake } from './picture-intake.ts'
import { prepareSources } from './prepare-sources.ts'
import { readJsonBody } from './read-body.ts'
import { readForm } from './read-form.ts'
import type { BodyTap } from './repeats.ts'
import type { Visit } from './visit.ts'

/** What a call is read with: where its pictures are kept, and how its files are found. */
export interface CallAccess {
  readonly storage: PictureStorage
  readonly fileIds: FileIds
}

/**
 * Reads a request into a call, its pictures where fal can fetch them.
 *
 * @throws ProblemError `invalid_request`, `too_large`, `upstream_failed` when a picture cannot be stored
 */
export async function readCall(
  surface: Surface,
  visit: Visit,
  { storage, fileIds }: CallAccess,
  tap?: BodyTap,
): Promise<Call> {
  const call = await readSent(surface, visit, storage, tap)
  if (call.kind === 'answer') return call
  const job = await prepareSources(call.job, {
    storage,
    findFile: async (id) => (await fileIds.read(id, visit.caller.name)).url,
  })
  return { ...call, job }
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
