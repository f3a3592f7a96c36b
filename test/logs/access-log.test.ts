import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import * as z from 'zod'

import { ACCESS_KEY } from '../support/start-gateway.ts'
import { startStack, until, type Stack } from '../support/start-stack.ts'

let stack: Stack

beforeAll(async () => {
  stack = await startStack({ env: { WORKER_ACCESS_KEY: `alice:${ACCESS_KEY}` } })
  // Prices are there from here on.
  await stack.post('/images/generations', { model: MODEL, prompt: 'a cat [[run:300ms]]' })
})
afterAll(() => stack.close())
beforeEach(() => {
  stack.fal.journal.clear()
})

const MODEL = 'nano-banana'

const ms = z.strictObject({
  submit: z.optional(z.number()),
  queue: z.optional(z.number()),
  run: z.optional(z.number()),
  fetch: z.optional(z.number()),
  total: z.number(),
})

// Strict: what else stood in a line could be a prompt, a key or a URL.
const line = z.strictObject({
  message: z.literal('request'),
  request_id: z.string().regex(/^req_[0-9a-f]{32}$/),
  method: z.string(),
  route: z.string(),
  status: z.number(),
  outcome: z.string(),
  caller: z.string(),
  model: z.optional(z.string()),
  endpoint: z.optional(z.string()),
  fal_request_id: z.optional(z.string()),
  pictures: z.optional(z.number()),
  units: z.optional(z.number()),
  cost_usd: z.optional(z.number()),
  ms,
})

/** The lines of one request, which its answer names. */
function linesOf(requestId: string | null): readonly z.infer<typeof line>[] {
  const lines = stack.gateway.log().split('\n')
  return lines
    .filter((text) => requestId !== null && text.includes(requestId))
    .map((text) => line.parse(JSON.parse(text)))
}

/** The one line of a request, when it has come. */
async function lineOf(response: Response): Promise<z.infer<typeof line>> {
  const requestId = response.headers.get('x-request-id')
  await until(() => linesOf(requestId).length > 0)
  const [one, ...more] = linesOf(requestId)
  expect(more).toEqual([])
  if (one === undefined) throw new Error('no line')
  return one
}

const prompt = 'a purple giraffe'
const messages = [{ role: 'user', content: prompt }]

const SURFACES = [
  ['/images/generations', { prompt }],
  ['/images/generations', { prompt, stream: true }],
  ['/images/generations', { prompt, response_format: 'b64_json', n: 2 }],
  ['/chat/completions', { messages }],
  ['/chat/completions', { messages, stream: true }],
  ['/responses', { input: prompt }],
  ['/responses', { input: prompt, stream: true }],
] as const

describe('a request is one line', () => {
  test.for(SURFACES)('%s with %o', async ([path, body]) => {
    const response = await stack.post(path, { model: MODEL, ...body })
    const requestIds = response.headers.get('x-fal-request-id')
    await response.arrayBuffer()
    const pictures = 'n' in body ? 2 : 1
    expect(await lineOf(response)).toEqual({
      message: 'request',
      request_id: response.headers.get('x-request-id'),
      method: 'POST',
      route: path,
      status: 200,
      outcome: 'completed',
      caller: 'alice',
      model: MODEL,
      endpoint: 'fal-ai/nano-banana',
      fal_request_id: requestIds,
      pictures,
      units: pictures,
      cost_usd: pictures * 0.0398,
      ms: {
        submit: expect.any(Number),
        queue: expect.any(Number),
        run: expect.any(Number),
        fetch: expect.any(Number),
        total: expect.any(Number),
      },
    })
  })

  test('an edit', async () => {
    const response = await stack.post('/images/edits', {
      model: MODEL,
      prompt,
      images: [{ image_url: 'https://example.com/cat.png' }],
    })
    await response.arrayBuffer()
    expect(await lineOf(response)).toMatchObject({ route: '/images/edits', caller: 'alice' })
  })

  test('a look-up', async () => {
    const made = await stack.post('/images/generations', { model: MODEL, prompt })
    const path = `/images/jobs/${made.headers.get('x-job-id')}`
    for (const query of ['', '?response_format=b64_json']) {
      const found = await stack.request(`${path}${query}`)
      await found.arrayBuffer()
      expect(await lineOf(found)).toMatchObject({
        method: 'GET',
        route: '/images/jobs/:id',
        outcome: 'completed',
      })
    }
  })

  test('a list, a greeting, a preflight', async () => {
    for (const [path, method] of [
      ['/models', 'GET'],
      ['/', 'HEAD'],
      ['/models', 'OPTIONS'],
    ] as const) {
      const response = await stack.request(path, { method })
      await response.arrayBuffer()
      expect(await lineOf(response)).toMatchObject({ method, outcome: 'completed' })
    }
  })
})

