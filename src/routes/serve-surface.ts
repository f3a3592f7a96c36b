import { hashBody, type BodyHash } from '../intake/idempotency.ts'
import type { SourceAccess } from '../intake/prepare-sources.ts'
import { readCall, toSourceAccess, type CallAccess, type ReadCall } from '../intake/read-call.ts'
import type { MediumName } from '../job/any-result.ts'
import type { Caller } from '../job/caller.ts'
import { toFreeQuote } from '../openai/quote.ts'
import type { Call, Surface } from '../openai/surface.ts'
import { readTreatment } from '../openai/treatment.ts'
import type { DeliveryAccess } from '../reply/delivery.ts'
import { eventStream, toStreamResponse } from '../reply/event-stream.ts'
import type { RequestContext } from '../request/request-context.ts'
import type { JobRunService } from './job/serve-job.ts'
import { serveMedia, type ServedMedia } from './serve-media.ts'

/** What surfaces are served with. */
export interface Service
  extends CallAccess, JobRunService, ServedMedia, Omit<DeliveryAccess, 'context' | 'signal'> {
  /** What a model makes, by its name; a name that means nothing is taken for an image model's. */
  mediumOf(name: string | undefined, caller: Caller): Promise<MediumName>
}

/**
 * Serves one use of a surface: reads the call, starts the job, and answers as soon as it can be said how.
 * Whatever fails before the first byte is an HTTP error.
 *
 * @param access what images and files that are named are found with
 * @throws ProblemError every failure of reading and of the job
 */
export async function serveSurface(
  surface: Surface,
  context: RequestContext,
  service: Service,
  access: SourceAccess = toSourceAccess(context, service),
): Promise<Response> {
  const bodyHasher = service.knowsRepeats ? hashBody(context) : undefined
  const read = await readCall(surface, context, service, bodyHasher)
  return serveCall({ ...read, bodyHasher, access }, context, service)
}

/** A call that has been read, what it is told from its repeats with, and what its references are found with. */
interface SentCall extends ReadCall {
  readonly bodyHasher: BodyHash | undefined
  readonly access: SourceAccess
}

/**
 * Serves a call.
 *
 * @throws ProblemError every failure of the job
 */
async function serveCall(
  { call, body, bodyHasher, access }: SentCall,
  context: RequestContext,
  service: Service,
): Promise<Response> {
  if (call.kind === 'answer') return serveAnswer(call, context)
  const request = { treatment: readTreatment(body), bodyHasher, context, service }
  return serveMedia(call, request, service, access)
}

function serveAnswer(
  call: Extract<Call, { kind: 'answer' }>,
  { dryRun }: RequestContext,
): Response {
  if (dryRun) return Response.json(toFreeQuote(call.model))
  if (!call.streaming) return Response.json(call.toJson())
  return toStreamResponse(eventStream(call.toEvents(), { hangUp: noMore, end: noMore }), {})
}

function noMore(): void {
  // Nothing runs that would have to be ended.
}
