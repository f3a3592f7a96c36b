import { once } from 'node:events'
import { createServer } from 'node:http'

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import * as z from 'zod'

import { startStack, until, type Stack } from '../support/start-stack.ts'

let stack: Stack

beforeAll(async () => {
  stack = await startStack()
})
afterAll(() => stack.close())
beforeEach(() => {
  stack.fal.journal.clear()
})

/** What prices were asked for since the journal was cleared. */
function asked({ fal }: Stack): readonly (string | undefined)[] {
  const lookUps = fal.journal.entries().filter(({ kind }) => kind === 'pricing')
  return lookUps.map(({ query }) => query['endpoint_id'])
}

/** A job that runs long enough for its price to be there. */
async function draw(body: Record<string, unknown>, on = stack): Promise<Headers> {
  const response = await on.post('/images/generations', {
    prompt: 'a cat [[run:300ms]]',
    model: 'nano-banana',
    ...body,
  })
  await response.arrayBuffer()
  return response.headers
}

test('the price of an endpoint is looked up once, beside its first job', async () => {
  const first = await draw({ model: 'seedream-4.5' })
  expect(asked(stack)).toEqual([first.get('x-fal-endpoint')])
  expect(first.get('x-cost-usd')).toBe('0.03')
  const second = await draw({ model: 'seedream-4.5' })
  expect(second.get('x-cost-usd')).toBe('0.03')
  expect(asked(stack)).toHaveLength(1)
  expect(stack.asked()).toEqual({ submit: 2, 'status-stream': 2, result: 2 })
  const lookUp = stack.fal.journal.entries().find(({ kind }) => kind === 'pricing')
  const result = stack.fal.journal.entries().find(({ kind }) => kind === 'result')
  // Not before the job is accepted, and not when it is done.
  expect(stack.fal.journal.entries()[0]?.kind).toBe('submit')
  expect(lookUp?.at).toBeLessThan(result?.at ?? 0)
})

test('the cost is that of all parts of a split, in megapixels where fal counts those', async () => {
  // 10 pictures of at most 4 a request: 4 + 4 + 2.
  expect((await draw({ n: 10 })).get('x-cost-usd')).toBe('0.398')
  expect(stack.asked()).toMatchObject({ submit: 3 })
  // 1536 x 1024 are 2 megapixels at 0.025.
  const pixels = await draw({ model: 'flux-dev', size: '1536x1024', n: 2 })
  expect(pixels.get('x-cost-usd')).toBe('0.1')
})

test('what fal does not say is absent, never 0', async () => {
  const without = await draw({ prompt: 'a cat [[no-units]]' })
  expect(without.has('x-cost-usd')).toBe(false)
  const some = await draw({ n: 8, prompt: 'a cat [[no-units*1]]' })
  expect(some.has('x-cost-usd')).toBe(false)
})

test('an endpoint that is billed as another costs what that one costs', async () => {
  const prompt = 'a cat [[run:300ms]] [[bill-as:fal-ai/nano-banana-pro]]'
  const first = await draw({ model: 'nano-banana-2', prompt })
  expect(first.has('x-cost-usd')).toBe(false)
  const second = await draw({ model: 'nano-banana-2', prompt })
  expect(second.get('x-cost-usd')).toBe('0.15')
})

test('a failure says what it cost', async () => {
  await draw({ model: 'flux-dev', size: '1024x1024' })
  const flagged = await draw({ model: 'flux-dev', size: '1024x1024', prompt: 'a cat [[nsfw:0]]' })
  expect([flagged.get('x-should-retry'), flagged.get('x-cost-usd')]).toEqual(['false', '0.05'])
  const refused = await draw({ prompt: 'a cat [[fail:content_policy_violation]]' })
  expect(refused.get('x-cost-usd')).toBe('0')
})

test('the second step for a clear background is in the sum, and named with its cost', async () => {
  const headers = await draw({ background: 'transparent', prompt: 'a cat [[run:300ms]]', n: 2 })
  expect(headers.get('x-adjusted')).toMatch(
    /^background=transparent->fal-ai\/birefnet\/v2 \(0\.1 USD\)$/,
  )
  expect(headers.get('x-cost-usd')).toBe('0.1796')
})

