import { createHash } from 'node:crypto'

import { afterAll, beforeEach, describe, test } from 'vitest'
import { z } from 'zod'

import { startSimulator } from '../../simulator/start-simulator.ts'
import { createCaller, readImages } from './caller.ts'

const simulator = await startSimulator()
const caller = createCaller(simulator)
afterAll(() => simulator.close())
beforeEach(() => simulator.journal.clear())

const FLUX = 'fal-ai/flux/dev'

describe('the journal', () => {
  test('has every request of a job, with headers, key and outcome', async ({ expect }) => {
    const job = await caller.submit(
      FLUX,
      { prompt: 'a cat', seed: 4 },
      { 'x-fal-queue-priority': 'low' },
    )
    await caller.call(`${job.status_url}/stream?logs=1`)
    const { body } = await caller.call(job.response_url)
    await fetch(readImages(body)[0]?.url ?? '')
    await expect.poll(() => simulator.journal.entries().at(-1)?.status).toBe(200)
    const facts = simulator.journal
      .entries()
      .map(({ kind, method, status, endpoint, requestId }) => ({
        kind,
        method,
        status,
        endpoint,
        mine: requestId === job.request_id,
      }))
    expect(facts).toEqual([
      { kind: 'submit', method: 'POST', status: 200, endpoint: FLUX, mine: true },
      { kind: 'status-stream', method: 'GET', status: 200, endpoint: FLUX, mine: true },
      { kind: 'result', method: 'GET', status: 200, endpoint: FLUX, mine: true },
      { kind: 'cdn', method: 'GET', status: 200, endpoint: undefined, mine: false },
    ])
    const [submit, stream] = simulator.journal.entries()
    expect(submit).toMatchObject({
      index: 0,
      keyId: 'tester',
      body: { prompt: 'a cat', seed: 4 },
      path: `/queue/${FLUX}`,
      headers: { 'x-fal-queue-priority': 'low' },
      closedEarly: false,
    })
    expect(stream).toMatchObject({ query: { logs: '1' } })
    expect(simulator.journal.jobs()).toEqual([
      {
        id: job.request_id,
        endpoint: FLUX,
        kind: 'queue',
        keyId: 'tester',
        preferences: expect.objectContaining({ priority: 'low' }),
        input: { prompt: 'a cat', seed: 4 },
        state: 'COMPLETED',
        outcome: 200,
        statusReads: 0,
        streams: 1,
        resultReads: 1,
        cancels: 0,
      },
    ])
  })

  test('keeps length and hash of a long body', async ({ expect }) => {
    const input = { prompt: 'a cat', filler: 'x'.repeat(70_000) }
    await caller.submit(FLUX, input)
    const text = JSON.stringify(input)
    const sha256 = createHash('sha256').update(text).digest('hex')
    expect(simulator.journal.entries()[0]?.body).toEqual({ bytes: text.length, sha256 })
    expect(simulator.journal.jobs()[0]?.input).toMatchObject({
      prompt: 'a cat',
      filler: { bytes: 70_000 },
    })
  })

  test('marks a connection that ended early, and counts open streams', async ({ expect }) => {
    const job = await caller.submit(FLUX, { prompt: 'late [[queue:60s]]' })
    const hangUp = new AbortController()
    const headers = { authorization: 'Key tester:secret' }
    await fetch(`${job.status_url}/stream`, { headers, signal: hangUp.signal })
    expect(simulator.journal.openStreams()).toBe(1)
    expect(simulator.journal.openRequests()).toBe(1)
    hangUp.abort()
    await expect.poll(() => simulator.journal.openStreams()).toBe(0)
    await expect.poll(() => simulator.journal.openRequests()).toBe(0)
    expect(simulator.journal.entries().at(-1)).toMatchObject({
      kind: 'status-stream',
      closedEarly: true,
    })
  })

  test('is served over HTTP, from an index on, and cleared there', async ({ expect }) => {
    await caller.finish(FLUX, { prompt: 'one' })
    const page = z.object({
      entries: z.array(z.object({ index: z.number(), kind: z.string() })),
      next: z.number(),
      totals: z.object({ entries: z.record(z.string(), z.number()) }),
      openStreams: z.literal(0),
      openRequests: z.literal(0),
    })
    const first = page.parse((await caller.call('/__journal')).body)
    expect(first.totals.entries['submit']).toBe(1)
    await caller.submit(FLUX, { prompt: 'two' })
    const news = page.parse((await caller.call(`/__journal?since=${first.next}`)).body)
    expect(news.entries.map(({ kind }) => kind)).toEqual(['submit'])
    await caller.call('/__journal', { method: 'DELETE' })
    expect(simulator.journal.count('submit')).toBe(0)
  })
})

async function follow(number: number): Promise<number> {
  const input = { prompt: `job ${number} [[run:50ms]]`, seed: number }
  const job = await caller.submit(FLUX, input)
  const stream = await caller.call(`${job.status_url}/stream`)
  const result = await caller.call(job.response_url)
  const seed = z.object({ seed: z.number() }).parse(result.body)
  return String(stream.body).includes('COMPLETED') ? seed.seed : -1
}

describe('many at a time', () => {
  test('300 jobs and their streams, side by side', async ({ expect }) => {
    const seeds = await Promise.all(Array.from({ length: 300 }, (_, number) => follow(number)))
    expect(seeds).toEqual(Array.from({ length: 300 }, (_, number) => number))
    expect(simulator.journal.jobs()).toHaveLength(300)
    await expect.poll(() => simulator.journal.openStreams()).toBe(0)
    await expect.poll(() => simulator.journal.openRequests()).toBe(0)
  })

  test('close ends jobs and streams that are open', async ({ expect }) => {
    const other = await startSimulator()
    const again = createCaller(other)
    const job = await again.submit(FLUX, { prompt: 'never [[queue:60s]]' })
    const stream = again.call(`${job.status_url}/stream`).catch(() => 'ended')
    await expect.poll(() => other.journal.openStreams()).toBe(1)
    await other.close()
    expect(await stream).toBe('ended')
  })
})
