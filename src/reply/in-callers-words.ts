import { ProblemError, type Problem } from '../job/problem.ts'
import { callersField, sayHeld, type CallersWords } from '../openai/callers-field.ts'

/** A job's failure; what fal or its model refuses is named by the caller's own fields. */
export function inCallersWords(error: unknown, words: CallersWords): unknown {
  const told = error instanceof ProblemError ? inWords(error.problem, words) : undefined
  return told === undefined ? error : new ProblemError(told, { cause: error })
}

/** @returns undefined: it names no field */
function inWords(problem: Problem, words: CallersWords): Problem | undefined {
  if (problem.kind === 'invalid_request') {
    // Said in the words of the route that knows the medium best.
    const param = problem.param && words.fields?.get(problem.param)
    return param === undefined ? undefined : { ...problem, param }
  }
  if (problem.kind === 'content_rejected') {
    return { ...problem, field: sayHeld(problem, words) }
  }
  if (problem.kind !== 'input_rejected') return undefined
  const complaints = problem.complaints.map(({ field, message }) => ({
    field: field === undefined ? undefined : callersField(field, words),
    message,
  }))
  return { kind: 'input_rejected', complaints }
}
