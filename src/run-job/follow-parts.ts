import type { JobEvent } from '../job/running-job.ts'
import { mergeGenerators } from '../lib/merge-generators.ts'
import type { FalImages } from '../models/images/fal-output.ts'
import type { JobTools } from './job-tools.ts'
import { runPart, type PartState } from './part.ts'

/** Workers let six connections wait for their headers at a time. */
const SIDE_BY_SIDE = 6

/**
 * Follows all parts of a job, and tells their way as the way of one: it waits until the first has begun.
 *
 * @returns how each part ended, in order
 * @throws only when the signal aborts
 */
export async function* followParts(
  parts: readonly PartState[],
  tools: JobTools,
  signal: AbortSignal,
): AsyncGenerator<JobEvent, readonly PromiseSettledResult<FalImages>[], void> {
  const running = parts.map((part) => runPart(part, tools, signal))
  const merged = mergeGenerators(running, SIDE_BY_SIDE)
  let started = false
  for (;;) {
    const next = await merged.next()
    if (next.done === true) return next.value
    if (started) continue
    started = parts.some(({ status }) => status.status !== 'IN_QUEUE')
    yield started ? { type: 'started' } : { type: 'queued', position: next.value.event.position }
  }
}
