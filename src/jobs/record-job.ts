import type { BaseMade, JobMeasures } from '../job/job-result.ts'
import { mayBeTaken, problemOf, type Problem } from '../job/problem.ts'
import type { AcceptedJob, RunningJob } from '../job/running-job.ts'
import type { Account, JobEnd } from '../ports/account.ts'

/** What is written down where. */
export interface JobRecording {
  readonly account: Account
  /** Keeps the runtime at work; the caller does not wait for what is written down. */
  readonly waitUntil: (work: Promise<unknown>) => void
  /** @returns the job's id; undefined: it cannot be found again */
  jobIdOf(accepted: AcceptedJob): Promise<string | undefined>
  /** When the job was ordered first, in seconds since 1970. */
  createdAt(): number
  /** What was set aside for the job; undefined: nothing. */
  reservation(): number | undefined
  /** Whether a failure says that the caller has gone before anything was submitted. */
  leftBefore(error: unknown): boolean
  /** What the job took, once it has ended; undefined: it was never accepted. */
  measures(): JobMeasures | undefined
}

/** The same job, written down on its caller's account: when it is accepted, and what it came to. */
export async function* recordJob<Result extends BaseMade>(
  running: RunningJob<Result>,
  recording: JobRecording,
): RunningJob<Result> {
  let accepted: AcceptedJob | undefined
  try {
    for (;;) {
      const next = await running.next()
      if (next.done === true) {
        settle(recording, accepted, next.value)
        return next.value
      }
      if (next.value.type === 'accepted') {
        // An earlier job that is followed once more knows itself.
        accepted = { createdAt: recording.createdAt(), ...next.value }
        recording.waitUntil(note(accepted, recording))
        yield accepted
      } else yield next.value
    }
  } catch (error) {
    recordFailure(error, accepted, recording)
    throw error
  }
}

function recordFailure(
  error: unknown,
  accepted: AcceptedJob | undefined,
  recording: JobRecording,
): void {
  const { account, waitUntil } = recording
  const problem = problemOf(error)
  const reservation = recording.reservation()
  if (accepted === undefined) {
    const isTaken = mayBeTaken(problem) && !recording.leftBefore(error)
    if (reservation !== undefined && !isTaken) {
      waitUntil(account.releaseReservation(reservation))
    }
  } else if (recording.measures()?.cancelled === true) {
    waitUntil(account.cancelled(accepted.requestIds, reservation))
  } else if (isOver(problem, recording)) settle(recording, accepted, undefined)
}

/** Ends of a job; with any other problem it may go on at fal. */
const IS_OVER: ReadonlySet<string> = new Set(['content_rejected', 'input_rejected', 'cancelled'])

/** fal says what it charges when the model has had its word, be it that it is broken. */
function isOver({ kind }: Problem, recording: JobRecording): boolean {
  const isCharged = recording.measures()?.costUsd !== undefined
  return IS_OVER.has(kind) || (kind === 'upstream_failed' && isCharged)
}

async function note(accepted: AcceptedJob, recording: JobRecording): Promise<void> {
  const jobId = await recording.jobIdOf(accepted)
  if (jobId === undefined) return
  const { requestIds, model, endpoint, createdAt = recording.createdAt() } = accepted
  await recording.account.note(
    { requestIds, jobId, model, endpoint, createdAt },
    recording.reservation(),
  )
}

function settle(
  recording: JobRecording,
  accepted: AcceptedJob | undefined,
  result: BaseMade | undefined,
): void {
  // What can be read in part only is counted whole by who looks it up later.
  if (accepted === undefined || recording.measures()?.isPartial === true) return
  const end: JobEnd = {
    requestIds: accepted.requestIds,
    model: accepted.model,
    status: result === undefined ? 'failed' : 'completed',
    made: result?.made ?? 0,
    costUsd: recording.measures()?.costUsd,
  }
  recording.waitUntil(recording.account.settle(end, recording.reservation()))
}