const usage = z.object({ cost: z.optional(z.number()) })
const withUsage = z.object({ usage })
const job = z.object({ status: z.literal('completed'), result: withUsage })

test('a job that is looked up costs what it cost', async () => {
  const made = await draw({ n: 2 })
  const response = await stack.request(`/images/jobs/${made.get('x-job-id')}`)
  expect(job.parse(await response.json()).result.usage.cost).toBe(0.0796)
  expect(response.headers.get('x-cost-usd')).toBe('0.0796')
})

/** The data of a stream's events. */
async function eventsOf(response: Response): Promise<readonly unknown[]> {
  const lines = (await response.text()).split('\n').filter((line) => line.startsWith('data: {'))
  return lines.map((line): unknown => JSON.parse(line.slice('data: '.length)))
}

describe('the usage says the cost', () => {
  const model = 'nano-banana'
  const prompt = 'a cat [[run:300ms]]'
  const messages = [{ role: 'user', content: prompt }]

  test.for([
    ['/images/generations', { model, prompt, n: 2 }, 0.0796],
    ['/images/generations', { model, prompt: `${prompt} [[no-units]]` }, undefined],
    ['/chat/completions', { model, messages }, 0.0398],
    ['/responses', { model, input: prompt }, 0.0398],
  ] as const)('of %s with %o', async ([path, body, cost]) => {
    const answer = withUsage.parse(await (await stack.post(path, body)).json())
    expect(answer.usage.cost).toBe(cost)
    expect('cost' in answer.usage).toBe(cost !== undefined)
  })

  test('in the last chunk of a chat stream', async () => {
    const asks = { stream: true, stream_options: { include_usage: true } }
    const chunks = await eventsOf(
      await stack.post('/chat/completions', { model, messages, ...asks }),
    )
    expect(chunks.at(-1)).toMatchObject({ choices: [], usage: { cost: 0.0398 } })
  })

  test('once in an event stream of several pictures', async () => {
    const body = { model, prompt, n: 2, stream: true }
    const events = await eventsOf(await stack.post('/images/generations', body))
    const usages = events.map((event) => withUsage.parse(event).usage.cost)
    expect(usages).toEqual([undefined, 0.0796])
  })

  test('in the completed event of a response, and when it is looked up', async () => {
    const events = await eventsOf(
      await stack.post('/responses', { model, input: prompt, stream: true }),
    )
    const completed = z
      .object({ response: z.object({ id: z.string(), usage }) })
      .parse(events.at(-1))
    expect(completed.response.usage.cost).toBe(0.0398)
    const found = await stack.request(`/responses/${completed.response.id}`)
    expect(withUsage.parse(await found.json()).usage.cost).toBe(0.0398)
    expect(found.headers.get('x-cost-usd')).toBe('0.0398')
  })
})

/** A platform that takes every question and answers none. */
async function startSilence(onGivenUp: () => void) {
  const server = createServer((request) => {
    request.once('close', onGivenUp)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : undefined
  return {
    url: `http://127.0.0.1:${port}/api/v1`,
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}

test('a picture does not wait for a price', async () => {
  let atGivingUp: Record<string, number> | undefined
  const silence = await startSilence(() => {
    atGivingUp = unpriced.asked()
  })
  const unpriced = await startStack({ env: { FAL_API_URL: silence.url } })
  try {
    const headers = await draw({ prompt: 'a cat' }, unpriced)
    expect(headers.has('x-cost-usd')).toBe(false)
    await until(() => atGivingUp !== undefined)
    // Nothing answered, yet by then the job had gone its whole way.
    expect(atGivingUp).toEqual({ submit: 1, 'status-stream': 1, result: 1 })
  } finally {
    await unpriced.close()
    silence.close()
  }
})

test('40 jobs at once ask for one price', async () => {
  const fresh = await startStack()
  try {
    const costs = await Promise.all(
      Array.from({ length: 40 }, async () => (await draw({}, fresh)).get('x-cost-usd')),
    )
    await until(() => asked(fresh).length > 0)
    expect(asked(fresh)).toHaveLength(1)
    expect(new Set(costs)).toEqual(new Set(['0.0398']))
  } finally {
    await fresh.close()
  }
})
