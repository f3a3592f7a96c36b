import { describe, test } from 'vitest'
import * as z from 'zod'

import { ProblemError, type Problem } from '../job/problem.ts'
import { readWith } from './read-with.ts'

const schema = z.object({
  prompt: z.string().max(5),
  n: z.number().int().min(1).max(10).nullish(),
  stream: z.boolean().nullish(),
  quality: z.enum(['low', 'high']).nullish(),
  config: z.object({ ratio: z.string() }).optional(),
  messages: z.array(z.object({ role: z.string() })).optional(),
})

function problemOf(body: unknown): Problem | undefined {
  try {
    readWith(schema, body)
    return undefined
  } catch (error) {
    return error instanceof ProblemError ? error.problem : undefined
  }
}

test('a right body is what the schema makes of it, without what it does not know', ({ expect }) => {
  expect(readWith(schema, { prompt: 'a cat', n: null, temperature: 1 })).toEqual({
    prompt: 'a cat',
    n: null,
  })
})

describe('a wrong body is told as OpenAI tells it', () => {
  test.for<[unknown, string, string, string]>([
    [{}, 'prompt', "Missing required parameter: 'prompt'.", 'missing'],
    [{ prompt: undefined }, 'prompt', "Missing required parameter: 'prompt'.", 'missing'],
    [
      { prompt: 'a', config: {} },
      'config.ratio',
      "Missing required parameter: 'config.ratio'.",
      'missing',
    ],
    [
      { prompt: 'a', messages: [{ role: 'user' }, {}] },
      'messages[1].role',
      "Missing required parameter: 'messages[1].role'.",
      'missing',
    ],
    [
      { prompt: null },
      'prompt',
      "Invalid type for 'prompt': expected string, received null.",
      'wrong_type',
    ],
    [
      { prompt: ['a'] },
      'prompt',
      "Invalid type for 'prompt': expected string, received array.",
      'wrong_type',
    ],
    [
      { prompt: 'a', n: 'two' },
      'n',
      "Invalid type for 'n': expected number, received string.",
      'wrong_type',
    ],
    [
      { prompt: 'a', stream: 'true' },
      'stream',
      "Invalid type for 'stream': expected boolean, received string.",
      'wrong_type',
    ],
    [
      { prompt: 'a', messages: 'hi' },
      'messages',
      "Invalid type for 'messages': expected array, received string.",
      'wrong_type',
    ],
    [
      { prompt: 'a', messages: [5] },
      'messages[0]',
      "Invalid type for 'messages[0]': expected object, received number.",
      'wrong_type',
    ],
    [
      { prompt: 'a', quality: 'best' },
      'quality',
      'Invalid value for \'quality\': expected one of "low"|"high".',
      'wrong_value',
    ],
    [
      { prompt: 'a', n: 11 },
      'n',
      "Invalid value for 'n': Too big: expected number to be <=10.",
      'wrong_value',
    ],
    [
      { prompt: 'a long one' },
      'prompt',
      "Invalid value for 'prompt': Too big: expected string to have <=5 characters.",
      'wrong_value',
    ],
  ])('%j', ([body, param, message, mistake], { expect }) => {
    expect(problemOf(body)).toEqual({ kind: 'invalid_request', param, message, mistake })
  })

  test.for([null, undefined, 'text', 5, true, [], [{ prompt: 'a' }]])(
    '%j is no object',
    (body, { expect }) => {
      expect(problemOf(body)).toEqual({
        kind: 'invalid_request',
        message: 'The body must be a JSON object.',
        param: undefined,
        mistake: 'wrong_type',
      })
    },
  )

  test('only the first fault is told', ({ expect }) => {
    expect(problemOf({ n: 'two', stream: 1 })).toMatchObject({ param: 'prompt' })
  })

  test('what the caller sent is not repeated', ({ expect }) => {
    const secret = 'sk-very-secret'
    const body = { prompt: `${secret}${secret}`, quality: secret, n: secret, stream: secret }
    expect(JSON.stringify(problemOf(body))).not.toContain(secret)
    expect(JSON.stringify(problemOf({ ...body, prompt: 'a' }))).not.toContain(secret)
  })
})
