import OpenAI, {
  APIError,
  AuthenticationError,
  BadRequestError,
  InternalServerError,
  NotFoundError,
} from 'openai'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'

import { startStack, type Stack } from '../support/start-stack.ts'

let stack: Stack

beforeAll(async () => {
  stack = await startStack()
})
afterAll(() => stack.close())
beforeEach(() => {
  stack.fal.journal.clear()
})

/** What the official client throws, with its default retries. */
async function failure(call: PromiseLike<unknown>): Promise<APIError> {
  try {
    await call
  } catch (error) {
    if (error instanceof APIError) return error
    throw error
  }
  throw new Error('it did not fail')
}

function generate(prompt: string, more: Partial<OpenAI.ImageGenerateParams> = {}) {
  return stack.openai.images.generate({ model: 'flux-dev', prompt, ...more, stream: false })
}

test('a refused prompt is the caller’s to mend, and is submitted once', async () => {
  const error = await failure(generate('a cat [[fail:content_policy_violation]]'))
  expect(error).toBeInstanceOf(BadRequestError)
  expect(error).toMatchObject({ status: 400, code: 'content_policy_violation', param: 'prompt' })
  expect(error.headers?.get('x-should-retry')).toBe('false')
  expect(error.headers?.get('x-job-id')).toMatch(/^job_/)
  expect(JSON.stringify(error.error)).not.toContain('a cat')
  expect(stack.asked()).toEqual({ submit: 1, 'status-stream': 1, result: 1 })
})

test('a picture that fal flagged is not passed off as a result', async () => {
  const error = await failure(generate('a cat [[nsfw]]'))
  expect(error).toMatchObject({ status: 400, code: 'content_policy_violation' })
  expect(stack.fal.journal.count('submit')).toBe(1)
})

test('of several pictures the flagged ones are left out and named', async () => {
  const response = await stack.post('/images/generations', {
    model: 'flux-dev',
    prompt: 'cats [[nsfw:0,2]]',
    n: 3,
  })
  expect(response.headers.get('x-adjusted')).toBe('n=3->1:flagged')
  expect(await response.json()).toMatchObject({ data: [{ url: expect.any(String) }] })
})

test('an input that fal refuses is named in the caller’s words', async () => {
  const error = await failure(generate('a cat [[fail:image_too_small]]'))
  expect(error).toMatchObject({ status: 400, code: 'invalid_value', param: 'image' })
  const ratio = await failure(generate('a cat [[fail:less_than_equal]]'))
  expect(ratio).toMatchObject({ status: 400, code: 'invalid_value', param: expect.any(String) })
  expect(ratio.message).toContain('less than or equal to')
  expect(stack.fal.journal.count('submit')).toBe(2)
})

test('a field of fal’s own that is out of range is moved into it, and named', async () => {
  const response = await stack.post('/images/generations', {
    model: 'flux-dev',
    prompt: 'a cat',
    num_inference_steps: 999,
  })
  expect(response.status).toBe(200)
  expect(response.headers.get('x-adjusted')).toBe('num_inference_steps=999->50')
})

describe('mistakes that are seen before anything is submitted', () => {
  test.for([
    [{ n: 11 }, 'n'],
    [{ n: 0 }, 'n'],
    [{ n: 1.5 }, 'n'],
    [{ size: 'huge' }, 'size'],
    [{ size: '0x0' }, 'size'],
    [{ quality: 'superb' }, 'quality'],
    [{ prompt: '  ' }, 'prompt'],
    [{ prompt: 7 }, 'prompt'],
    [{ prompt: undefined }, 'prompt'],
    [{ output_format: 'jpeg', background: 'transparent' }, 'background'],
    [{ seed: 'lucky' }, 'seed'],
    [{ stream: 'yes' }, 'stream'],
  ] as const)('%j is 400 with the parameter’s name', async ([fields, param]) => {
    const body = { model: 'flux-dev', prompt: 'a cat', ...fields }
    const error = await failure(stack.openai.post('/images/generations', { body }))
    expect(error).toBeInstanceOf(BadRequestError)
    expect(error).toMatchObject({ param, type: 'invalid_request_error' })
    expect(stack.asked()).toEqual({})
  })
})

