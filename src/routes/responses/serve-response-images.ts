import type { SourceImage } from '../../job/image/source-image.ts'
import type { JobClaims } from '../../job/job-claims.ts'
import { invalidRequest, ProblemError } from '../../job/problem.ts'
import { fromImageId, isUnkept } from '../../openai/responses/response-ids.ts'
import type { RequestContext } from '../../request/request-context.ts'
import type { JobService } from '../serve-job-lookup.ts'

/**
 * The image of an earlier response, by its id: what was made, or what began a video; undefined: there was none.
 * fal's queue is the memory: an image can be worked on as long as fal keeps its result.
 *
 * @throws ProblemError `invalid_request` when there is no such image of the caller's, or none yet;
 *   `job_expired`, `upstream_failed`
 */
export async function findImage(
  id: string,
  context: RequestContext,
  service: JobService,
): Promise<SourceImage | undefined> {
  const param = id.startsWith('resp_') ? 'previous_response_id' : 'input'
  const unknown = invalidRequest(
    param,
    isUnkept(id)
      ? 'A picture that was streamed with partial_images is not kept: send it as an input_image.'
      : `There is no response or picture of yours with the id '${id.slice(0, 60)}…'.`,
  )
  const read = fromImageId(id)
  if (read === undefined) throw unknown
  const claims = await service.jobIds
    .read(read.jobId, context.caller.name, context.nowSeconds)
    .catch((error: unknown) => {
      if (error instanceof ProblemError && error.problem.kind === 'job_not_found') throw unknown
      throw error
    })
  if (claims.medium !== 'image') return frameOf(claims)
  const found = await service.find(claims, context)
  if (found.status !== 'completed') {
    const why = found.status === 'failed' ? 'has failed' : 'is not ready yet'
    throw invalidRequest(param, `The picture that this builds on ${why}.`)
  }
  const { result } = found
  const image = result.medium === 'image' ? result.images.at(read.index) : undefined
  if (image === undefined) throw unknown
  return { url: image.url, pixels: image.pixels }
}

function frameOf({ memo }: JobClaims): SourceImage | undefined {
  const { frame } = memo
  return typeof frame === 'string' ? { url: frame, pixels: undefined } : undefined
}
