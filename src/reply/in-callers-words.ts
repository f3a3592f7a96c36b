import { ProblemError } from '../job/problem.ts'
import { callersField, type CallersWords } from '../openai/callers-field.ts'

/** A job's failure; what fal refuses is named by the caller's own fields. */
export function inCallersWords(error: unknown, words: CallersWords): unknown {
  if (!(error instanceof ProblemError) || error.problem.kind !== 'input_rejected') return error
  const complaints = error.problem.complaints.map(({ field, message }) => ({
    field: field === undefined ? undefined : callersField(field, words),
    message,
  }))
  return new ProblemError({ kind: 'input_rejected', complaints }, { cause: error })
}
