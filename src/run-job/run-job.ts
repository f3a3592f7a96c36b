import type { BaseMade, JobMeasures, ResultOf } from '../job/job-result.ts'
import type { BaseJob } from '../job/job.ts'
import type { Medium, Order } from '../job/medium.ts'
import { problemOf } from '../job/problem.ts'
import { JOB_GOES_ON, type RunningJob } from '../job/running-job.ts'
import { collectEnds, unreadOf } from './collect-ends.ts'
import { followRequests } from './follow-requests.ts'
import { createJobDeadline } from './job-deadline.ts'
import type { JobTools } from './job-tools.ts'
import { createJobUsage, type JobUsage } from './job-usage.ts'
import { cancelQueued } from './request-progress.ts'
import { runDirectJob } from './run-direct-job.ts'
import { createSecondStep } from './second-step.ts'
import { planJob, submitToLiving, type Submitted } from './submit-job.ts'

/**
 * THE LINE: one job of any medium from its name to what was made. Yields `accepted` as soon as fal has taken
 * every request, then the way through the queue; returns the result.
 *
 * @param medium what its jobs need of their own, as a value
 * @throws ProblemError every failure of a job, see `Problem`
 */
export async function* runJob<Job extends BaseJob, Ordered extends Order, Made extends BaseMade>(
  job: Job,
  medium: Medium<Job, Ordered, Made>,
  tools: JobTools,
  run: JobRun,
): RunningJob<ResultOf<Made>> {
  const began = tools.now()
  const { schemas } = tools
  const plan = await planJob(job, medium, tools)
  if (!run.mustBeFound && medium.isDirect?.(job) === true) {
    const direct = yield* runDirectJob({ job, medium, plan }, tools, run.hangUp)
    if (direct !== undefined) {
      run.report(direct)
      return direct
    }
  }
  const submitted = await submitToLiving(plan, job.model ?? plan.model, tools, run.hangUp)
  // Not waited for: a result is never held back because a price cannot be had.
  const { endpoint } = submitted.order
  void tools.prices.ask(endpoint)
  void schemas.refresh(endpoint)
  const usage = createJobUsage(submitted, began, tools)
  try {
    return yield* followSubmitted({ ...submitted, job, medium, usage }, tools, run.hangUp)
  } catch (error) {
    // What its schema was thought to allow, it does not: the next job should know.
    if (problemOf(error).kind === 'input_rejected') void schemas.refresh(endpoint, true)
    throw error
  } finally {
    run.report(usage.read())
  }
}

/** How one job is run. */
export interface JobRun {
  /**
   * Aborts when the caller has gone: what still waits in fal's queue is cancelled then, what has begun is paid
   * for and stays; with the reason `JOB_GOES_ON` nothing is cancelled.
   */
  readonly hangUp: AbortSignal
  /** Whether the job is of use only when it can be found again by its id: never past fal's queue. */
  readonly mustBeFound: boolean
  /** Is told what the job took, once: in fal's queue however it ends, outside only of what was made. */
  readonly report: (measures: JobMeasures) => void
}

/** A job that fal has taken. */
interface TakenJob<
  Job extends BaseJob,
  Ordered extends Order,
  Made extends BaseMade,
> extends Submitted<Ordered> {
  readonly job: Job
  readonly medium: Medium<Job, Ordered, Made>
  readonly usage: JobUsage
}

async function* followSubmitted<Job extends BaseJob, Ordered extends Order, Made extends BaseMade>(
  taken: TakenJob<Job, Ordered, Made>,
  tools: JobTools,
  hangUp: AbortSignal,
): RunningJob<ResultOf<Made>> {
  const { job, medium, usage, order, model, endpoint, requests } = taken
  const deadline = createJobDeadline(tools)
  try {
    const parts = requests.map((request) => tools.queue.toPart(request))
    const memo = order.memo ?? {}
    yield {
      type: 'accepted',
      medium: medium.name,
      model,
      endpoint,
      parts,
      requestIds: parts.map(({ requestId }) => requestId),
      keyFingerprint: requests[0]?.key.fingerprint ?? '',
      adjusted: order.adjusted,
      memo,
    }
    const signal = AbortSignal.any([hangUp, deadline.signal])
    const ends = yield* followRequests(usage.requests, tools, signal)
    hangUp.throwIfAborted()
    const asked = { count: job.count, memo }
    const ran = { job, order }
    usage.isPartial = unreadOf(ends) !== undefined
    const all = [...ends, ...taken.refused]
    const made = collectEnds(all, () => medium.collect(all, asked, ran))
    const step = createSecondStep(tools, signal, usage.second)
    const finished = (await medium.finish?.(made, ran, step)) ?? made
    return { ...finished, endpoint, model, parts, ...usage.read() }
  } finally {
    deadline.lift()
    if (hangUp.aborted && hangUp.reason !== JOB_GOES_ON) {
      usage.cancelled = await cancelQueued(usage.requests, tools)
    }
  }
}
