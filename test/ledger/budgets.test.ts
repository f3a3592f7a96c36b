import { connect } from 'node:net'

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'

import { startStack, until, type Stack } from '../support/start-stack.ts'

let stack: Stack

const CALLERS = ['four', 'five', 'clear', 'broken', 'gone', 'left', 'repeat', 'early']
const keyOf = (name: string): string => `sk-of-${name}`

beforeAll(async () => {
  const rows = CALLERS.map((name) => [name, { key: keyOf(name), budget_usd: 0.1 }])
  const env = { ACCESS_KEYS: JSON.stringify(Object.fromEntries(rows)) }
  stack = await startStack({ ledger: 'temporary', env })
})
afterAll(() => stack.close())
beforeEach(() => {
  stack.fal.journal.clear()
})

/** $0.0398 an image: two are within a budget of $0.10, three are not. */
const model = 'nano-banana'

async function draw(
  name: string,
  body: Record<string, unknown>,
  headers: Record<string, string> = {},
): Promise<{ status: number; url: string | undefined; cost: number; headers: Headers }> {
  const wish = { model, prompt: 'a cat [[run:300ms]]', ...body }
  const authorization = `Bearer ${keyOf(name)}`
  const response = await stack.post('/images/generations', wish, {
    headers: { authorization, ...headers },
  })
  const url = /"url":"(\S+?)"/.exec(await response.text())?.[1]
  const cost = Number(response.headers.get('x-cost-usd') ?? 0)
  return { status: response.status, url, cost, headers: response.headers }
}

describe('equal requests at once within a budget for one', () => {
  test('four with one new key are one job, and all get its image', async () => {
    const key = { 'idempotency-key': 'four-at-once' }
    const ends = await Promise.all([1, 2, 3, 4].map(async () => draw('four', { n: 2 }, key)))
    expect(ends.map(({ status }) => status)).toEqual([200, 200, 200, 200])
    expect(new Set(ends.map(({ url }) => url)).size).toBe(1)
    expect(stack.fal.journal.count('submit')).toBe(1)
  })

  test('with other keys all but one are refused', async () => {
    const ends = await Promise.all(
      [1, 2, 3, 4].map(async (one) => draw('five', { n: 2 }, { 'idempotency-key': `${one}` })),
    )
    const statuses = ends.map(({ status }) => status).toSorted((one, other) => one - other)
    expect(statuses).toEqual([200, 429, 429, 429])
    expect(stack.fal.journal.count('submit')).toBe(1)
  })

  test('a repeat costs nothing, when the budget is used up too', async () => {
    const key = { 'idempotency-key': 'and-again' }
    const first = await draw('repeat', { n: 2 }, key)
    expect((await draw('repeat', { n: 2 })).status).toBe(429)
    expect(await draw('repeat', { n: 2 }, key)).toMatchObject({ status: 200, url: first.url })
  })
})

test.for([{}, { 'x-stainless-retry-count': '0' }, { 'idempotency-key': 'clear' }])(
  'a second step is set aside with the first: %o',
  async (headers) => {
    // $0.0398 and $0.05: one is within the budget, two are not.
    const two = await draw('clear', { background: 'transparent', n: 2 }, headers)
    expect(two.status).toBe(429)
    expect(stack.fal.journal.count('submit')).toBe(0)
  },
)

test('and one with its second step is within it', async () => {
  expect(await draw('clear', { background: 'transparent' })).toMatchObject({ cost: 0.0898 })
})

test.for([
  ['broken', '[[fail:internal_server_error]]'],
  ['broken', '[[fail:generation_timeout]]'],
  ['gone', '[[infra:runner_disconnected]]'],
  ['gone', '[[infra:request_timeout]]'],
])('what fal does not charge is given back: %s %s', async ([name = '', fault = '']) => {
  const failed = await draw(name, { n: 2, prompt: `a cat ${fault}` })
  expect(failed.status).toBeGreaterThanOrEqual(400)
  expect(failed.headers.get('x-cost-usd')).toBe('0')
  const again = async () => draw(name, { n: 2, prompt: `another ${fault}` })
  expect((await again()).headers.get('x-cost-usd')).toBe('0')
})

test('nothing stays set aside for who leaves before fal has taken anything', async () => {
  const socket = connect(Number(new URL(stack.gateway.url).port), '127.0.0.1')
  socket.on('error', () => undefined)
  const body = JSON.stringify({ model, n: 2, prompt: 'a cat [[submit:429]]' })
  socket.write(
    `POST /v1/images/generations HTTP/1.1\r\nhost: gateway\r\nauthorization: Bearer ${keyOf('early')}\r\n` +
      `content-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
  )
  await until(() => stack.fal.journal.count('submit') === 1)
  expect((await draw('early', { n: 2 })).status).toBe(429)
  socket.resetAndDestroy()
  await until(async () => (await draw('early', { n: 2 })).status === 200)
})

test('and of a job that nobody waited for, when it is looked up', async () => {
  const prompt = 'a cat [[fail:internal_server_error]]'
  const failed = await draw('left', { n: 2, prompt }, { prefer: 'respond-async' })
  const id = failed.headers.get('x-job-id') ?? ''
  await until(() => stack.fal.journal.jobs().every(({ state }) => state === 'COMPLETED'))
  expect((await draw('left', { n: 2 })).status).toBe(429)
  const headers = { authorization: `Bearer ${keyOf('left')}` }
  await (await stack.request(`/images/jobs/${id}`, { headers })).text()
  await until(async () => (await draw('left', { n: 2, prompt: 'a cat' })).status === 200)
})
