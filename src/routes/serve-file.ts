import { toPlainName } from '../intake/form-part.ts'
import { createImageIntake } from '../intake/image-intake.ts'
import type { CallAccess } from '../intake/read-call.ts'
import { readForm } from '../intake/read-form.ts'
import { ProblemError } from '../job/problem.ts'
import { toFile } from '../openai/files.ts'
import type { RequestContext } from '../request/request-context.ts'

/**
 * `POST /v1/files`: keeps an image at fal's storage, for edits by `file_id`. Nothing is kept here: the id
 * holds what is needed.
 *
 * @throws ProblemError `invalid_request`, `too_large`, `upstream_failed`
 */
export async function serveFile(
  context: RequestContext,
  { storage, fileIds }: CallAccess,
): Promise<Response> {
  const intake = createImageIntake(storage, 0)
  const { fields, taken, filename } = await readForm(context.request, intake, {
    partOf: (name) => (name === 'file' ? 'image' : undefined),
  })
  const [image] = taken.images
  if (image === undefined) {
    throw new ProblemError({
      kind: 'invalid_request',
      message: "Missing required parameter: 'file'.",
      param: 'file',
      mistake: 'missing',
    })
  }
  const claims = {
    url: image.url,
    caller: context.caller.name,
    bytes: image.bytes ?? 0,
    filename: toPlainName(filename),
    createdAt: context.nowSeconds,
  }
  return Response.json(toFile(await fileIds.sign(claims), claims, fields['purpose']))
}
