import type { FalQueue } from './fal/fal-queue.ts'
import type { FalStatus } from './fal/fal-status.ts'
import type { QueuedRequest } from './fal/queued-request.ts'
import type { ImageJob } from './job/image-job.ts'
import type { Timings } from './job/image-result.ts'
import { ProblemError } from './job/problem.ts'
import type { JobEvent, RunningJob } from './job/running-job.ts'
import { createDeadline } from './lib/deadline.ts'
import type { Log } from './lib/log.ts'
import { mergeGenerators, type MergedEvent } from './lib/merge-generators.ts'
import type { Catalogue } from './models/catalogue.ts'
import { collectParts } from './models/collect-parts.ts'
import { toFalInput, type FalInput } from './models/fal-input.ts'
import { readFalOutput, type FalPictures } from './models/fal-output.ts'
import type { ModelSpec } from './models/model-spec.ts'
import type { RetiredEndpoints } from './models/retired-endpoints.ts'

/** What the line works with. */
export interface ImageLine {
  readonly catalogue: Catalogue
  readonly queue: FalQueue
  readonly retired: RetiredEndpoints
  readonly timeoutSeconds: number
  readonly log: Log
  /** Milliseconds. */
  readonly now: () => number
}

/** Workers let six connections wait for their headers at a time. */
const SIDE_BY_SIDE = 6

/**
 * THE LINE: one image job from its name to its pictures. Yields `accepted` as soon as fal has taken every
 * part, then the way through the queue; returns the result.
 *
 * @param hangUp aborts when the caller has gone: what still waits in fal's queue is cancelled then, what
 *   has begun is paid for and stays
 * @throws ProblemError every failure of a job, see `Problem`
 */
export async function* runImageJob(
  job: ImageJob,
  line: ImageLine,
  hangUp: AbortSignal,
): RunningJob {
  const began = line.now()
  const model = line.catalogue.resolve(job.model)
  const { endpoint, input, requests, refused } = await submitToLiving(job, model, line)
  const { adjusted } = input
  const parts = requests.map((request) => toPart(request, line.now()))
  const seconds = line.timeoutSeconds
  const tooLate = new ProblemError({ kind: 'timed_out', seconds })
  const deadline = createDeadline(seconds * 1000, tooLate)
  try {
    const name = job.model ?? model.names[0]
    const handles = requests.map((request) => line.queue.toPart(request))
    const keyFingerprint = requests[0]?.key.fingerprint ?? ''
    yield { type: 'accepted', model: name, endpoint, parts: handles, keyFingerprint, adjusted }
    const signal = AbortSignal.any([hangUp, deadline.signal])
    const running = parts.map((part) => runPart(part, line, signal))
    const ends = yield* retell(mergeGenerators(running, SIDE_BY_SIDE), parts)
    hangUp.throwIfAborted()
    const pictures = collectParts([...ends, ...refused], job.count)
    const { revisedPrompt } = pictures
    return {
      ...pictures,
      revisedPrompt: revisedPrompt === job.prompt ? undefined : revisedPrompt,
      adjusted: [...adjusted, ...pictures.adjusted],
      endpoint,
      model: name,
      size: input.size,
      parts: handles,
      timings: toTimings(began, parts),
    }
  } finally {
    deadline.lift()
    if (hangUp.aborted) await cancelQueued(parts, line)
  }
}

interface Submitted {
  readonly endpoint: string
  readonly input: FalInput
  /** At least one. */
  readonly requests: readonly QueuedRequest[]
  /** Parts that fal did not take while it took others. */
  readonly refused: readonly PromiseRejectedResult[]
}

/** Submits to the model's endpoint, or, when fal has ended that, to the first successor that lives. */
async function submitToLiving(
  job: ImageJob,
  model: ModelSpec,
  line: ImageLine,
): Promise<Submitted> {
  const candidates = [
    model,
    ...(model.successors ?? []).map((name) => line.catalogue.resolve(name)),
  ]
  const living = candidates.filter(({ generate }) => !line.retired.has(generate.id))
  for (const candidate of living.length > 0 ? living : candidates) {
    try {
      return await submitParts(job, candidate, line)
    } catch (error) {
      if (!(error instanceof ProblemError) || error.problem.kind !== 'model_retired') throw error
      const endpoint = candidate.generate.id
      line.retired.add(endpoint)
      line.log('warn', 'endpoint retired', { endpoint })
    }
  }
  throw new ProblemError({
    kind: 'model_retired',
    model: job.model ?? model.names[0],
    endpoint: model.generate.id,
  })
}

async function submitParts(job: ImageJob, model: ModelSpec, line: ImageLine): Promise<Submitted> {
  const endpoint = model.generate.id
  const input = toFalInput(job, model.generate)
  const ends = await Promise.allSettled(
    input.inputs.map((each) => line.queue.submit(endpoint, each)),
  )
  const requests = ends.flatMap((end) => (end.status === 'fulfilled' ? [end.value] : []))
  const refused = ends.filter((end) => end.status === 'rejected')
  if (requests.length === 0 && refused[0] !== undefined) throw refused[0].reason
  return { endpoint, input, requests, refused }
}

/** One fal request on its way; the times are in milliseconds. */
interface PartState {
  readonly request: QueuedRequest
  readonly acceptedAt: number
  status: FalStatus
  startedAt: number | undefined
  completedAt: number | undefined
  fetchedAt: number | undefined
}

function toPart(request: QueuedRequest, acceptedAt: number): PartState {
  return {
    request,
    acceptedAt,
    status: { status: 'IN_QUEUE', position: undefined },
    startedAt: undefined,
    completedAt: undefined,
    fetchedAt: undefined,
  }
}

async function* runPart(
  part: PartState,
  line: ImageLine,
  signal: AbortSignal,
): AsyncGenerator<FalStatus, FalPictures, void> {
  for await (const status of line.queue.follow(part.request, signal)) {
    part.status = status
    if (status.status !== 'IN_QUEUE') part.startedAt ??= line.now()
    yield status
  }
  part.completedAt = line.now()
  const { body, text } = await line.queue.result(part.request, signal)
  part.fetchedAt = line.now()
  return readFalOutput(body, text)
}

/** Tells the way of all parts as the way of one job: it waits until the first of them has begun. */
async function* retell(
  merged: AsyncGenerator<MergedEvent<FalStatus>, PromiseSettledResult<FalPictures>[], void>,
  parts: readonly PartState[],
): AsyncGenerator<JobEvent, PromiseSettledResult<FalPictures>[], void> {
  let started = false
  for (;;) {
    const next = await merged.next()
    if (next.done === true) return next.value
    if (started) continue
    started = parts.some(({ status }) => status.status !== 'IN_QUEUE')
    yield started ? { type: 'started' } : { type: 'queued', position: next.value.event.position }
  }
}

async function cancelQueued(parts: readonly PartState[], line: ImageLine): Promise<void> {
  const queued = parts.filter(({ status }) => status.status === 'IN_QUEUE')
  const done = await Promise.all(queued.map(({ request }) => line.queue.cancel(request)))
  line.log('info', 'caller hung up', {
    cancelled: done.filter(Boolean).length,
    left_running: parts.length - queued.length,
  })
}

/** A job of several requests takes as long as its slowest. */
function toTimings(began: number, parts: readonly PartState[]): Timings {
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