test('a wrong access key is 401', async () => {
  const stranger = new OpenAI({ baseURL: `${stack.gateway.url}/v1`, apiKey: 'sk-wrong' })
  const error = await failure(stranger.images.generate({ prompt: 'a cat' }))
  expect(error).toBeInstanceOf(AuthenticationError)
  expect(error).toMatchObject({ status: 401, code: 'invalid_api_key' })
  expect(error.message).not.toContain('sk-wrong')
  expect(stack.asked()).toEqual({})
})

test('an unknown model is 404 with names that are near', async () => {
  const error = await failure(generate('a cat', { model: 'flux-devv' }))
  expect(error).toBeInstanceOf(NotFoundError)
  expect(error).toMatchObject({ status: 404, code: 'model_not_found', param: 'model' })
  expect(error.message).toContain('flux-dev')
  expect(stack.asked()).toEqual({})
})

test('fal’s own failure at the result is 502 with the job’s id, after one submit', async () => {
  const error = await failure(generate('a cat [[result:500]]'))
  expect(error).toBeInstanceOf(InternalServerError)
  expect(error).toMatchObject({ status: 502, code: 'upstream_failed' })
  expect(error.error).toMatchObject({ job_id: error.headers?.get('x-job-id') })
  expect(stack.fal.journal.count('submit')).toBe(1)
})

test.for([
  'a cat [[infra:runner_disconnected]]',
  'a cat [[fail:internal_server_error]]',
  'a cat [[fail:downstream_service_error]]',
])('%s is fal’s fault: 502, one submit', async (prompt) => {
  expect(await failure(generate(prompt))).toMatchObject({ status: 502, code: 'upstream_failed' })
  expect(stack.fal.journal.count('submit')).toBe(1)
})

test.for(['[[submit:cut-after]]', '[[submit:cut-before]]', '[[submit:500]]', '[[submit:504]]'])(
  'a submit whose outcome is unknown (%s) is not repeated, by us or by the client',
  async (fault) => {
    const error = await failure(generate(`a cat ${fault}`))
    expect(error.status).toBe(502)
    expect(error.headers?.get('x-should-retry')).toBe('false')
    expect(stack.fal.journal.count('submit')).toBe(1)
  },
)

test('a submit that fal’s ingress turned away is repeated, and succeeds', async () => {
  await generate('a cat [[submit:502*2]]')
  expect(stack.asked()).toEqual({ submit: 3, 'status-stream': 1, result: 1 })
})

test('a limit that passes is waited for', async () => {
  await generate('a cat [[submit:429*1]]')
  expect(stack.asked()).toEqual({ submit: 2, 'status-stream': 1, result: 1 })
})

test('reads are repeated until they succeed', async () => {
  await generate('a cat [[result:502*1]] [[result:early*2]] [[cdn:500*1]]', {
    response_format: 'b64_json',
  })
  expect(stack.asked()).toMatchObject({ submit: 1, result: 4, cdn: 2 })
})

test('a failure inside a chat stream makes the client throw', async () => {
  const stream = await stack.openai.chat.completions.create({
    model: 'flux-dev',
    messages: [{ role: 'user', content: 'a cat [[run:300ms]] [[fail:content_policy_violation]]' }],
    stream: true,
  })
  const text: string[] = []
  const reading = (async () => {
    for await (const chunk of stream) text.push(chunk.choices[0]?.delta.content ?? '')
  })()
  const error = await failure(reading)
  expect(error).toMatchObject({ code: 'content_policy_violation', type: 'invalid_request_error' })
  expect(text.join('')).toBe('Making your picture…\n\n')
})

test('a failure before the first byte of a stream is an HTTP error', async () => {
  const error = await failure(
    stack.openai.chat.completions.create({
      model: 'flux-dev',
      messages: [{ role: 'user', content: 'a cat [[submit:500]]' }],
      stream: true,
    }),
  )
  expect(error.status).toBe(502)
})

test('when some of several requests fail, the pictures of the others are returned', async () => {
  const response = await stack.post('/images/generations', {
    model: 'flux-2-pro',
    prompt: 'a cat [[fail:internal_server_error*1]]',
    n: 3,
  })
  expect(response.status).toBe(200)
  expect(response.headers.get('x-adjusted')).toBe('n=3->2:upstream_failed')
  expect(await response.json()).toMatchObject({ data: [{}, {}] })
  expect(stack.fal.journal.count('submit')).toBe(3)
})
