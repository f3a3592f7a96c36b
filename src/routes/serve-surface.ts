import { hashBody, type BodyHash } from '../intake/idempotency.ts'
import { readCall, type CallAccess } from '../intake/read-call.ts'
import { readWebhookUrl, type WebhookAccess } from '../intake/read-webhook-url.ts'
import type { ImageJob } from '../job/image-job.ts'
import type { ImageResult, JobMeasures } from '../job/image-result.ts'
import { JOB_GOES_ON } from '../job/running-job.ts'
import type { AcceptedJob, JobEvent, RunningJob } from '../job/running-job.ts'
import type { RecentFailures } from '../jobs/recent-failures.ts'
import { TIMED_OUT, withTimeout } from '../lib/with-timeout.ts'
import type { DeliverImages } from '../media/deliver-images.ts'
import { toImageJob } from '../openai/images/image-jobs.ts'
import type { Call, Surface } from '../openai/surface.ts'
import type { IdempotencyKey } from '../ports/idempotency-store.ts'
import { eventStream, toStreamResponse } from '../reply/event-stream.ts'
import { acceptedHeaders, costHeader, resultHeaders } from '../reply/headers.ts'
import { writeHeartbeatBody } from '../reply/heartbeat-body.ts'
import {
  noteAnswer,
  toJsonAnswer,
  withImages,
  type JsonAnswer,
  type ImageAccess,
} from '../reply/json-answer.ts'
import { listenForHangUp, onAbort, type HangUp } from '../request/hang-up.ts'
import type { RequestContext } from '../request/request-context.ts'
import { end, noteFailure, noteResult, type RequestRecord } from '../request/request-record.ts'
import type { JobClaims, JobIds } from '../tokens/job-id.ts'
import type { CallersWebhook } from '../tokens/webhook-state.ts'

/** Who asks, and what the request says of its repeats; undefined: nothing. */
interface JobRequest extends Pick<RequestContext, 'caller' | 'nowSeconds' | 'waitUntil'> {
  readonly idempotency: IdempotencyKey | undefined
  /** The job that serves the request instead of a new one; undefined: none does. */
  readonly earlier: JobClaims | undefined
  /** Where the caller wants to hear of the job's end; undefined: nowhere. */
  readonly notify: CallersWebhook | undefined
  /** Is told what the job took. */
  readonly report: (measures: JobMeasures) => void
}

/** What surfaces are served with. */
export interface Service extends CallAccess, WebhookAccess {
  run(job: ImageJob, hangUp: AbortSignal, from: JobRequest): RunningJob
  /** Whether there is a ledger, which knows repeats. */
  readonly knowsRepeats: boolean
  readonly failed: RecentFailures
  readonly deliver: DeliverImages
  readonly jobIds: JobIds
}

type JobCall = Extract<Call, { kind: 'job' }>

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
  call: Call,
  context: RequestContext,
  service: Service,
  bodyHasher?: BodyHash,
): Promise<Response> {
  if (call.kind === 'job') return serveOnce(call, context, service, await bodyHasher?.idempotency())
  if (!call.streaming) return Response.json(call.toJson())
  return toStreamResponse(eventStream(call.toEvents(), { hangUp: noMore, end: noMore }), {})
}

function noMore(): void {
  // Nothing runs that would have to be ended.
}

/** One job being served, which has been accepted. */
interface Served {
  readonly call: JobCall
  readonly running: RunningJob
  readonly accepted: AcceptedJob
  readonly claims: JobClaims
  /** By which it can be found again; undefined: it cannot. */
  readonly jobId: string | undefined
  readonly hangUp: HangUp
  readonly service: Service
  readonly context: RequestContext
}

/**
 * Serves a job, which a request that is sent again without saying so does not start anew: what one leaves
 * behind that may be paid for serves the next.
 *
 * @throws ProblemError the earlier request's failure, when fal may have taken it and nobody knows its job
 */
async function serveOnce(
  call: JobCall,
  context: RequestContext,
  service: Service,
  idempotency: IdempotencyKey | undefined,
): Promise<Response> {
  const { caller, record } = context
  const { failed } = service
  // The ledger knows those that say of themselves that they are repeats.
  const earlier =
    idempotency?.attach === true ? undefined : await failed.find(caller.name, call.job)
  try {
    const response = await serveJob(call, context, service, { idempotency, earlier })
    if (earlier !== undefined) await failed.forget(caller.name, call.job)
    return response
  } catch (error) {
    if (isLeft(record, idempotency)) {
      const claims = record.job && toClaims(record.job, call, context)
      await failed.note(caller.name, call.job, { error, claims })
    }
    throw error
  }
}

/** Whether a job that failed its caller is still there: not cancelled, nor about to be by the ledger. */
function isLeft(
  { outcome, measures }: RequestRecord,
  idempotency: IdempotencyKey | undefined,
): boolean {
  return measures?.cancelled !== true && !(idempotency !== undefined && outcome === 'hung_up')
}

function toClaims(accepted: AcceptedJob, { job }: JobCall, context: RequestContext): JobClaims {
  const { caller, nowSeconds } = context
  return { ...accepted, count: job.count, caller: caller.name, createdAt: nowSeconds }
}

