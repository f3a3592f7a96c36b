import type { ImageJob } from '../job/image-job.ts'
import type { JobMeasures } from '../job/image-result.ts'
import { ProblemError } from '../job/problem.ts'
import { JOB_GOES_ON, type RunningJob } from '../job/running-job.ts'
import { createDeadline } from '../lib/deadline.ts'
import { collectParts } from '../models/images/collect-parts.ts'
import { followParts } from './follow-parts.ts'
import { clearBackgrounds } from './image/clear-background.ts'
import { runDirectJob } from './image/direct-job.ts'
import type { JobTools } from './job-tools.ts'
import { createJobUsage, type JobUsage } from './job-usage.ts'
import { cancelQueued } from './part.ts'
import { resolveModel } from './resolve-model.ts'
import { submitToLiving, type Submitted } from './submit-job.ts'

/**
 * THE LINE: one image job from its name to its images. Yields `accepted` as soon as fal has taken every
 * part, then the way through the queue; returns the result.
 *
 * @param hangUp aborts when the caller has gone: what still waits in fal's queue is cancelled then, what
 *   has begun is paid for and stays; with the reason `JOB_GOES_ON` nothing is cancelled
 * @param report is told what a job took, once: in fal's queue however it ends, outside only of what was made
 * @throws ProblemError every failure of a job, see `Problem`
 */
export async function* runImageJob(
  job: ImageJob,
  tools: JobTools,
  hangUp: AbortSignal,
  report: (measures: JobMeasures) => void,
): RunningJob {
  const began = tools.now()
  const model = await resolveModel(job.model, tools)
  const direct = yield* runDirectJob(job, model, tools, hangUp)
  if (direct !== undefined) {
    report(direct)
    return direct
  }
  const submitted = await submitToLiving(job, model, tools, hangUp)
  // Not waited for: an image is never held back because a price cannot be had.
  void tools.prices.ask(submitted.endpoint)
  const usage = createJobUsage(submitted, began, tools)
  try {
    const name = job.model ?? model.names[0]
    return yield* runSubmitted({ ...submitted, job, name, usage }, tools, hangUp)
  } finally {
    report(usage.read())
  }
}

/** A job that fal has taken. */
interface TakenJob extends Submitted {
  readonly job: ImageJob
  /** The model's, as the caller said it. */
  readonly name: string
  readonly usage: JobUsage
}

async function* runSubmitted(taken: TakenJob, tools: JobTools, hangUp: AbortSignal): RunningJob {
  const { job, name, usage, endpoint, adjusted, requests } = taken
  const { parts } = usage
  const seconds = tools.timeoutSeconds
  const tooLate = (): ProblemError => new ProblemError({ kind: 'timed_out', seconds })
  const deadline = createDeadline(seconds * 1000, tooLate)
  try {
    const handles = requests.map((request) => tools.queue.toPart(request))
    const keyFingerprint = requests[0]?.key.fingerprint ?? ''
    const requestIds = handles.map(({ requestId }) => requestId)
    yield {
      type: 'accepted',
      model: name,
      endpoint,
      parts: handles,
      requestIds,
      keyFingerprint,
      adjusted,
    }
    const signal = AbortSignal.any([hangUp, deadline.signal])
    const ends = yield* followParts(parts, tools, signal)
    hangUp.throwIfAborted()
    const made = collectParts([...ends, ...taken.refused], job.count)
    const step = { signal, charged: usage.second }
    const images = taken.clear ? await clearBackgrounds(made, job, tools, step) : made
    const { revisedPrompt } = images
    return {
      ...images,
      revisedPrompt: revisedPrompt === job.prompt ? undefined : revisedPrompt,
      adjusted: [...adjusted, ...images.adjusted],
      endpoint,
      model: name,
      size: taken.size,
      edited: taken.edited,
      parts: handles,
      ...usage.read(),
    }
  } finally {
    deadline.lift()
    if (hangUp.aborted && hangUp.reason !== JOB_GOES_ON) {
      usage.cancelled = await cancelQueued(parts, tools)
    }
  }
}
