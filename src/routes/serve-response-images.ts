import type { ImageJob } from '../job/image-job.ts'
import { invalidRequest, ProblemError } from '../job/problem.ts'
import type { SourceImage } from '../job/source-image.ts'
import { fromPictureId, isUnkept } from '../openai/responses/response-ids.ts'
import type { Visit } from '../request/request-context.ts'
import type { JobService } from './serve-job.ts'

/**
 * Puts the URLs of earlier responses' pictures in the place of their ids. fal's queue is the memory: a
 * picture can be worked on as long as fal keeps its result.
 *
 * @throws ProblemError `invalid_request` when there is no such picture of the caller's, or none yet;
 *   `job_expired`, `upstream_failed`
 */
export async function findPictures(
  job: ImageJob,
  visit: Visit,
  service: JobService,
): Promise<ImageJob> {
  const find = async (source: SourceImage): Promise<SourceImage> =>
    /^(?:ig|resp)_/.test(source.url) ? findPicture(source.url, visit, service) : source
  return {
    ...job,
    sources: await Promise.all(job.sources.map(find)),
    earlier: job.earlier && (await find(job.earlier)),
  }
}

async function findPicture(id: string, visit: Visit, service: JobService): Promise<SourceImage> {
  const param = id.startsWith('resp_') ? 'previous_response_id' : 'input'
  const unknown = invalidRequest(
    param,
    isUnkept(id)
      ? 'A picture that was streamed with partial_images is not kept: send it as an input_image.'
      : `There is no response or picture of yours with the id '${id.slice(0, 60)}…'.`,
  )
  const read = fromPictureId(id)
  if (read === undefined) throw unknown
  const claims = await service.jobIds
    .read(read.jobId, visit.caller.name, visit.nowSeconds)
    .catch((error: unknown) => {
      if (error instanceof ProblemError && error.problem.kind === 'job_not_found') throw unknown
      throw error
    })
  const found = await service.find(claims, visit)
  if (found.status !== 'completed') {
    const why = found.status === 'failed' ? 'has failed' : 'is not ready yet'
    throw invalidRequest(param, `The picture that this builds on ${why}.`)
  }
  const image = found.result.images.at(read.index)
  if (image === undefined) throw unknown
  return { url: image.url, pixels: image.pixels }
}
