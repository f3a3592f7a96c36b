import type { ImageJob } from '../job/image-job.ts'
import type { JobMeasures } from '../job/image-result.ts'
import { ProblemError } from '../job/problem.ts'
import { JOB_GOES_ON, type RunningJob } from '../job/running-job.ts'
import { createDeadline } from '../lib/deadline.ts'
import { collectParts } from '../models/images/collect-parts.ts'
import { followParts } from './follow-parts.ts'
import type { ImageLine } from './image-line.ts'
import { clearBackgrounds } from './image/clear-background.ts'
import { runDirectJob } from './image/direct-job.ts'
import { createMeter, type Meter } from './meter.ts'
import { cancelQueued } from './part.ts'
import { resolveModel } from './resolve-model.ts'
import { submitToLiving, type Submitted } from './submit-job.ts'

/**
 * THE LINE: one image job from its name to its pictures. Yields `accepted` as soon as fal has taken every
 * part, then the way through the queue; returns the result.
 *
 * @param hangUp aborts when the caller has gone: what still waits in fal's queue is cancelled then, what
 *   has begun is paid for and stays; with the reason `JOB_GOES_ON` nothing is cancelled
 * @param report is told what a job took, once: in fal's queue however it ends, outside only of what was made
 * @throws ProblemError every failure of a job, see `Problem`
 */
export async function* runImageJob(
  job: ImageJob,
  line: ImageLine,
  hangUp: AbortSignal,
  report: (measures: JobMeasures) => void,
): RunningJob {
  const began = line.now()
  const model = await resolveModel(job.model, line)
  const direct = yield* runDirectJob(job, model, line, hangUp)
  if (direct !== undefined) {
    report(direct)
    return direct
  }
  const submitted = await submitToLiving(job, model, line, hangUp)
  // Not waited for: a picture is never held back because a price cannot be had.
  void line.prices.ask(submitted.endpoint)
  const meter = createMeter(submitted, began, line)
  try {
    const name = job.model ?? model.names[0]
    return yield* runSubmitted({ ...submitted, job, name, meter }, line, hangUp)
  } finally {
    report(meter.read())
  }
}

/** A job that fal has taken. */
interface TakenJob extends Submitted {
  readonly job: ImageJob
  /** The model's, as the caller said it. */
  readonly name: string
  readonly meter: Meter
}

async function* runSubmitted(taken: TakenJob, line: ImageLine, hangUp: AbortSignal): RunningJob {
  const { job, name, meter, endpoint, adjusted, requests } = taken
  const { parts } = meter
  const seconds = line.timeoutSeconds
  const tooLate = (): ProblemError => new ProblemError({ kind: 'timed_out', seconds })
  const deadline = createDeadline(seconds * 1000, tooLate)
  try {
    const handles = requests.map((request) => line.queue.toPart(request))
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
    const ends = yield* followParts(parts, line, signal)
    hangUp.throwIfAborted()
    const made = collectParts([...ends, ...taken.refused], job.count)
    const step = { signal, charged: meter.second }
    const pictures = taken.clear ? await clearBackgrounds(made, job, line, step) : made
    const { revisedPrompt } = pictures
    return {
      ...pictures,
      revisedPrompt: revisedPrompt === job.prompt ? undefined : revisedPrompt,
      adjusted: [...adjusted, ...pictures.adjusted],
      endpoint,
      model: name,
      size: taken.size,
      edited: taken.edited,
      parts: handles,
      ...meter.read(),
    }
  } finally {
    deadline.lift()
    if (hangUp.aborted && hangUp.reason !== JOB_GOES_ON) {
      meter.cancelled = await cancelQueued(parts, line)
    }
  }
}
