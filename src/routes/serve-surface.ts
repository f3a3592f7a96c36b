import { hashBody, type BodyHash } from '../intake/idempotency.ts'
import {
  readCall,
  type CallAccess,
  type ReadyCall,
  type ReadyJobCall,
} from '../intake/read-call.ts'
import type { Caller } from '../job/caller.ts'
import type { ImageJob } from '../job/image/image-job.ts'
import type { ImageResult, ImagesMade } from '../job/image/image-result.ts'
import type { Medium, Order } from '../job/medium.ts'
import type { DeliverImages } from '../media/images/deliver-images.ts'
import { toImageJob } from '../openai/images/image-jobs.ts'
import { toFreeQuote } from '../openai/quote.ts'
import type { NamedJob, Surface } from '../openai/surface.ts'
import { eventStream, toStreamResponse } from '../reply/event-stream.ts'
import { toJsonAnswer, withImages, type ImageAccess } from '../reply/json-answer.ts'
import { prefersAsync } from '../request/prefers-async.ts'
import type { RequestContext } from '../request/request-context.ts'
import { answerJson } from './answer-json.ts'
import { serveJob, type JobRunService, type ServedJob } from './serve-job.ts'
import { drain } from './tell-job.ts'

/** What surfaces are served with. */
export interface Service extends CallAccess, JobRunService {
  /** Images, as this caller may have them made. */
  imagesOf(caller: Caller): Medium<ImageJob, Order, ImagesMade>
  readonly deliver: DeliverImages
}

/**
 * Serves one use of a surface: reads the call, starts the job, and answers as soon as it can be said how.
 * Whatever fails before the first byte is an HTTP error.
 *
 * @throws ProblemError every failure of reading and of the job
 */
export async function serveSurface(
  surface: Surface,
  context: RequestContext,
  service: Service,
): Promise<Response> {
  const bodyHasher = service.knowsRepeats ? hashBody(context) : undefined
  const call = await readCall(surface, context, service, bodyHasher)
  return serveCall(call, context, service, bodyHasher)
}

/**
 * Serves a call that has been read.
 *
 * @throws ProblemError every failure of the job
 */
export async function serveCall(
  call: ReadyCall,
  context: RequestContext,
  service: Service,
  bodyHasher?: BodyHash,
): Promise<Response> {
  if (call.kind === 'job') {
    const isResponse = call.toAccepted !== undefined
    const wanted = {
      job: call.job,
      medium: service.imagesOf(context.caller),
      idempotency: await bodyHasher?.idempotency(),
      goesOn: isResponse || prefersAsync(context.request),
      isResponse,
      streaming: call.streaming,
      treatment: call.treatment,
      words: { conversation: CONVERSATIONS[call.emptyList], extra: call.job.extra },
    }
    return serveJob(wanted, context, service, (job) => {
      const served = { call, job, context, service }
      if (call.streaming) return stream(served)
      return wanted.goesOn ? leave(served) : answer(served)
    })
  }
  if (context.dryRun) return Response.json(toFreeQuote(call.model))
  if (!call.streaming) return Response.json(call.toJson())
  return toStreamResponse(eventStream(call.toEvents(), { hangUp: noMore, end: noMore }), {})
}

/** Where a surface's images and words stand, by the list in its answers. */
const CONVERSATIONS = { data: undefined, choices: 'messages', output: 'input' } as const

function noMore(): void {
  // Nothing runs that would have to be ended.
}

/** A call whose job has been accepted. */
interface ServedCall {
  readonly call: ReadyJobCall
  readonly job: ServedJob<ImageResult>
  readonly context: RequestContext
  readonly service: Service
}

function stream(served: ServedCall): Response {
  const { call, job } = served
  const { jobId } = job
  const named = toNamed(job)
  const pictured = withImages(job.running, call.images, toAccess(served))
  const events = call.toEvents(pictured.running, pictured.base64, named)
  const body = eventStream(events, {
    hangUp: job.hangUp,
    end: job.finish,
    failed: job.fail,
    ...(jobId !== undefined && { jobId }),
    ...(call.toFailure && { toFailure: (error) => call.toFailure?.(error, named) ?? [] }),
    ...(call.images !== 'url' && { write: (text) => pictured.write(text) }),
  })
  return toStreamResponse(body, job.headers)
}

function toNamed({ jobId, claims }: ServedJob<unknown>): NamedJob {
  return { id: jobId, createdAt: claims.createdAt }
}

function toAccess({ service, context, job }: ServedCall): ImageAccess {
  return { deliver: service.deliver, context, signal: job.signal }
}

/**
 * Answers without waiting for the job, which goes on at fal: in the surface's own words where it has some,
 * else with the job as its look-up tells it.
 */
function leave({ call, job }: ServedCall): Response {
  const { jobId, claims, headers } = job
  job.leave()
  if (call.toAccepted !== undefined)
    return Response.json(call.toAccepted(toNamed(job)), { headers })
  const found = { status: 'queued', position: undefined } as const
  const body = toImageJob({ id: jobId ?? '', claims, found }, 'url', String, undefined)
  return Response.json(body, { status: 202, headers })
}

function answer(served: ServedCall): Promise<Response> {
  const { call, job, context } = served
  const answered = drain(job.running).then((result) =>
    toJsonAnswer(
      result,
      call.images,
      (...given) => call.toJson(...given, toNamed(job)),
      toAccess(served),
    ),
  )
  return answerJson(job, answered, { empty: { [call.emptyList]: [] }, record: context.record })
}
