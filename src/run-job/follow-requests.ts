import type { Output } from '../job/medium.ts'
import type { JobEvent } from '../job/running-job.ts'
import { mergeGenerators } from '../lib/time/merge-generators.ts'
import type { JobTools } from './job-tools.ts'
import { followToOutput, type RequestProgress } from './request-progress.ts'

/** Workers let six connections wait for their headers at a time. */
const SIDE_BY_SIDE = 6

/**
 * Follows all requests of a job, and tells their way as the way of one: it waits until the first has begun.
 *
 * @returns how each request ended, in order
 * @throws only when the signal aborts
 */
export async function* followRequests(
  requests: readonly RequestProgress[],
  tools: JobTools,
  signal: AbortSignal,
): AsyncGenerator<JobEvent, readonly PromiseSettledResult<Output>[], void> {
  const running = requests.map((request) => followToOutput(request, tools, signal))
  const merged = mergeGenerators(running, SIDE_BY_SIDE)
  let started = false
  for (;;) {
    const next = await merged.next()
    if (next.done === true) return next.value
    if (started) continue
    started = requests.some(({ status }) => status.status !== 'IN_QUEUE')
    yield started ? { type: 'started' } : { type: 'queued', position: next.value.event.position }
  }
}
