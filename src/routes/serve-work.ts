import type { BodyHash } from '../intake/idempotency.ts'
import type { BaseMade, ResultOf } from '../job/job-result.ts'
import type { BaseJob } from '../job/job.ts'
import type { Medium, Order } from '../job/medium.ts'
import type { Treatment } from '../job/preferences.ts'
import { drain } from '../lib/drain.ts'
import type { BaseCall, NamedJob } from '../openai/surface.ts'
import type { Delivery, DeliveryAccess } from '../reply/delivery.ts'
import { toJsonAnswer, withDelivery } from '../reply/json-answer.ts'
import { prefersAsync } from '../request/prefers-async.ts'
import type { RequestContext } from '../request/request-context.ts'
import { answerJson } from './job/answer-json.ts'
import { leaveJob } from './job/leave-job.ts'
import { serveJob, type JobRunService, type ServedJob } from './job/serve-job.ts'
import { streamJob } from './job/stream-job.ts'

/** A job whose fields may be fal's own. */
interface OpenJob extends BaseJob {
  readonly extra: Readonly<Record<string, unknown>>
}

/** A job that is ready to be run, and how its result is delivered and said. */
interface Work<Job extends OpenJob, Ordered extends Order, Made extends BaseMade> {
  readonly call: BaseCall<ResultOf<Made>>
  readonly job: Job
  readonly medium: Medium<Job, Ordered, Made>
  readonly deliveryOf: (access: DeliveryAccess) => Delivery<ResultOf<Made>>
}

/** The request that asks for it. */
export interface WorkRequest {
  readonly treatment: Treatment
  readonly bodyHasher: BodyHash | undefined
  readonly context: RequestContext
  readonly service: JobRunService & Omit<DeliveryAccess, 'context' | 'signal'>
}

/** Where a surface's images and words stand, by the list in its answers. */
const CONVERSATIONS = { data: undefined, choices: 'messages', output: 'input' } as const

/**
 * Runs a job of any medium, and answers as its surface says.
 *
 * @throws ProblemError every failure of the job
 */
export async function serveWork<Job extends OpenJob, Ordered extends Order, Made extends BaseMade>(
  { call, job, medium, deliveryOf }: Work<Job, Ordered, Made>,
  { treatment, bodyHasher, context, service }: WorkRequest,
): Promise<Response> {
  const isResponse = call.toAccepted !== undefined
  const { extra } = job
  const wanted = {
    job,
    medium,
    idempotency: await bodyHasher?.idempotency(),
    goesOn: isResponse || prefersAsync(context.request),
    isResponse,
    streaming: call.streaming,
    treatment,
    words: { conversation: CONVERSATIONS[call.emptyList], fields: call.fields, extra },
  }
  return serveJob(wanted, context, service, (served) => {
    const delivery = deliveryOf({ ...service, context, signal: served.signal })
    if (call.streaming) return stream(call, served, delivery)
    return wanted.goesOn ? leave(call, served) : answer(call, served, delivery, context)
  })
}

function stream<Result>(
  call: BaseCall<Result>,
  job: ServedJob<Result>,
  delivery: Delivery<Result>,
): Response {
  const named = toNamed(job)
  const told = withDelivery(job.running, delivery)
  const events = call.toEvents(told.running, told.base64, named)
  return streamJob(job, events, {
    ...(call.toFailure && { toFailure: (error) => call.toFailure?.(error, named) ?? [] }),
    ...(delivery.writes && { write: (text) => told.write(text) }),
  })
}

function toNamed({ jobId, claims }: ServedJob<unknown>): NamedJob {
  return { id: jobId, createdAt: claims.createdAt }
}

/**
 * Answers without waiting for the job, which goes on at fal: in the surface's own words where it has some,
 * else with the job as its look-up tells it.
 */
function leave<Result>(call: BaseCall<Result>, job: ServedJob<Result>): Response {
  const { headers } = job
  if (call.toAccepted === undefined) return leaveJob(job)
  job.leave()
  return Response.json(call.toAccepted(toNamed(job)), { headers })
}

function answer<Made extends BaseMade>(
  call: BaseCall<ResultOf<Made>>,
  job: ServedJob<ResultOf<Made>>,
  delivery: Delivery<ResultOf<Made>>,
  { record }: RequestContext,
): Promise<Response> {
  const answered = drain(job.running).then((result) =>
    toJsonAnswer(result, delivery, (...given) => call.toJson(...given, toNamed(job))),
  )
  return answerJson(job, answered, { empty: { [call.emptyList]: [] }, record })
}
