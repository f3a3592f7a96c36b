import type { FalStatus } from '../fal/queue/fal-status.ts'
import type { QueuedRequest } from '../fal/queue/queued-request.ts'
import type { Charge } from '../fal/queue/result.ts'
import type { Timings } from '../job/job-result.ts'
import type { Output } from '../job/medium.ts'
import { ProblemError } from '../job/problem.ts'
import type { JobTools } from './job-tools.ts'

/** One fal request on its way; the times are in milliseconds. */
export interface RequestProgress {
  readonly request: QueuedRequest
  readonly acceptedAt: number
  status: FalStatus
  startedAt: number | undefined
  completedAt: number | undefined
  fetchedAt: number | undefined
  charge: Charge | undefined
}

export function toProgress(request: QueuedRequest, acceptedAt: number): RequestProgress {
  return {
    request,
    acceptedAt,
    status: { status: 'IN_QUEUE', position: undefined },
    startedAt: undefined,
    completedAt: undefined,
    fetchedAt: undefined,
    charge: undefined,
  }
}

/**
 * Follows one request to its output.
 *
 * @throws ProblemError the request's failure; the signal's reason when it aborts
 */
export async function* followToOutput(
  progress: RequestProgress,
  tools: JobTools,
  signal: AbortSignal,
): AsyncGenerator<FalStatus, Output, void> {
  try {
    for await (const status of tools.queue.follow(progress.request, signal)) {
      progress.status = status
      if (status.status !== 'IN_QUEUE') progress.startedAt ??= tools.now()
      yield status
    }
  } catch (error) {
    // A stream that lives but tells nothing would hide an image that is ready: at the deadline, look once.
    if (!(error instanceof ProblemError) || error.problem.kind !== 'timed_out') throw error
    const last = await tools.queue.status(progress.request, AbortSignal.timeout(LAST_LOOK_MS))
    if (last?.status !== 'COMPLETED') throw error
    return await fetchOutput(progress, tools, AbortSignal.timeout(LAST_LOOK_MS))
  }
  return fetchOutput(progress, tools, signal)
}

/** How long a job is looked at once more that has reached its deadline. */
const LAST_LOOK_MS = 10_000

async function fetchOutput(
  progress: RequestProgress,
  tools: JobTools,
  signal: AbortSignal,
): Promise<Output> {
  progress.completedAt = tools.now()
  const output = await tools.queue.result(progress.request, signal, (charge) => {
    progress.charge = charge
  })
  progress.fetchedAt = tools.now()
  return output
}

/**
 * Cancels what still waits. What we saw last may be seconds old, and one whose turn to be followed never
 * came was never seen at all, so each is asked once more: one that has begun is paid for.
 *
 * @returns whether nothing is left of the job: all of it waited, and fal has taken it out of its queue
 */
export async function cancelQueued(
  requests: readonly RequestProgress[],
  { queue }: JobTools,
): Promise<boolean> {
  const unfinished = requests.filter(({ status }) => status.status === 'IN_QUEUE')
  const cancelled = await Promise.all(
    unfinished.map(
      async ({ request }) => (await queue.stillWaits(request)) && (await queue.cancel(request)),
    ),
  )
  return cancelled.length === requests.length && cancelled.every(Boolean)
}

/** A job of several requests takes as long as its slowest. */
export function toTimings(began: number, requests: readonly RequestProgress[]): Timings {
  const longest = (from: keyof Times, to: keyof Times): number | undefined => {
    const spans = requests.flatMap((progress) => {
      const [start, end] = [progress[from], progress[to]]
      return start === undefined || end === undefined ? [] : [end - start]
    })
    return spans.length === 0 ? undefined : Math.max(...spans)
  }
  return {
    submit: Math.max(...requests.map(({ acceptedAt }) => acceptedAt)) - began,
    queue: longest('acceptedAt', 'startedAt'),
    run: longest('startedAt', 'completedAt'),
    fetch: longest('completedAt', 'fetchedAt'),
  }
}

type Times = Pick<RequestProgress, 'acceptedAt' | 'startedAt' | 'completedAt' | 'fetchedAt'>
