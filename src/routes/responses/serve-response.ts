import { toSourceAccess } from '../../intake/read-call.ts'
import type { AnyResult } from '../../job/any-result.ts'
import type { FoundJob } from '../../job/found-job.ts'
import { invalidRequest, ProblemError } from '../../job/problem.ts'
import type { JsonObject } from '../../lib/json.ts'
import {
  toDeletedResponse,
  toFoundResponse,
  toInputItems,
  type KnownResponse,
} from '../../openai/responses/response-found.ts'
import { fromResponseId } from '../../openai/responses/response-ids.ts'
import { responses } from '../../openai/responses/responses.ts'
import { toErrorBody } from '../../reply/error-reply.ts'
import { resultHeaders } from '../../reply/headers.ts'
import { writeAnswer } from '../../reply/heartbeat-body.ts'
import { toJsonAnswer } from '../../reply/json-answer.ts'
import { createAnyDelivery } from '../../reply/media-delivery.ts'
import type { RequestContext } from '../../request/request-context.ts'
import { toLookUpError, type JobService } from '../serve-job-lookup.ts'
import { serveSurface, type Service } from '../serve-surface.ts'
import { findImage } from './serve-response-images.ts'
import { streamFoundResponse, type RetellService } from './serve-response-stream.ts'

/** What responses are served with. */
export interface ResponseService extends Service, JobService, RetellService {}

/**
 * `POST /v1/responses`. Images of earlier responses are found by their ids first.
 *
 * @throws ProblemError every failure of reading and of the job
 */
export async function serveResponse(
  context: RequestContext,
  service: ResponseService,
): Promise<Response> {
  return serveSurface(responses, context, service, {
    ...toSourceAccess(context, service),
    findEarlier: (id) => findImage(id, context, service),
  })
}

/** @throws ProblemError `job_not_found`, `job_expired` */
async function readId(
  id: string,
  context: RequestContext,
  { jobIds }: ResponseService,
): Promise<KnownResponse> {
  const read = fromResponseId(id)
  if (read === undefined) throw new ProblemError({ kind: 'job_not_found' })
  const claims = await jobIds.read(read.jobId, context.caller.name, context.nowSeconds)
  // An error of the look-up says of which job.
  context.jobId = read.jobId
  context.headers = { 'x-job-id': read.jobId, 'x-fal-endpoint': claims.endpoint }
  return { id, ...read, claims }
}

/**
 * `GET /v1/responses/{id}`: how a response stands, from its id alone, or with `?stream=true` its events.
 *
 * @throws ProblemError `invalid_request`, `job_not_found`, `job_expired`, `upstream_failed`
 */
export async function serveFoundResponse(
  id: string,
  context: RequestContext,
  service: ResponseService,
): Promise<Response> {
  const known = await readId(id, context, service)
  const found = await service.find(known.claims, context)
  const streaming = new URL(context.request.url).searchParams.get('stream') === 'true'
  if (streaming) return streamFoundResponse(known, found, context, service)
  return answer(known, found, context, service)
}

/**
 * `POST /v1/responses/{id}/cancel`, for responses that were made in the background. What has ended already
 * stays as it is; what is being made may still be finished and charged.
 *
 * @throws ProblemError `invalid_request`, `job_not_found`, `job_expired`, `upstream_failed`
 */
export async function cancelResponse(
  id: string,
  context: RequestContext,
  service: ResponseService,
): Promise<Response> {
  const known = await readId(id, context, service)
  if (!known.background) {
    throw invalidRequest(
      'response_id',
      'Only a response made with background: true can be cancelled.',
    )
  }
  const cancelled = await service.cancel(known.claims)
  const found = await service.find(known.claims, context)
  const isOver = found.status === 'completed' || found.status === 'failed'
  if (isOver || !cancelled) return answer(known, found, context, service)
  return answer(known, { status: 'failed', problem: { kind: 'cancelled' } }, context, service)
}

/**
 * `DELETE /v1/responses/{id}`. Nothing is stored here that could be deleted, and fal forgets by itself: the
 * caller is told what the official client wants to hear, and the id goes on working.
 *
 * @throws ProblemError `job_not_found`, `job_expired`
 */
export async function deleteResponse(
  id: string,
  context: RequestContext,
  service: ResponseService,
): Promise<Response> {
  await readId(id, context, service)
  return Response.json(toDeletedResponse(id))
}

/**
 * `GET /v1/responses/{id}/input_items`: an empty list, because the input is not kept.
 *
 * @throws ProblemError `job_not_found`, `job_expired`
 */
export async function serveInputItems(
  id: string,
  context: RequestContext,
  service: ResponseService,
): Promise<Response> {
  await readId(id, context, service)
  return Response.json(toInputItems())
}

async function answer(
  known: KnownResponse,
  found: FoundJob<AnyResult>,
  context: RequestContext,
  service: ResponseService,
): Promise<Response> {
  const { jobId, claims } = known
  const headers = {
    'x-job-id': jobId,
    'x-fal-endpoint': claims.endpoint,
    'content-type': 'application/json',
  }
  if (found.status !== 'completed') {
    const error = found.status === 'failed' ? toErrorBody(found.problem, jobId) : undefined
    const reply: JsonObject = toFoundResponse({ ...known, found }, String, error)
    return Response.json(reply, { headers })
  }
  const pieces = await toJsonAnswer(
    found.result,
    createAnyDelivery(known.listed ? 'both' : 'url', {
      ...service,
      context,
      signal: context.request.signal,
    }),
    (result, base64) =>
      toFoundResponse({ ...known, found: { status: 'completed', result } }, base64, undefined),
  ).catch(toLookUpError)
  const body = writeAnswer(pieces, { empty: { output: [] }, jobId }, context)
  return new Response(body, { headers: { ...headers, ...resultHeaders(found.result) } })
}