async function serveJob(
  call: JobCall,
  context: RequestContext,
  service: Service,
  { idempotency, earlier }: Pick<JobRequest, 'idempotency' | 'earlier'>,
): Promise<Response> {
  const response = call.toAccepted !== undefined
  const goesOn = response || prefersAsync(context.request)
  const url = readWebhookUrl(context.request, goesOn, service)
  const notify = url === undefined ? undefined : { url, response }
  const { record } = context
  const { promise: ended, resolve: letGo } = Promise.withResolvers<void>()
  // Registered before the hang-up is listened for: without it the runtime drops everything, the cancelling
  // included, the moment the caller is gone.
  context.waitUntil(ended)
  const hangUp = listenForHangUp(context.request, goesOn ? JOB_GOES_ON : undefined)
  onAbort(hangUp, () => {
    end(record, goesOn && record.job !== undefined ? 'in_background' : 'hung_up')
  })
  try {
    const job = mustBeFoundAgain(goesOn, idempotency) ? { ...call.job, partials: 0 } : call.job
    const report: JobRequest['report'] = (measures) => {
      record.measures = measures
      context.headers = { ...context.headers, ...costHeader(measures) }
    }
    const requester = { ...context, idempotency, earlier, notify, report }
    const running = noteResult(service.run(job, hangUp.signal, requester), record)
    const first = await running.next()
    if (first.done === true || first.value.type !== 'accepted') {
      throw new TypeError('a job begins with being accepted')
    }
    const accepted = first.value
    record.job = accepted
    const claims = earlier ?? toClaims(accepted, call, context)
    const kept = accepted.parts.length > 0
    const jobId = kept ? await service.jobIds.sign(claims) : undefined
    context.jobId = jobId
    context.headers = acceptedHeaders(accepted, jobId)
    const served = { call, running, accepted, claims, jobId, hangUp, service, context }
    const finish = (): void => {
      end(record, 'completed')
      void settle(running).then(letGo)
    }
    // Not left to the reply: one whose reader was gone before it began is never read, nor cancelled.
    onAbort(hangUp, finish)
    if (call.streaming) return stream(served, finish)
    return goesOn ? leave(served) : await answer(served, finish)
  } catch (error) {
    letGo()
    throw error
  }
}

/** What goes on without its caller, and what serves repeats: only fal's queue can find it again. */
function mustBeFoundAgain(goesOn: boolean, idempotency: IdempotencyKey | undefined): boolean {
  return goesOn || idempotency?.attach === true
}

function stream(served: Served, finish: () => void): Response {
  const { call, jobId, hangUp, accepted } = served
  const { record } = served.context
  const running = resume(accepted, served.running)
  const imaged = withImages(running, call.images, toAccess(served))
  const events = call.toEvents(imaged.running, imaged.base64, jobId)
  const body = eventStream(events, {
    hangUp: () => {
      hangUp.abort()
    },
    end: finish,
    failed: (error) => {
      noteFailure(error, record)
    },
    ...(jobId !== undefined && { jobId }),
    ...(call.toFailure && { toFailure: (error) => call.toFailure?.(error, jobId) ?? [] }),
    ...(call.images !== 'url' && { write: (text) => imaged.write(text) }),
  })
  return toStreamResponse(body, acceptedHeaders(accepted, jobId))
}

function toAccess({ service, context, hangUp }: Served): ImageAccess {
  return { deliver: service.deliver, context, signal: hangUp.signal }
}

/** RFC 7240: the job shall not hang on this connection. */
function prefersAsync({ headers }: Request): boolean {
  return /\brespond-async\b/i.test(headers.get('prefer') ?? '')
}

/**
 * Answers without waiting for the job, which goes on at fal: in the surface's own words where it has some,
 * else with the job as its look-up tells it.
 */
function leave({ call, accepted, claims, jobId, hangUp }: Served): Response {
  hangUp.abort()
  const headers = acceptedHeaders(accepted, jobId)
  if (call.toAccepted !== undefined) return Response.json(call.toAccepted(jobId), { headers })
  const found = { status: 'queued', position: undefined } as const
  const job = toImageJob({ id: jobId ?? '', claims, found }, 'url', String, undefined)
  return Response.json(job, { status: 202, headers })
}

/**
 * Lets a job come to its end: one that is done already is, one whose caller has hung up cancels what waits.
 * It may stand at an event that nobody took, so it is asked on, not only waited for.
 */
async function settle(running: RunningJob): Promise<void> {
  await drain(running).catch(() => undefined)
}

/** The running job from its beginning, although its first event has been taken. */
async function* resume(first: JobEvent, rest: RunningJob): RunningJob {
  yield first
  return yield* rest
}

/** Clients and proxies give up a silent answer after 100 s or less; from here on white space is sent. */
const SILENT_MS = 60_000

async function answer(served: Served, finish: () => void): Promise<Response> {
  const { call, running, accepted, jobId } = served
  const answered = noteAnswer(
    drain(running).then((result) =>
      toJsonAnswer(
        result,
        call.images,
        (...given) => call.toJson(...given, jobId),
        toAccess(served),
      ),
    ),
    served.context.record,
  )
  const early = await withTimeout(answered, SILENT_MS)
  const headers = { ...acceptedHeaders(accepted, jobId), 'content-type': 'application/json' }
  if (early === TIMED_OUT) return new Response(writeBody(answered, served, finish), { headers })
  const known = { ...headers, ...resultHeaders(early.result) }
  if (typeof early.body !== 'string') {
    return new Response(writeBody(answered, served, finish), { headers: known })
  }
  finish()
  return new Response(early.body, { headers: known })
}

function writeBody(
  answered: Promise<JsonAnswer>,
  { call, hangUp, jobId }: Served,
  finish: () => void,
): ReadableStream<Uint8Array> {
  const { readable, writable } = new IdentityTransformStream()
  const late = { emptyList: call.emptyList, jobId }
  void writeHeartbeatBody(writable, answered, late).then(finish, () => {
    // Nobody reads any more, or an image broke off.
    hangUp.abort()
  })
  return readable
}

async function drain(running: RunningJob): Promise<ImageResult> {
  for (;;) {
    const next = await running.next()
    if (next.done === true) return next.value
  }
}
