import type { ImageResult, JobMeasures } from '../job/image-result.ts'
import { mayBeTaken, problemOf } from '../job/problem.ts'
import type { AcceptedJob, RunningJob } from '../job/running-job.ts'
import type { Account, JobEnd } from '../ports/account.ts'

/** What is written down where. */
export interface Keeping {
  readonly account: Account
  /** Keeps the runtime at work; the caller does not wait for what is written down. */
  readonly later: (work: Promise<unknown>) => void
  /** @returns the job's id; undefined: it cannot be found again */
  jobIdOf(accepted: AcceptedJob): Promise<string | undefined>
  /** Seconds since 1970. */
  readonly nowSeconds: number
  /** What was set aside for the job; undefined: nothing. */
  hold(): number | undefined
  /** What the job took, once it has ended; undefined: it was never accepted. */
  measures(): JobMeasures | undefined
}

/** The same job, written down on its caller's account: when it is accepted, and what it came to. */
export async function* keepAccount(running: RunningJob, keeping: Keeping): RunningJob {
  let accepted: AcceptedJob | undefined
  try {
    for (;;) {
      const next = await running.next()
      if (next.done === true) {
        settle(keeping, accepted, next.value)
        return next.value
      }
      if (next.value.type === 'accepted') {
        accepted = next.value
        keeping.later(note(accepted, keeping))
      }
      yield next.value
    }
  } catch (error) {
    const problem = problemOf(error)
    const hold = keeping.hold()
    if (accepted === undefined) {
      if (hold !== undefined && !mayBeTaken(problem)) keeping.later(keeping.account.giveBack(hold))
    } else if (keeping.measures()?.cancelled === true) {
      keeping.later(keeping.account.cancelled(accepted.requestIds, hold))
    } else if (IS_OVER.has(problem.kind)) settle(keeping, accepted, undefined)
    throw error
  }
}

/** Ends of a job; with any other problem it may go on at fal. */
const IS_OVER: ReadonlySet<string> = new Set(['content_rejected', 'input_rejected', 'cancelled'])

async function note(accepted: AcceptedJob, keeping: Keeping): Promise<void> {
  const jobId = await keeping.jobIdOf(accepted)
  if (jobId === undefined) return
  const { requestIds, model, endpoint } = accepted
  const createdAt = keeping.nowSeconds
  await keeping.account.note({ requestIds, jobId, model, endpoint, createdAt }, keeping.hold())
}

function settle(
  keeping: Keeping,
  accepted: AcceptedJob | undefined,
  result: ImageResult | undefined,
): void {
  if (accepted === undefined) return
  const end: JobEnd = {
    requestIds: accepted.requestIds,
    model: accepted.model,
    status: result === undefined ? 'failed' : 'completed',
    pictures: result?.images.length ?? 0,
    costUsd: keeping.measures()?.costUsd,
  }
  keeping.later(keeping.account.settle(end, keeping.hold()))
}
