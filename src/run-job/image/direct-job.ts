import type { ImageJob } from '../../job/image-job.ts'
import type { ImageResult } from '../../job/image-result.ts'
import { ProblemError } from '../../job/problem.ts'
import type { JobEvent } from '../../job/running-job.ts'
import { createDeadline } from '../../lib/deadline.ts'
import { TIME_IS_OVER, within } from '../../lib/with-timeout.ts'
import { collectParts } from '../../models/images/collect-parts.ts'
import type { FalPictures } from '../../models/images/fal-output.ts'
import type { ModelSpec } from '../../models/model-spec.ts'
import type { ImageLine } from '../image-line.ts'
import { firstChoice, toOrder, type FalOrder } from '../submit-job.ts'
import { createShownFrames } from './shown-frames.ts'
import { watchFrames } from './watch-frames.ts'

/** fal refuses at once; one that is silent for so long has begun, and the caller gets its first byte. */
const REFUSAL_MS = 5000

/**
 * A job past fal's queue, on one connection: only so are unfinished pictures to be had, and only for one
 * picture at a time. fal keeps nothing of it, so the request is sent once, and hanging up ends it.
 *
 * @returns undefined when the job is one for the queue: no unfinished pictures are wanted, the endpoint shows
 *   none, or fal has refused it before accepting
 * @throws ProblemError the job's failure
 */
export async function* runDirectJob(
  job: ImageJob,
  model: ModelSpec,
  line: ImageLine,
  hangUp: AbortSignal,
): AsyncGenerator<JobEvent, ImageResult | undefined, void> {
  const order = toDirectOrder(job, model, line)
  if (order === undefined) return undefined
  const { endpoint, adjusted } = order
  const began = line.now()
  const seconds = line.timeoutSeconds
  const tooLate = (): ProblemError => new ProblemError({ kind: 'timed_out', seconds })
  const deadline = createDeadline(seconds * 1000, tooLate)
  const leaving = new AbortController()
  const signal = AbortSignal.any([hangUp, deadline.signal, leaving.signal])
  try {
    await line.setAside?.({ ...order, pictures: 1 })
    const input = order.inputs[0]
    const opening = line.queue.stream({ endpoint, input }, signal)
    // Nobody waits for it any more when the caller leaves meanwhile.
    opening.catch(() => undefined)
    const early = await within(opening, REFUSAL_MS)
    if (early === undefined) return undefined
    const known = early === TIME_IS_OVER ? undefined : early.requestId
    const requestIds = known === undefined ? [] : [known]
    const name = job.model ?? model.names[0]
    const place = { parts: [], keyFingerprint: '' }
    yield { type: 'accepted', model: name, endpoint, ...place, requestIds, adjusted }
    const stream = early === TIME_IS_OVER ? await opening : early
    if (stream === undefined) throw new ProblemError(REFUSED)
    const accepted = line.now()
    yield { type: 'started' }
    const made = yield* watchFrames(stream, createShownFrames(job.partials ?? 0, line.now))
    const timings = { submit: accepted - began, queue: undefined, fetch: undefined }
    return {
      ...toResult(made, job, order),
      model: name,
      timings: { ...timings, run: line.now() - accepted },
    }
  } finally {
    deadline.lift()
    leaving.abort()
  }
}

function toDirectOrder(job: ImageJob, model: ModelSpec, line: ImageLine): FalOrder | undefined {
  if ((job.partials ?? 0) === 0 || job.count > 1) return undefined
  const choice = firstChoice(job, model, line)
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
  made: FalPictures,
  job: ImageJob,
  { endpoint, adjusted, size, edited }: FalOrder,
): Omit<ImageResult, 'model' | 'timings'> {
  const pictures = collectParts([{ status: 'fulfilled', value: made }], 1)
  const { revisedPrompt } = pictures
  return {
    ...pictures,
    revisedPrompt: revisedPrompt === job.prompt ? undefined : revisedPrompt,
    adjusted: [...adjusted, ...pictures.adjusted],
    endpoint,
    size,
    edited,
    parts: [],
    // fal says what it charges on results of its queue only.
    units: undefined,
    costUsd: undefined,
  }
}
