import { ProblemError } from '../job/problem.ts'
import type { RunningJob } from '../job/running-job.ts'
import { callersField, type CallersWords } from '../openai/callers-field.ts'

/** Retells a running job; what fal refuses is named by the caller's own fields. */
export async function* inCallersWords<Result>(
  running: RunningJob<Result>,
  words: CallersWords,
): RunningJob<Result> {
  try {
    return yield* running
  } catch (error) {
    if (!(error instanceof ProblemError) || error.problem.kind !== 'input_rejected') throw error
    const complaints = error.problem.complaints.map(({ field, message }) => ({
      field: field === undefined ? undefined : callersField(field, words),
      message,
    }))
    throw new ProblemError({ kind: 'input_rejected', complaints }, { cause: error })
  }
}
