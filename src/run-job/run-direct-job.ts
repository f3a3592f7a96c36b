import type { BaseMade, ResultOf } from '../job/job-result.ts'
import type { BaseJob } from '../job/job.ts'
import type { Medium, Order, Plan } from '../job/medium.ts'
import { ProblemError } from '../job/problem.ts'
import type { JobEvent } from '../job/running-job.ts'
import { TIMED_OUT, withTimeout } from '../lib/time/with-timeout.ts'
import { createJobDeadline } from './job-deadline.ts'
import type { JobTools } from './job-tools.ts'
import { firstChoice } from './submit-job.ts'

/** fal refuses at once; one that is silent for so long has begun, and the caller gets its first byte. */
const REFUSAL_MS = 5000

/** A job that may be made past the queue. */
interface Wanted<Job extends BaseJob, Ordered extends Order, Made extends BaseMade> {
  readonly job: Job
  readonly medium: Medium<Job, Ordered, Made>
  readonly plan: Plan<Ordered>
}

/**
 * A job past fal's queue, on one connection: only so is unfinished work to be had. fal keeps nothing of it, so
 * the request is sent once, and hanging up ends it.
 *
 * @returns undefined when the job is one for the queue: its medium does not show this one, or fal has refused
 *   it before accepting
 * @throws ProblemError the job's failure
 */
export async function* runDirectJob<
  Job extends BaseJob,
  Ordered extends Order,
  Made extends BaseMade,
>(
  { job, medium, plan }: Wanted<Job, Ordered, Made>,
  tools: JobTools,
  hangUp: AbortSignal,
): AsyncGenerator<JobEvent, ResultOf<Made> | undefined, void> {
  const order = toDirectOrder({ job, medium, plan }, tools)
  if (medium.watch === undefined || order === undefined) return undefined
  const { endpoint, adjusted, memo = {} } = order
  const began = tools.now()
  const deadline = createJobDeadline(tools)
  const leaving = new AbortController()
  const signal = AbortSignal.any([hangUp, deadline.signal, leaving.signal])
  try {
    await tools.reserve?.(order, true)
    const opening = tools.queue.stream({ endpoint, input: order.inputs[0] }, signal)
    // Nobody waits for it any more when the caller leaves meanwhile.
    opening.catch(() => undefined)
    const early = await withTimeout(opening, REFUSAL_MS)
    if (early === undefined) return undefined
    const known = early === TIMED_OUT ? undefined : early.requestId
    const model = job.model ?? plan.model
    yield {
      type: 'accepted',
      medium: medium.name,
      model,
      endpoint,
      parts: [],
      requestIds: known === undefined ? [] : [known],
      keyFingerprint: '',
      adjusted,
      memo,
    }
    const stream = early === TIMED_OUT ? await opening : early
    if (stream === undefined) throw new ProblemError(REFUSED)
    const accepted = tools.now()
    yield { type: 'started' }
    const made = yield* medium.watch(stream.frames(), { job, order }, tools.now)
    const timings = { submit: accepted - began, queue: undefined, fetch: undefined }
    return {
      ...made,
      endpoint,
      model,
      parts: [],
      // fal says what it charges on results of its queue only.
      units: undefined,
      costUsd: undefined,
      timings: { ...timings, run: tools.now() - accepted },
    }
  } finally {
    deadline.lift()
    leaving.abort()
  }
}

function toDirectOrder<Job extends BaseJob, Ordered extends Order, Made extends BaseMade>(
  { job, medium, plan }: Wanted<Job, Ordered, Made>,
  tools: JobTools,
): Ordered | undefined {
  if (medium.isDirect?.(job) !== true) return undefined
  const order = firstChoice(plan, tools).toOrder()
  return medium.isDirect(job, order) ? order : undefined
}

const REFUSED = {
  kind: 'upstream_failed',
  charged: 'no',
  reason: 'it did not take the request',
} as const
