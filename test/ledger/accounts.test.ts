import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import * as z from 'zod'

import { ACCESS_KEY } from '../support/start-gateway.ts'
import { startStack, until, type Stack } from '../support/start-stack.ts'

let stack: Stack
let folder: string

const env = {
  WORKER_ACCESS_KEY: `owner:${ACCESS_KEY}`,
  ACCESS_KEYS: JSON.stringify({
    alice: { key: 'sk-alice', budget_usd: 0.1 },
    bob: { key: 'sk-bob', requests_per_minute: 3 },
    carol: { key: 'sk-carol', budget_usd: 0.05 },
  }),
}

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'ledger-'))
  stack = await startStack({ ledger: folder, env })
})
afterAll(async () => {
  await stack.close()
  rmSync(folder, { recursive: true, force: true })
})
beforeEach(() => {
  stack.fal.journal.clear()
})

const as = (key: string, more: Record<string, string> = {}) => ({
  headers: { authorization: `Bearer ${key}`, ...more },
})

const page = z.object({ data: z.array(z.record(z.string(), z.unknown())) })

async function list(route: string, key = ACCESS_KEY): Promise<Record<string, unknown>[]> {
  const response = await stack.request(route, as(key))
  expect(response.status).toBe(200)
  return page.parse(await response.json()).data
}

const latestOf = async (key: string) => (await list('/images/jobs', key))[0]

const draw = (body: Record<string, unknown>, key = ACCESS_KEY, more: Record<string, string> = {}) =>
  stack.post('/images/generations', { model: 'flux-dev', prompt: 'a cat', ...body }, as(key, more))

describe('the list of jobs', () => {
  test('holds the caller’s own, the latest first, and each can be looked up', async () => {
    const ids: (string | null)[] = []
    for (const prompt of ['first', 'second']) {
      const response = await draw({ prompt })
      await response.json()
      ids.unshift(response.headers.get('x-job-id'))
    }
    const mine = await list('/images/jobs')
    expect(mine.slice(0, 2).map(({ id }) => id)).toEqual(ids)
    expect(mine[0]).toMatchObject({ object: 'image.job', model: 'flux-dev', status: 'completed' })
    expect(await list('/images/jobs', 'sk-bob')).toEqual([])
    const found = await stack.request(`/images/jobs/${String(mine[0]?.['id'])}`)
    expect(await found.json()).toMatchObject({ status: 'completed' })
  })

  test('holds a hundred', async () => {
    await Promise.all(
      Array.from({ length: 105 }, async (_, index) => (await draw({ prompt: `${index}` })).text()),
    )
    expect(await list('/images/jobs')).toHaveLength(100)
  })

  test('needs the ledger', async () => {
    const without = await startStack()
    try {
      for (const route of ['/images/jobs', '/usage']) {
        const response = await without.request(route)
        expect(response.status).toBe(404)
        expect(await response.json()).toMatchObject({ error: { code: 'ledger_missing' } })
      }
    } finally {
      await without.close()
    }
  })
})

describe('the usage', () => {
  test('is counted for each caller, model and day; the owner sees everybody’s', async () => {
    const before = (await list('/usage', 'sk-bob')).find(({ model }) => model === 'flux-schnell')
    expect(before).toBeUndefined()
    await (await draw({ model: 'flux-schnell', n: 2 }, 'sk-bob')).json()
    const [bobs] = await list('/usage', 'sk-bob')
    expect(bobs).toMatchObject({
      object: 'usage',
      caller: 'bob',
      model: 'flux-schnell',
      day: new Date().toISOString().slice(0, 10),
      jobs: 1,
      pictures: 2,
    })
    expect(bobs?.['cost_usd']).toBeGreaterThan(0)
    const all = await list('/usage', ACCESS_KEY)
    expect(all).toContainEqual(bobs)
    expect(all.some(({ caller }) => caller === 'owner')).toBe(true)
  })

  test('counts a job once that several requests were waiting for', async () => {
    const key = { 'idempotency-key': 'counted-once' }
    const body = { model: 'nano-banana', prompt: 'one [[run:300ms]]' }
    await Promise.all([1, 2, 3].map(async () => (await draw(body, ACCESS_KEY, key)).text()))
    const rows = await list('/usage', ACCESS_KEY)
    expect(rows.find(({ model }) => model === 'nano-banana')).toMatchObject({
      jobs: 1,
      pictures: 1,
    })
  })
})

