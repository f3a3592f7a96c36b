import type { FoundJob } from '../job/found-job.ts'
import type { ImageResult } from '../job/image-result.ts'
import type { JobClaims } from '../job/job-claims.ts'
import { problemOf, ProblemError } from '../job/problem.ts'
import type { DeliverImages } from '../media/deliver-images.ts'
import { toImageJob } from '../openai/images/image-jobs.ts'
import { toImageForm } from '../openai/images/images-generations.ts'
import { toErrorReply } from '../reply/error-reply.ts'
import { resultHeaders } from '../reply/headers.ts'
import { writeAnswer } from '../reply/heartbeat-body.ts'
import { toJsonAnswer } from '../reply/json-answer.ts'
import type { RequestContext } from '../request/request-context.ts'
import type { JobIds } from '../tokens/job-id.ts'

/** What job look-ups are served with. */
export interface JobService {
  find(
    claims: JobClaims,
    context: Pick<RequestContext, 'request' | 'waitUntil'>,
  ): Promise<FoundJob<ImageResult>>
  /** @returns whether fal has taken something of the job out of its queue, or promised to */
  cancel(claims: JobClaims): Promise<boolean>
  readonly jobIds: JobIds
  readonly deliver: DeliverImages
}

/**
 * `GET /v1/images/jobs/{id}`: how a job stands, from its id alone.
 *
 * @throws ProblemError `job_not_found`, `job_expired`, `upstream_failed`
 */
export async function serveImageJob(
  id: string,
  context: RequestContext,
  service: JobService,
): Promise<Response> {
  const claims = await service.jobIds.read(id, context.caller.name, context.nowSeconds)
  const { signal } = context.request
  // An error of the look-up says of which job.
  context.jobId = id
  context.headers = { 'x-job-id': id, 'x-fal-endpoint': claims.endpoint }
  const found = await service.find(claims, context)
  const headers = {
    'x-job-id': id,
    'x-fal-endpoint': claims.endpoint,
    'content-type': 'application/json',
  }
  const job = { id, claims, found }
  if (found.status !== 'completed') {
    const error = found.status === 'failed' ? toErrorReply(found.problem).error : undefined
    return Response.json(toImageJob(job, 'url', String, error), { headers })
  }
  const known = { ...headers, ...resultHeaders(found.result) }
  const wish = new URL(context.request.url).searchParams.get('response_format')
  const answering = toJsonAnswer(
    found.result,
    toImageForm(wish, claims.model),
    (result, base64) =>
      toImageJob(
        { ...job, found: { status: 'completed', result } },
        toImageForm(wish, claims.model),
        base64,
        undefined,
      ),
    { deliver: service.deliver, context, signal },
  )
  const answer = await answering.catch(toLookUpError)
  if (typeof answer.body === 'string') return new Response(answer.body, { headers: known })
  const late = { emptyList: 'data', jobId: id } as const
  return new Response(writeAnswer(answer, late, context), { headers: known })
}

/**
 * What cannot be fetched of a job that is looked up may be asked for again.
 *
 * @throws ProblemError
 */
export function toLookUpError(error: unknown): never {
  const problem = problemOf(error)
  if (problem.kind !== 'upstream_failed' || problem.charged !== 'maybe') throw error
  const { reason } = problem
  throw new ProblemError({ kind: 'unreadable', reason, isLookUp: true }, { cause: error })
}

/**
 * `DELETE /v1/images/jobs/{id}`: takes what waits out of fal's queue, and answers how the job stands then.
 * What is being made may still be finished, and charged.
 *
 * @throws ProblemError `job_not_found`, `job_expired`, `upstream_failed`
 */
export async function cancelJob(
  id: string,
  context: RequestContext,
  service: JobService,
): Promise<Response> {
  await service.cancel(await service.jobIds.read(id, context.caller.name, context.nowSeconds))
  return serveImageJob(id, context, service)
}
