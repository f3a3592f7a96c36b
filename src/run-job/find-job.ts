import type { FalStatus } from '../fal/queue/fal-status.ts'
import type { QueuedRequest } from '../fal/queue/queued-request.ts'
import type { FoundJob } from '../job/found-job.ts'
import type { JobClaims } from '../job/job-claims.ts'
import type { BaseMade, ResultOf } from '../job/job-result.ts'
import type { Output, Reader } from '../job/medium.ts'
import { ProblemError, type Problem } from '../job/problem.ts'
import type { RunningJob } from '../job/running-job.ts'
import { collectEnds, unreadOf } from './collect-ends.ts'
import { costOf, unitsOf, type Charged } from './cost.ts'
import { followRequests } from './follow-requests.ts'
import { createJobDeadline } from './job-deadline.ts'
import type { JobTools } from './job-tools.ts'
import { toProgress } from './request-progress.ts'
import type { JobRun } from './run-job.ts'

/**
 * Finds out how a job stands, from its claims alone: fal's queue is the memory.
 *
 * @param reader of the job's medium
 * @throws ProblemError `job_expired` when fal has forgotten it, `job_not_found` when the fal key that
 *   submitted it is gone, `unreadable` when fal cannot be asked
 */
export async function findJob<Made extends BaseMade>(
  claims: JobClaims,
  reader: Reader<Made>,
  tools: JobTools,
  signal: AbortSignal,
): Promise<FoundJob<ResultOf<Made>>> {
  void tools.prices.ask(claims.endpoint)
  const requests = await findRequests(claims, tools)
  const limited = AbortSignal.any([signal, AbortSignal.timeout(LOOK_UP_TIMEOUT_MS)])
  const statuses = await Promise.allSettled(
    requests.map((request) => askTwice(request, tools, limited)),
  )
  const charged = requests.map((): Charged => ({ charge: undefined }))
  const known = statuses.flatMap((end) => (end.status === 'fulfilled' ? [end.value] : []))
  if (known.some(({ status }) => status !== 'COMPLETED')) return underWay(known)
  // A request that fal has forgotten hides none of the others.
  const ends = await Promise.allSettled(
    requests.map(async (request, index) => {
      const status = statuses[index]
      if (status?.status === 'rejected') throw status.reason
      return tools.queue.result(request, limited, (charge) => {
        charged[index] = { charge }
      })
    }),
  )
  signal.throwIfAborted()
  refuseUnread(ends, claims, tools)
  try {
    return { status: 'completed', result: toResult(claims, reader, { ends, charged }, tools) }
  } catch (error) {
    signal.throwIfAborted()
    if (limited.aborted) throw unreadable('it takes too long')
    if (!(error instanceof ProblemError) || isAboutAsking(error.problem)) throw error
    return { status: 'failed', problem: error.problem, costUsd: costOf(charged, tools) }
  }
}

/**
 * Follows a job from wherever it stands, as `runJob` follows what it has submitted; `hangUp` cancels nothing.
 *
 * @throws ProblemError the job's failure; `job_not_found` when the fal key that submitted it is gone
 */
export async function* followJob<Made extends BaseMade>(
  claims: JobClaims,
  reader: Reader<Made>,
  tools: JobTools,
  hangUp: AbortSignal,
): RunningJob<ResultOf<Made>> {
  void tools.prices.ask(claims.endpoint)
  const found = await findRequests(claims, tools)
  const requests = found.map((request) => toProgress(request, tools.now()))
  const deadline = createJobDeadline(tools)
  try {
    const signal = AbortSignal.any([hangUp, deadline.signal])
    const ends = yield* followRequests(requests, tools, signal)
    refuseUnread(ends, claims, tools)
    return toResult(claims, reader, { ends, charged: requests }, tools)
  } finally {
    deadline.lift()
  }
}

/** The same, told from its beginning and measured, as `runJob` does with a job of its own. */
export async function* resumeJob<Made extends BaseMade>(
  claims: JobClaims,
  reader: Reader<Made>,
  tools: JobTools,
  { hangUp, report }: JobRun,
): RunningJob<ResultOf<Made>> {
  const requestIds = claims.parts.map(({ requestId }) => requestId)
  yield { ...claims, type: 'accepted', requestIds, adjusted: [] }
  const result = yield* followJob(claims, reader, tools, hangUp)
  report(result)
  return result
}

/**
 * Takes what waits of a job out of fal's queue, and asks fal to stop what runs: best effort.
 *
 * @returns whether fal has taken something out, or promised to
 * @throws ProblemError `job_not_found` when the fal key that submitted it is gone
 */
export async function cancelJob(claims: JobClaims, tools: JobTools): Promise<boolean> {
  const requests = await findRequests(claims, tools)
  const cancelled = await Promise.all(requests.map((request) => tools.queue.cancel(request)))
  return cancelled.includes(true)
}

function findRequests(
  { parts, endpoint, keyFingerprint }: JobClaims,
  { queue }: JobTools,
): Promise<readonly QueuedRequest[]> {
  return Promise.all(parts.map((part) => queue.find(part, endpoint, keyFingerprint)))
}

/** A look-up is one of many that a waiting caller makes: it answers soon or not at all. */
const LOOK_UP_TIMEOUT_MS = 15_000

function unreadable(reason: string): ProblemError {
  return new ProblemError({ kind: 'unreadable', reason, isLookUp: true })
}

/**
 * So long after it was ordered a job is told in part, when fal cannot give the rest: half of what was paid for
 * must not be out of reach for good.
 */
const PARTLY_AFTER_SECONDS = 3600

/** @throws ProblemError `unreadable` when a request's end cannot be read, which may be had by asking again */
function refuseUnread(
  ends: readonly PromiseSettledResult<Output>[],
  { createdAt }: JobClaims,
  { now }: JobTools,
): void {
  const unread = unreadOf(ends)
  if (unread === undefined) return
  const isOld = now() / 1000 > createdAt + PARTLY_AFTER_SECONDS
  if (isOld && ends.some(({ status }) => status === 'fulfilled')) return
  throw unreadable(unread.reason)
}

/** Not how the job ended, but why that cannot be told. */
function isAboutAsking({ kind }: Problem): boolean {
  return kind === 'job_expired' || kind === 'upstream_auth_failed'
}

async function askTwice(
  request: QueuedRequest,
  { queue }: JobTools,
  signal: AbortSignal,
): Promise<FalStatus> {
  const status = (await queue.status(request, signal)) ?? (await queue.status(request, signal))
  if (status !== undefined) return status
  throw unreadable('the status could not be read')
}

function underWay(statuses: readonly FalStatus[]): FoundJob<never> {
  if (statuses.some(({ status }) => status !== 'IN_QUEUE')) return { status: 'in_progress' }
  const positions = statuses.flatMap(({ position }) => (position === undefined ? [] : [position]))
  return { status: 'queued', position: positions.length > 0 ? Math.max(...positions) : undefined }
}

/** How a job's requests have ended. */
interface Ended {
  readonly ends: readonly PromiseSettledResult<Output>[]
  readonly charged: readonly Charged[]
}

function toResult<Made extends BaseMade>(
  { count, memo, endpoint, model, parts }: JobClaims,
  reader: Reader<Made>,
  { ends, charged }: Ended,
  tools: JobTools,
): ResultOf<Made> {
  return {
    ...collectEnds(ends, () => reader.collect(ends, { count, memo })),
    endpoint,
    model,
    parts,
    timings: undefined,
    ...(unreadOf(ends) !== undefined && { isPartial: true }),
    units: unitsOf(charged),
    costUsd: costOf(charged, tools),
  }
}
