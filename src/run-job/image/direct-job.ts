import type { ImageJob } from '../../job/image-job.ts'
import type { ImageResult } from '../../job/image-result.ts'
import { ProblemError } from '../../job/problem.ts'
import type { JobEvent } from '../../job/running-job.ts'
import { createDeadline } from '../../lib/deadline.ts'
import { TIMED_OUT, withTimeout } from '../../lib/with-timeout.ts'
import { collectParts } from '../../models/images/collect-parts.ts'
import type { FalImages } from '../../models/images/fal-output.ts'
import type { ModelSpec } from '../../models/model-spec.ts'
import type { JobTools } from '../job-tools.ts'
import { firstChoice, toOrder, type FalOrder } from '../submit-job.ts'
import { createShownFrames } from './shown-frames.ts'
import { watchFrames } from './watch-frames.ts'

/** fal refuses at once; one that is silent for so long has begun, and the caller gets its first byte. */
const REFUSAL_MS = 5000

/**
 * A job past fal's queue, on one connection: only so are unfinished images to be had, and only for one
 * image at a time. fal keeps nothing of it, so the request is sent once, and hanging up ends it.
 *
 * @returns undefined when the job is one for the queue: no unfinished images are wanted, the endpoint shows
 *   none, or fal has refused it before accepting
 * @throws ProblemError the job's failure
 */
export async function* runDirectJob(
  job: ImageJob,
  model: ModelSpec,
  tools: JobTools,
  hangUp: AbortSignal,
): AsyncGenerator<JobEvent, ImageResult | undefined, void> {
  const order = toDirectOrder(job, model, tools)
  if (order === undefined) return undefined
  const { endpoint, adjusted } = order
  const began = tools.now()
  const seconds = tools.timeoutSeconds
  const tooLate = (): ProblemError => new ProblemError({ kind: 'timed_out', seconds })
  const deadline = createDeadline(seconds * 1000, tooLate)
  const leaving = new AbortController()
  const signal = AbortSignal.any([hangUp, deadline.signal, leaving.signal])
  try {
    await tools.reserve?.({ ...order, images: 1 })
    const input = order.inputs[0]
    const opening = tools.queue.stream({ endpoint, input }, signal)
    // Nobody waits for it any more when the caller leaves meanwhile.
    opening.catch(() => undefined)
    const early = await withTimeout(opening, REFUSAL_MS)
    if (early === undefined) return undefined
    const known = early === TIMED_OUT ? undefined : early.requestId
    const requestIds = known === undefined ? [] : [known]
    const name = job.model ?? model.names[0]
    const place = { parts: [], keyFingerprint: '' }
    yield { type: 'accepted', model: name, endpoint, ...place, requestIds, adjusted }
    const stream = early === TIMED_OUT ? await opening : early
    if (stream === undefined) throw new ProblemError(REFUSED)
    const accepted = tools.now()
    yield { type: 'started' }
    const made = yield* watchFrames(stream, createShownFrames(job.partials ?? 0, tools.now))
    const timings = { submit: accepted - began, queue: undefined, fetch: undefined }
    return {
      ...toResult(made, job, order),
      model: name,
      timings: { ...timings, run: tools.now() - accepted },
    }
  } finally {
    deadline.lift()
    leaving.abort()
  }
}

function toDirectOrder(job: ImageJob, model: ModelSpec, tools: JobTools): FalOrder | undefined {
  if ((job.partials ?? 0) === 0 || job.count > 1) return undefined
  const choice = firstChoice(job, model, tools)
  if (choice.endpoint.streaming !== true) return undefined
  const order = toOrder(choice)
  return order.clear ? undefined : order
}

const REFUSED = {
  kind: 'upstream_failed',
  charged: 'no',
  status: undefined,
  reason: 'it did not take the request',
} as const

function toResult(
  made: FalImages,
  job: ImageJob,
  { endpoint, adjusted, size, edited }: FalOrder,
): Omit<ImageResult, 'model' | 'timings'> {
  const images = collectParts([{ status: 'fulfilled', value: made }], 1)
  const { revisedPrompt } = images
  return {
    ...images,
    revisedPrompt: revisedPrompt === job.prompt ? undefined : revisedPrompt,
    adjusted: [...adjusted, ...images.adjusted],
    endpoint,
    size,
    edited,
    parts: [],
    // fal says what it charges on results of its queue only.
    units: undefined,
    costUsd: undefined,
  }
}
