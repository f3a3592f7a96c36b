import { invalidRequest } from './problem.ts'

/** Deeper than any request: a schema of a tool in a chat has some twenty levels. */
const MOST_LEVELS = 100

/**
 * What is nested thousands of levels deep is nobody's wish, and breaks whoever walks it.
 *
 * @param param the field that holds it; undefined: the whole body
 * @throws ProblemError `invalid_request`
 */
export function checkNesting(value: unknown, param?: string): void {
  let level: readonly unknown[] = [value]
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > MOST_LEVELS) {
      const what = param === undefined ? 'The body' : `'${param}'`
      throw invalidRequest(param, `${what} is nested more than ${MOST_LEVELS} levels deep.`)
    }
    level = level.flatMap(insideOf)
  }
}

function insideOf(value: unknown): readonly unknown[] {
  return typeof value === 'object' && value !== null ? Object.values(value) : []
}
