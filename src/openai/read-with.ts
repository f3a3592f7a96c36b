import * as z from 'zod/mini'

import { ProblemError, type Problem } from '../job/problem.ts'
import { once } from '../lib/once.ts'
import { inEnglish } from '../lib/zod-english.ts'

/** zod's English, as it goes on after `Invalid value for 'n': `. */
const inFieldWords = once(() => {
  const english = inEnglish()
  return {
    ...english,
    error: (issue: z.core.$ZodRawIssue) => toFieldWords(issue) ?? english.error(issue),
  }
})

function toFieldWords(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.code === 'invalid_type') {
    return `expected ${issue.expected}, received ${typeOf(issue.input)}`
  }
  if (issue.code === 'invalid_value') {
    const { values } = issue
    return `expected ${values.length === 1 ? '' : 'one of '}${z.core.util.joinValues([...values], '|')}`
  }
  return issue.code === 'invalid_union' && issue.errors.length > 0 ? UNSAID : undefined
}

/** What stands for the words of a union that has none of its own: one of its branches says more. */
const UNSAID = ''

function typeOf(value: unknown): string {
  const isNoAmount = typeof value === 'number' && !Number.isFinite(value)
  return isNoAmount ? String(value) : z.core.util.parsedType(value)
}

/**
 * Reads a body with a schema.
 *
 * @throws ProblemError `invalid_request` that names the first wrong field and what is allowed there
 */
export function readWith<Schema extends z.core.$ZodType>(
  schema: Schema,
  body: unknown,
): z.infer<Schema> {
  const parsed = z.safeParse(schema, body, inFieldWords())
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new ProblemError(issue === undefined ? NOT_AN_OBJECT : toProblem(innermost(issue)))
}

/** What is wrong in that branch of a union which the value came nearest to. */
function innermost(issue: z.core.$ZodIssue): z.core.$ZodIssue {
  if (issue.code !== 'invalid_union' || issue.message !== UNSAID) return issue
  const branch = issue.errors.find(([one]) => (one?.path.length ?? 0) > 0) ?? issue.errors.at(-1)
  const first = branch?.[0]
  return first === undefined ? issue : innermost({ ...first, path: [...issue.path, ...first.path] })
}

const NOT_AN_OBJECT: Problem = {
  kind: 'invalid_request',
  message: 'The body must be a JSON object.',
  param: undefined,
  mistake: 'wrong_type',
}

function toProblem(issue: z.core.$ZodIssue): Problem {
  if (issue.path.length === 0) return NOT_AN_OBJECT
  const param = toParam(issue.path)
  const missing = issue.code === 'invalid_type' && issue.input === undefined
  if (missing) {
    return {
      kind: 'invalid_request',
      message: `Missing required parameter: '${param}'.`,
      param,
      mistake: 'missing',
    }
  }
  const wrongType = issue.code === 'invalid_type'
  return {
    kind: 'invalid_request',
    message: `Invalid ${wrongType ? 'type' : 'value'} for '${param}': ${issue.message}.`,
    param,
    mistake: wrongType ? 'wrong_type' : 'wrong_value',
  }
}

/** `messages[0].content`, as OpenAI writes it. */
function toParam(path: readonly PropertyKey[]): string {
  return path
    .map((step, index) =>
      typeof step === 'number' ? `[${step}]` : `${index === 0 ? '' : '.'}${String(step)}`,
    )
    .join('')
}
