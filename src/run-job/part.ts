import type { FalStatus } from '../fal/queue/fal-status.ts'
import type { QueuedRequest } from '../fal/queue/queued-request.ts'
import type { Charge } from '../fal/queue/result.ts'
import type { Timings } from '../job/image-result.ts'
import { ProblemError } from '../job/problem.ts'
import { readFalOutput, type FalImages } from '../models/images/fal-output.ts'
import type { JobTools } from './job-tools.ts'

/** One fal request on its way; the times are in milliseconds. */
export interface PartState {
  readonly request: QueuedRequest
  readonly acceptedAt: number
  status: FalStatus
  startedAt: number | undefined
  completedAt: number | undefined
  fetchedAt: number | undefined
  charge: Charge | undefined
}

export function toPart(request: QueuedRequest, acceptedAt: number): PartState {
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
 * Follows one request to its images.
 *
 * @throws ProblemError the request's failure; the signal's reason when it aborts
 */
export async function* runPart(
  part: PartState,
  tools: JobTools,
  signal: AbortSignal,
): AsyncGenerator<FalStatus, FalImages, void> {
  try {
    for await (const status of tools.queue.follow(part.request, signal)) {
      part.status = status
      if (status.status !== 'IN_QUEUE') part.startedAt ??= tools.now()
      yield status
    }
  } catch (error) {
    // A stream that lives but tells nothing would hide an image that is ready: at the deadline, look once.
    if (!(error instanceof ProblemError) || error.problem.kind !== 'timed_out') throw error
    const last = await tools.queue.status(part.request, AbortSignal.timeout(LAST_LOOK_MS))
    if (last?.status !== 'COMPLETED') throw error
    return await fetchImages(part, tools, AbortSignal.timeout(LAST_LOOK_MS))
  }
  return fetchImages(part, tools, signal)
}

/** How long a job is looked at once more that has reached its deadline. */
const LAST_LOOK_MS = 10_000

async function fetchImages(
  part: PartState,
  tools: JobTools,
  signal: AbortSignal,
): Promise<FalImages> {
  part.completedAt = tools.now()
  const { body, text } = await tools.queue.result(part.request, signal, (charge) => {
    part.charge = charge
  })
  part.fetchedAt = tools.now()
  return readFalOutput(body, text)
}

/**
 * Cancels what still waits. What we saw last may be seconds old, and a part whose turn to be followed never
 * came was never seen at all, so each is asked once more: one that has begun is paid for.
 *
 * @returns whether nothing is left of the job: all of it waited, and fal has taken it out of its queue
 */
export async function cancelQueued(
  parts: readonly PartState[],
  { queue }: JobTools,
): Promise<boolean> {
  const unfinished = parts.filter(({ status }) => status.status === 'IN_QUEUE')
  const cancelled = await Promise.all(
    unfinished.map(async ({ request }) => {
      const now = await queue
        .status(request, AbortSignal.timeout(LAST_LOOK_MS))
        .catch(() => undefined)
      // When fal cannot be asked, what was seen last holds.
      return (now?.status ?? 'IN_QUEUE') === 'IN_QUEUE' && (await queue.cancel(request))
    }),
  )
  return cancelled.length === parts.length && cancelled.every(Boolean)
}

/** A job of several requests takes as long as its slowest. */
export function toTimings(began: number, parts: readonly PartState[]): Timings {
  const longest = (from: keyof Times, to: keyof Times): number | undefined => {
    const spans = parts.flatMap((part) => {
      const [start, end] = [part[from], part[to]]
      return start === undefined || end === undefined ? [] : [end - start]
    })
    return spans.length === 0 ? undefined : Math.max(...spans)
  }
  return {
    submit: Math.max(...parts.map(({ acceptedAt }) => acceptedAt)) - began,
    queue: longest('acceptedAt', 'startedAt'),
    run: longest('startedAt', 'completedAt'),
    fetch: longest('completedAt', 'fetchedAt'),
  }
}

type Times = Pick<PartState, 'acceptedAt' | 'startedAt' | 'completedAt' | 'fetchedAt'>