describe('a job that its caller did not wait for', () => {
  test('is counted when it is looked up, once, with what it cost', async () => {
    const model = 'nano-banana-pro'
    const ofModel = async () => (await list('/usage')).find((row) => row['model'] === model)
    const answer = await draw({ model, prompt: 'left alone [[run:500ms]]' }, ACCESS_KEY, {
      prefer: 'respond-async',
    })
    const id = answer.headers.get('x-job-id')
    expect(answer.status).toBe(202)
    expect(await ofModel()).toBeUndefined()
    await until(async () => {
      const found = await stack.request(`/images/jobs/${id}`, as(ACCESS_KEY))
      return z.object({ status: z.string() }).parse(await found.json()).status === 'completed'
    })
    await until(async () => (await ofModel())?.['jobs'] === 1)
    await (await stack.request(`/images/jobs/${id}`, as(ACCESS_KEY))).text()
    expect(await ofModel()).toMatchObject({ jobs: 1, pictures: 1, cost_usd: expect.any(Number) })
  })
})

describe('a budget of $0.10 a day', () => {
  test('lets two pictures of $0.04 pass, also when three start at once', async () => {
    const ends = await Promise.all(
      [1, 2, 3].map(async (one) =>
        draw({ model: 'flux-pro-1.1', prompt: `cat ${one}` }, 'sk-alice'),
      ),
    )
    const statuses = ends.map(({ status }) => status).toSorted((one, other) => one - other)
    expect(statuses).toEqual([200, 200, 429])
    expect(stack.fal.journal.count('submit')).toBe(2)
    const refused = ends.find(({ status }) => status === 429)
    expect(refused?.headers.get('x-should-retry')).toBe('false')
    expect(await refused?.json()).toMatchObject({ error: { code: 'insufficient_quota' } })
    // And the fourth, when the costs of the first two are known.
    expect((await draw({ model: 'flux-pro-1.1' }, 'sk-alice')).status).toBe(429)
    expect(stack.fal.journal.count('submit')).toBe(2)
  })
})

describe('a caller who leaves before fal has begun', () => {
  test.for([
    ['at once', {}, 8],
    ['when no repeat has come', { 'x-stainless-retry-count': '0' }, 20],
  ] as const)(
    'has what was set aside again: %s',
    { timeout: 60_000 },
    async ([, more, seconds]) => {
      const leaving = new AbortController()
      const prompt = 'a left cat [[queue:40s]]'
      const wish = { model: 'flux-pro-1.1', prompt, stream: true }
      const response = await stack.post('/images/generations', wish, {
        ...as('sk-carol', more),
        signal: leaving.signal,
      })
      expect(response.status).toBe(200)
      expect((await draw({ model: 'flux-pro-1.1' }, 'sk-carol')).status).toBe(429)
      leaving.abort()
      await until(() => stack.fal.journal.count('cancel') === 1, seconds)
      await until(async () => (await latestOf('sk-carol'))?.['status'] === 'cancelled')
      const another = { model: 'flux-pro-1.1', prompt: 'another [[queue:40s]]', stream: true }
      const again = await stack.post('/images/generations', another, as('sk-carol'))
      expect(again.status).toBe(200)
      await again.body?.cancel()
      await until(() => stack.fal.journal.count('cancel') === 2)
    },
  )
})

describe('three requests a minute', () => {
  test('the fourth is 429 and says when to come again', async () => {
    const ends = await Promise.all([1, 2, 3, 4].map(async () => draw({}, 'sk-bob')))
    const refused = ends.filter(({ status }) => status === 429)
    // One may have been used up by the test above.
    expect(refused.length).toBeGreaterThanOrEqual(1)
    expect(Number(refused[0]?.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(refused[0]?.headers.get('x-ratelimit-remaining-requests')).toBe('0')
    expect(stack.fal.journal.count('submit')).toBe(4 - refused.length)
  })
})
