import type { FalStatus } from '../fal/queue/fal-status.ts'
import type { QueuedRequest } from '../fal/queue/queued-request.ts'
import type { Charge } from '../fal/queue/result.ts'
import type { FoundJob } from '../job/found-job.ts'
import type { ImageResult, JobMeasures } from '../job/image-result.ts'
import { ProblemError, type Problem } from '../job/problem.ts'
import type { RunningJob } from '../job/running-job.ts'
import { createDeadline } from '../lib/deadline.ts'
import { collectParts } from '../models/images/collect-parts.ts'
import { readFalOutput, type FalImages } from '../models/images/fal-output.ts'
import type { JobClaims } from '../tokens/job-id.ts'
import { costOf, unitsOf, type Charged } from './cost.ts'
import { followParts } from './follow-parts.ts'
import type { JobTools } from './job-tools.ts'
import { toPart } from './part.ts'

/**
 * Finds out how a job stands, from its claims alone: fal's queue is the memory.
 *
 * @throws ProblemError `job_expired` when fal has forgotten it, `job_not_found` when the fal key that
 *   submitted it is gone, `upstream_failed` when fal cannot be asked
 */
export async function findImageJob(
  claims: JobClaims,
  tools: JobTools,
  signal: AbortSignal,
): Promise<FoundJob> {
  void tools.prices.ask(claims.endpoint)
  const requests = await Promise.all(
    claims.parts.map((part) => tools.queue.find(part, claims.endpoint, claims.keyFingerprint)),
  )
  const limited = AbortSignal.any([signal, AbortSignal.timeout(LOOK_UP_TIMEOUT_MS)])
  const statuses = await Promise.allSettled(
    requests.map((request) => askTwice(request, tools, limited)),
  )
  const charged = requests.map((): Charged => ({ charge: undefined }))
  const known = statuses.flatMap((end) => (end.status === 'fulfilled' ? [end.value] : []))
  if (known.some(({ status }) => status !== 'COMPLETED')) return underWay(known)
  // A part that fal has forgotten hides none of the others.
  const ends = await Promise.allSettled(
    requests.map(async (request, index) => {
      const status = statuses[index]
      if (status?.status === 'rejected') throw status.reason
      return fetchOutput(request, tools, limited, (charge) => {
        charged[index] = { charge }
      })
    }),
  )
  try {
    return { status: 'completed', result: toResult(claims, ends, charged, tools) }
  } catch (error) {
    signal.throwIfAborted()
    if (limited.aborted) throw unreadable()
    if (!(error instanceof ProblemError) || isAboutAsking(error.problem)) throw error
    return { status: 'failed', problem: error.problem }
  }
}

/**
 * Follows a job from wherever it stands, as `runImageJob` follows what it has submitted; `hangUp` cancels
 * nothing.
 *
 * @throws ProblemError the job's failure; `job_not_found` when the fal key that submitted it is gone
 */
export async function* followImageJob(
  claims: JobClaims,
  tools: JobTools,
  hangUp: AbortSignal,
): RunningJob {
  void tools.prices.ask(claims.endpoint)
  const parts = await Promise.all(
    claims.parts.map(async (part) =>
      toPart(await tools.queue.find(part, claims.endpoint, claims.keyFingerprint), tools.now()),
    ),
  )
  const seconds = tools.timeoutSeconds
  const tooLate = (): ProblemError => new ProblemError({ kind: 'timed_out', seconds })
  const deadline = createDeadline(seconds * 1000, tooLate)
  try {
    const signal = AbortSignal.any([hangUp, deadline.signal])
    const ends = yield* followParts(parts, tools, signal)
    return toResult(claims, ends, parts, tools)
  } finally {
    deadline.lift()
  }
}

/** The same, told from its beginning and measured, as `runImageJob` does with a job of its own. */
export async function* resumeImageJob(
  claims: JobClaims,
  tools: JobTools,
  hangUp: AbortSignal,
  report: (measures: JobMeasures) => void,
): RunningJob {
  const requestIds = claims.parts.map(({ requestId }) => requestId)
  yield { ...claims, type: 'accepted', requestIds, adjusted: [] }
  const result = yield* followImageJob(claims, tools, hangUp)
  report(result)
  return result
}

/**
 * Takes what waits of a job out of fal's queue, and asks fal to stop what runs: best effort.
 *
 * @returns whether fal has taken something out, or promised to
 * @throws ProblemError `job_not_found` when the fal key that submitted it is gone
 */
export async function cancelImageJob(claims: JobClaims, { queue }: JobTools): Promise<boolean> {
  const requests = await Promise.all(
    claims.parts.map((part) => queue.find(part, claims.endpoint, claims.keyFingerprint)),
  )
  const cancelled = await Promise.all(requests.map((request) => queue.cancel(request)))
  return cancelled.includes(true)
}

/** A look-up is one of many that a waiting caller makes: it answers soon or not at all. */
const LOOK_UP_TIMEOUT_MS = 15_000

function unreadable(): ProblemError {
  return new ProblemError({
    kind: 'upstream_failed',
    charged: 'maybe',
    status: undefined,
    reason: 'the status could not be read',
  })
}

/** Not how the job ended, but why that cannot be told. */
function isAboutAsking({ kind }: Problem): boolean {
  return kind === 'job_expired' || kind === 'upstream_auth_failed'
}

async function askTwice(
  request: QueuedRequest,
  { queue }: JobTools,
  signal: AbortSignal,
): Promise<FalStatus> {
  const status = (await queue.status(request, signal)) ?? (await queue.status(request, signal))
  if (status !== undefined) return status
  throw unreadable()
}

function underWay(statuses: readonly FalStatus[]): FoundJob {
  if (statuses.some(({ status }) => status !== 'IN_QUEUE')) return { status: 'in_progress' }
  const positions = statuses.flatMap(({ position }) => (position === undefined ? [] : [position]))
  return { status: 'queued', position: positions.length > 0 ? Math.max(...positions) : undefined }
}

async function fetchOutput(
  request: QueuedRequest,
  { queue }: JobTools,
  signal: AbortSignal,
  note: (charge: Charge) => void,
): Promise<FalImages> {
  const { body, text } = await queue.result(request, signal, note)
  return readFalOutput(body, text)
}

function toResult(
  claims: JobClaims,
  ends: readonly PromiseSettledResult<FalImages>[],
  charged: readonly Charged[],
  tools: JobTools,
): ImageResult {
  return {
    ...collectParts(ends, claims.count),
    endpoint: claims.endpoint,
    model: claims.model,
    size: undefined,
    edited: undefined,
    parts: claims.parts,
    timings: undefined,
    units: unitsOf(charged),
    costUsd: costOf(charged, tools),
  }
}