describe('a line says how a request failed', () => {
  const failing = (words: string) => ({ model: MODEL, prompt: `${prompt} ${words}` })

  test.for([
    ['/images/generations', failing('[[fail:content_policy_violation]]'), 400, 'content_rejected'],
    ['/images/generations', failing('[[submit:500]]'), 502, 'upstream_failed'],
    ['/images/generations', failing('[[cdn:404]]'), 502, 'upstream_failed'],
    ['/images/generations', { prompt: '' }, 400, 'invalid_request'],
    ['/images/generations', { prompt, model: 'sk-no-model' }, 404, 'model_not_found'],
    ['/nowhere', {}, 404, 'route_not_found'],
  ] as const)('%s with %o', async ([path, body, status, outcome]) => {
    const response = await stack.post(path, { response_format: 'b64_json', ...body })
    await response.arrayBuffer()
    expect(await lineOf(response)).toMatchObject({ status, outcome })
  })

  test.for([
    ['before the first picture', '[[result:500]]', 'unreadable'],
    ['in the picture', '[[cdn:break]]', 'upstream_failed'],
    ['when the picture cannot be had', '[[cdn:404]]', 'upstream_failed'],
  ] as const)('of a stream, %s', async ([, words, outcome]) => {
    const body = { ...failing(words), stream: true }
    const response = await stack.post('/images/generations', body)
    await response.arrayBuffer().catch(() => undefined)
    expect(await lineOf(response)).toMatchObject({ status: 200, outcome })
  })

  test('without a key nobody is named', async () => {
    const response = await fetch(`${stack.gateway.url}/v1/models`)
    await response.arrayBuffer()
    expect(await lineOf(response)).toMatchObject({ status: 401, outcome: 'unauthenticated' })
  })
})

describe('a line comes when the request has ended', () => {
  test('not at the head of a stream', async () => {
    const response = await stack.post('/chat/completions', {
      model: MODEL,
      messages: [{ role: 'user', content: `${prompt} [[run:500ms]]` }],
      stream: true,
    })
    const reader = response.body?.getReader()
    await reader?.read()
    expect(linesOf(response.headers.get('x-request-id'))).toEqual([])
    while ((await reader?.read())?.done === false);
    expect(await lineOf(response)).toMatchObject({ outcome: 'completed', pictures: 1 })
  })

  test('and says that the caller hung up', async () => {
    const leaving = new AbortController()
    const body = {
      model: MODEL,
      messages: [{ role: 'user', content: `${prompt} [[queue:20s]]` }],
      stream: true,
    }
    const response = await stack.post('/chat/completions', body, { signal: leaving.signal })
    await response.body?.getReader().read()
    leaving.abort()
    const seen = await lineOf(response)
    expect(seen).toMatchObject({ outcome: 'hung_up', pictures: 0, model: MODEL })
    expect(seen).not.toHaveProperty('cost_usd')
  })

  test('or that it left a job behind', async () => {
    const body = { model: MODEL, input: `${prompt} [[run:300ms]]`, background: true }
    const response = await stack.post('/responses', body)
    await response.arrayBuffer()
    expect(await lineOf(response)).toMatchObject({ outcome: 'in_background', status: 200 })
  })
})

test('no line holds a prompt, a key or an address', () => {
  const log = stack.gateway.log()
  expect(log).toContain('req_')
  for (const secret of [
    'purple',
    'giraffe',
    ACCESS_KEY,
    'test-secret',
    'sk-no-model',
    '127.0.0.1',
    'http:',
    '/cdn/',
    'nowhere',
  ]) {
    expect(log).not.toContain(secret)
  }
})
