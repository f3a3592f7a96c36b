import type { BaseMade } from '../../job/job-result.ts'
import type { AcceptedJob, RunningJob } from '../../job/running-job.ts'
import { drain } from '../../lib/drain.ts'
import type { CallersWords } from '../../openai/callers-field.ts'
import { inCallersWords } from '../../reply/in-callers-words.ts'
import { noteFailure, type RequestRecord } from '../../request/request-record.ts'

/** A job that fal has taken, as it is told to its caller. */
interface ToldJob<Result> {
  readonly accepted: AcceptedJob
  /** The job from its beginning; what it makes is noted, and how it fails. */
  readonly running: RunningJob<Result>
  /**
   * Lets it come to its end: one that is done already is, one whose caller has hung up cancels what waits. It may
   * stand at an event that nobody took, so it is asked on, not only waited for.
   */
  readonly settle: () => Promise<void>
}

/** What hears of a job's end. */
interface JobWitness {
  readonly record: RequestRecord
  readonly failed: (error: unknown) => Promise<void>
}

/**
 * Tells a job to its caller, in the caller's words. One generator for everything: each more is several turns of
 * the microtask queue for every event.
 *
 * @param failed is told of a failure before the caller is, who may send the request again at once
 * @throws ProblemError every failure until fal has taken it
 */
export async function tellJob<Result extends BaseMade>(
  job: RunningJob<Result>,
  words: CallersWords,
  { record, failed }: JobWitness,
): Promise<ToldJob<Result>> {
  const toFailure = (error: unknown): unknown => {
    const failure = inCallersWords(error, words)
    noteFailure(failure, record)
    return failure
  }
  const accepted = await takeAccepted(job).catch((error: unknown) => {
    throw toFailure(error)
  })
  async function* tell(): RunningJob<Result> {
    yield accepted
    try {
      for (;;) {
        const next = await job.next()
        if (next.done === true) {
          record.made = next.value.made
          return next.value
        }
        yield next.value
      }
    } catch (error) {
      const failure = toFailure(error)
      await failed(failure)
      throw failure
    }
  }
  const running = tell()
  return {
    accepted,
    running,
    async settle() {
      await drain(running).catch(() => undefined)
      // Who told it may have been stopped in the middle.
      await drain(job).catch(() => undefined)
    },
  }
}

async function takeAccepted(running: RunningJob<unknown>): Promise<AcceptedJob> {
  const first = await running.next()
  if (first.done === true || first.value.type !== 'accepted') {
    throw new TypeError('a job begins with being accepted')
  }
  return first.value
}
