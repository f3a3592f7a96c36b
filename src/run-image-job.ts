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
  const { endpoint, input, requests, refused } = await submitToLiving(job, model, line, hangUp)
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
  hangUp: AbortSignal,
): Promise<Submitted> {
  const candidates = [
    model,
    ...(model.successors ?? []).map((name) => line.catalogue.resolve(name)),
  ]
  const living = candidates.filter(({ generate }) => !line.retired.has(generate.id))
  for (const candidate of living.length > 0 ? living : candidates) {
    try {
      return await submitParts(job, candidate, line, hangUp)
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

async function submitParts(
  job: ImageJob,
  model: ModelSpec,
  line: ImageLine,
  hangUp: AbortSignal,
): Promise<Submitted> {
  const endpoint = model.generate.id
  const input = toFalInput(job, model.generate)
  const ends = await line.queue.submitAll({ endpoint, inputs: input.inputs }, hangUp)
  const requests = ends.flatMap((end) => (end.status === 'fulfilled' ? [end.value] : []))
  const refused = ends.filter((end) => end.status === 'rejected')
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
  try {
    for await (const status of line.queue.follow(part.request, signal)) {
      part.status = status
      if (status.status !== 'IN_QUEUE') part.startedAt ??= line.now()
      yield status
    }
  } catch (error) {
    // A stream that lives but tells nothing would hide a picture that is ready: at the deadline, look once.
    if (!(error instanceof ProblemError) || error.problem.kind !== 'timed_out') throw error
    const last = await line.queue.status(part.request, AbortSignal.timeout(LAST_LOOK_MS))
    if (last?.status !== 'COMPLETED') throw error
    return await fetchPictures(part, line, AbortSignal.timeout(LAST_LOOK_MS))
  }
  return fetchPictures(part, line, signal)
}

/** How long a job is looked at once more that has reached its deadline. */
const LAST_LOOK_MS = 10_000

async function fetchPictures(
  part: PartState,
  line: ImageLine,
  signal: AbortSignal,
): Promise<FalPictures> {
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

/**
 * Cancels what still waits. What we saw last may be seconds old, and a part whose turn to be followed never
 * came was never seen at all, so each is asked once more: one that has begun is paid for.
 */
async function cancelQueued(parts: readonly PartState[], { queue, log }: ImageLine): Promise<void> {
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
  const count = cancelled.filter(Boolean).length
  log('info', 'caller hung up', { cancelled: count, left: parts.length - count })
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
