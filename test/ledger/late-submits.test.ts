import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'

import { openDoorway, type Doorway } from '../support/doorway.ts'
import { startStack, until, type Stack } from '../support/start-stack.ts'
import { order } from './orders.ts'

// fal has taken a job and tells of its end, before its answer to the submit comes, or when that never does.

let doorway: Doorway
let stack: Stack

beforeAll(async () => {
  doorway = await openDoorway()
  const env = { PUBLIC_URL: doorway.url }
  stack = await startStack({ ledger: 'temporary', env, webhookRetryMs: 100 })
  doorway.leadTo(stack.gateway.url)
})
afterAll(async () => {
  await stack.close()
  await doorway.close()
})
beforeEach(() => {
  stack.fal.journal.clear()
})

const submits = (): number => stack.fal.journal.count('submit')
const told = (): number =>
  stack.fal.journal
    .entries()
    .filter(({ kind, status }) => kind === 'webhook-delivery' && status === 200).length

test.for([
  ['an Idempotency-Key', { 'idempotency-key': 'late' }, { 'idempotency-key': 'late' }],
  [
    "the official client's count",
    { 'x-stainless-retry-count': '0' },
    { 'x-stainless-retry-count': '1' },
  ],
] as const)(
  'a submit that is not answered yet: the request and its repeat with %s get the image',
  async ([name, first, repeat]) => {
    const body = { prompt: `a late cat with ${name} [[answer:20s]] [[run:200ms]]` }
    const asking = order(stack, body, first)
    await until(() => told() === 1)
    const again = await order(stack, body, repeat)
    const made = await asking
    expect(made).toMatchObject({ status: 200, urls: [expect.stringMatching(/^http/)] })
    if ('idempotency-key' in first) expect(again.urls).toEqual(made.urls)
    expect(again.status).toBe(200)
  },
)

test('the answer is lost after fal has told', async () => {
  const key = { 'idempotency-key': 'lost-later' }
  const body = { prompt: 'a cat [[submit:cut-after]] [[answer:1500ms]] [[run:100ms]]' }
  expect(await order(stack, body, key)).toMatchObject({ status: 200 })
  expect(await order(stack, body, key)).toMatchObject({ status: 200 })
  expect(submits()).toBe(1)
})

test('the answer is lost before fal tells', async () => {
  const key = { 'idempotency-key': 'lost-sooner' }
  const body = { prompt: 'a cat [[submit:cut-after]] [[run:500ms]]' }
  expect(await order(stack, body, key)).toMatchObject({ status: 502 })
  await until(() => told() === 1)
  expect(await order(stack, body, key)).toMatchObject({ status: 200 })
  expect(submits()).toBe(1)
})

test('the second of two submits is not answered: all eight are there when fal has told', async () => {
  const key = { 'idempotency-key': 'second-late' }
  const body = { n: 8, prompt: 'eight cats [[answer:0ms*1]] [[answer:20s]] [[run:300ms]]' }
  const made = await order(stack, body, key)
  expect(new Set(made.urls).size).toBe(8)
  expect((await order(stack, body, key)).urls).toEqual(made.urls)
  expect(submits()).toBe(2)
})

describe('sent again without a word that it is a repeat, as the AI SDK does', () => {
  test.for([
    ['one image', 1],
    // The second part is not submitted when nobody knows of the first.
    ['the first four of eight', 8],
  ] as const)('the answer is lost before fal tells: %s', async ([name, n]) => {
    const body = { n, prompt: `a silent cat, ${name} [[submit:cut-after]] [[run:300ms]]` }
    expect(await order(stack, body)).toMatchObject({ status: 502 })
    const again = async () => order(stack, body)
    // Nothing is submitted for as long as fal has not told.
    expect((await again()).status).toBe(502)
    await until(() => told() === submits())
    const made = await again()
    expect([made.status, made.urls.length]).toEqual([200, Math.min(n, 4)])
    expect(made.headers.get('x-adjusted')).toBe(n === 8 ? 'n=8->4' : null)
    expect(submits()).toBe(1)
    // And the same words once more are another order.
    expect(await again()).toMatchObject({ status: 502 })
    expect(submits()).toBe(2)
    await until(() => told() === 2)
  })

  test('what fal tells is that it failed: the reason is told, and nothing is made anew', async () => {
    const body = {
      prompt:
        'a forbidden cat [[submit:cut-after]] [[fail:content_policy_violation]] [[run:100ms]]',
    }
    expect(await order(stack, body)).toMatchObject({ status: 502 })
    await until(() => told() === 1)
    expect(await order(stack, body)).toMatchObject({ status: 400 })
    expect(submits()).toBe(1)
  })
})
