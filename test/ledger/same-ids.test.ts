import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'

import { ACCESS_KEY } from '../support/start-gateway.ts'
import { startStack, until, type Stack } from '../support/start-stack.ts'
import { order } from './orders.ts'

let stack: Stack

beforeAll(async () => {
  stack = await startStack({ ledger: 'temporary' })
})
afterAll(() => stack.close())
beforeEach(() => {
  stack.fal.journal.clear()
})

const submits = (): number => stack.fal.journal.count('submit')

/** Ids say when a job was ordered, in seconds. */
async function untilTheNextSecond(): Promise<void> {
  const second = Math.floor(Date.now() / 1000)
  await until(() => Date.now() / 1000 >= second + 1)
}

describe('a repeat has the ids of the first', () => {
  test.for([
    ['an Idempotency-Key', { 'idempotency-key': 'ids' }, { 'idempotency-key': 'ids' }],
    ['a count', { 'x-stainless-retry-count': '0' }, { 'x-stainless-retry-count': '1' }],
  ] as const)('x-job-id, and on the list it is one job: %s', async ([name, first, repeat]) => {
    const body = { prompt: `a cat with ${name} [[run:1500ms]]`, n: 8 }
    const [one, other] = await Promise.all([
      order(stack, body, first),
      untilTheNextSecond().then(() => order(stack, body, repeat)),
    ])
    expect(one.headers.get('x-job-id')).toMatch(/^job_/)
    expect(other.headers.get('x-job-id')).toBe(one.headers.get('x-job-id'))
    expect(submits()).toBe(2)
  })

  test('a response in the background', async () => {
    const wish = { model: 'flux-dev', input: 'a cat in the background', background: true }
    const headers = { 'Idempotency-Key': 'background' }
    const create = () => stack.openai.responses.create(wish, { headers })
    const one = await create()
    await untilTheNextSecond()
    const other = await create()
    expect([other.id, other.created_at]).toEqual([one.id, one.created_at])
    expect(submits()).toBe(1)
  })

  test.for([
    ['a response', '/responses', { input: 'a cat as a response' }],
    ['a response as a stream', '/responses', { input: 'a cat as a stream', stream: true }],
    ['an image', '/images/generations', { prompt: 'a cat in time' }],
    ['an image as a stream', '/images/generations', { prompt: 'a cat in a stream', stream: true }],
    ['a job left to fal', '/images/generations', { prompt: 'a cat left' }, 'respond-async'],
  ] as const)('%s says the same time', async ([name, path, wish, prefer = 'wait']) => {
    const headers = { 'idempotency-key': name.replaceAll(' ', '-'), prefer }
    const times = async (): Promise<readonly string[]> => {
      const text = await (
        await stack.post(path, { model: 'flux-dev', ...wish }, { headers })
      ).text()
      return text.match(/"created(?:_at)?":\d+/g) ?? []
    }
    const one = await times()
    await untilTheNextSecond()
    expect(one.length).toBeGreaterThan(0)
    expect(await times()).toEqual(one)
    expect(submits()).toBe(1)
  })

  test('a job that is left to fal', async () => {
    const wish = { prompt: 'a cat left to fal' }
    const headers = { prefer: 'respond-async', 'idempotency-key': 'left to fal' }
    const one = await order(stack, wish, { ...headers, 'idempotency-key': 'left-to-fal' })
    await untilTheNextSecond()
    const other = await order(stack, wish, { ...headers, 'idempotency-key': 'left-to-fal' })
    expect(other.headers.get('x-job-id')).toBe(one.headers.get('x-job-id'))
  })
})

test('the same key at every way to write a path is the same order', async () => {
  const ways = [
    '/v1/images/generations',
    '/images/generations',
    '//v1/images/generations',
    '/v1//images/generations/',
    '/v1/v1/images/generations',
    '/openai/v1/images/generations?api-version=2025-04-01-preview',
  ]
  for (const way of ways) {
    const response = await fetch(`${stack.gateway.url}${way}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${ACCESS_KEY}`, 'idempotency-key': 'many-ways' },
      body: JSON.stringify({ model: 'flux-dev', prompt: 'a cat by many ways' }),
    })
    expect([way, response.status]).toEqual([way, 200])
    await response.text()
  }
  expect(submits()).toBe(1)
})

async function drawAt(path: string, body: Record<string, unknown>): Promise<number> {
  const response = await fetch(`${stack.gateway.url}${path}`, {
    method: 'POST',
    headers: { 'api-key': ACCESS_KEY, 'idempotency-key': 'azure' },
    body: JSON.stringify(body),
  })
  await response.text()
  return response.status
}

const azure = (name: string): string => `/openai/deployments/${name}/images/generations`

test('at another deployment of Azure’s, and at another route, it is another order', async () => {
  const cat = { prompt: 'an azure cat' }
  expect(await drawAt(`${azure('flux-dev')}?api-version=1`, cat)).toBe(200)
  expect(await drawAt(`/${azure('flux-dev')}?api-version=2`, cat)).toBe(200)
  expect(await drawAt(azure('flux-schnell'), cat)).toBe(409)
  expect(await drawAt('/v1/images/generations', cat)).toBe(409)
  expect(submits()).toBe(1)
})
