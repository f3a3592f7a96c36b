import { expect, test } from 'vitest'

import type { WebCache } from '../../lib/web-cache.ts'
import { createKeyPool } from '../key-pool.ts'
import { createEndpointSchemas } from './endpoint-schema.ts'

const HOUR_MS = 60 * 60_000
const ENDPOINT = 'acme/new-model'
const DOCUMENT = { openapi: '3.0.4', info: { title: '猫' } }

/** What Cloudflare gives every Worker. */
const real: WebCache = {
  match: (url) => caches.default.match(url),
  put: (url, response) => caches.default.put(url, response),
}

/** A platform that counts how often it is asked, and isolates before it that share a cache and a clock. */
function aPlatform(cache: WebCache) {
  const hosts = {
    queueUrl: 'https://queue.fal.run',
    runUrl: 'https://fal.run',
    restUrl: 'https://rest.fal.ai',
    // Of its own, so that the tests do not find each other's documents.
    apiUrl: `https://${crypto.randomUUID()}.example/v1`,
  }
  const state = { asked: 0, nowMs: 1_795_000_000_000, answer: () => answerWith(DOCUMENT) }
  const now = () => state.nowMs
  return {
    state,
    anIsolate: () =>
      createEndpointSchemas(
        {
          hosts,
          cache,
          now,
          fetch: async () => {
            state.asked += 1
            return state.answer()
          },
        },
        createKeyPool(['id:secret'], now),
      ),
  }
}

function answerWith(openapi: unknown): Response {
  return Response.json({ models: [{ endpoint_id: ENDPOINT, openapi }] })
}

test('a second isolate asks the cache, for a day', async () => {
  const { state, anIsolate } = aPlatform(real)
  expect(await anIsolate().find(ENDPOINT)).toEqual(DOCUMENT)
  state.nowMs += 23 * HOUR_MS
  const second = anIsolate()
  expect(await second.find(ENDPOINT)).toEqual(DOCUMENT)
  expect(await second.find(ENDPOINT)).toEqual(DOCUMENT)
  expect(state.asked).toBe(1)
  state.nowMs += 2 * HOUR_MS
  state.answer = () => answerWith({ openapi: 'newer' })
  expect(await second.find(ENDPOINT)).toEqual({ openapi: 'newer' })
  expect(await anIsolate().find(ENDPOINT)).toEqual({ openapi: 'newer' })
  expect(state.asked).toBe(2)
})

test('what is old is used while the platform is down', async () => {
  const { state, anIsolate } = aPlatform(real)
  await anIsolate().find(ENDPOINT)
  state.nowMs += 72 * HOUR_MS
  state.answer = () => new Response('down', { status: 503 })
  const isolate = anIsolate()
  expect(await isolate.find(ENDPOINT)).toEqual(DOCUMENT)
  expect(state.asked).toBe(2)
  // Who asks in vain waits for it: once a minute is enough.
  expect(await isolate.find(ENDPOINT)).toEqual(DOCUMENT)
  expect(state.asked).toBe(2)
  state.nowMs += 60_000
  state.answer = () => answerWith({ openapi: 'newer' })
  expect(await isolate.find(ENDPOINT)).toEqual({ openapi: 'newer' })
  expect(state.asked).toBe(3)
})

test('another platform’s documents are not found', async () => {
  await aPlatform(real).anIsolate().find(ENDPOINT)
  const other = aPlatform(real)
  await other.anIsolate().find(ENDPOINT)
  expect(other.state.asked).toBe(1)
})

test('an endpoint that is not there is not kept', async () => {
  const { state, anIsolate } = aPlatform(real)
  state.answer = () => new Response('{}', { status: 404 })
  expect(await anIsolate().find(ENDPOINT)).toBeUndefined()
  state.answer = () => answerWith(DOCUMENT)
  expect(await anIsolate().find(ENDPOINT)).toEqual(DOCUMENT)
})

const never = new Promise<never>(() => undefined)

test.for<[string, WebCache]>([
  [
    'that is not there',
    { match: async () => Promise.reject(new ReferenceError()), put: async () => Promise.reject() },
  ],
  ['that hangs', { match: () => never, put: () => never }],
  [
    'that holds something else',
    { match: async () => new Response('<html>'), put: async () => undefined },
  ],
  [
    'that holds another shape',
    { match: async () => Response.json({ document: 1 }), put: async () => undefined },
  ],
])('a cache %s changes nothing', async ([, cache]) => {
  const { state, anIsolate } = aPlatform(cache)
  const isolate = anIsolate()
  expect(await isolate.find(ENDPOINT)).toEqual(DOCUMENT)
  expect(await isolate.find(ENDPOINT)).toEqual(DOCUMENT)
  expect(state.asked).toBe(1)
})

test('nothing of the key or of the caller is in what is kept', async () => {
  const kept: string[] = []
  const cache: WebCache = {
    match: async () => undefined,
    put: async (url, response) => {
      kept.push(`${url} ${[...response.headers].join(' ')} ${await response.text()}`)
    },
  }
  await aPlatform(cache).anIsolate().find(ENDPOINT)
  expect(kept).toHaveLength(1)
  expect(kept[0]).not.toContain('secret')
  expect(new URL(kept[0]?.split(' ')[0] ?? '').hostname).toMatch(/\.invalid$/)
})

test('an endpoint that is used is looked at once a day, and its newest is known without waiting', async () => {
  const { state, anIsolate } = aPlatform(real)
  const schemas = anIsolate()
  expect(schemas.known(ENDPOINT)).toBeUndefined()
  await Promise.all([schemas.refresh(ENDPOINT), schemas.refresh(ENDPOINT)])
  await schemas.refresh(ENDPOINT)
  expect([schemas.known(ENDPOINT), state.asked]).toEqual([DOCUMENT, 1])
  state.nowMs += 25 * HOUR_MS
  state.answer = () => answerWith({ openapi: 'newer' })
  await schemas.refresh(ENDPOINT)
  expect([schemas.known(ENDPOINT), state.asked]).toEqual([{ openapi: 'newer' }, 2])
})

test('a schema that is doubted is read anew, at most once a minute', async () => {
  const { state, anIsolate } = aPlatform(real)
  const schemas = anIsolate()
  await schemas.refresh(ENDPOINT)
  await schemas.refresh(ENDPOINT, true)
  expect(state.asked).toBe(1)
  state.nowMs += HOUR_MS
  state.answer = () => answerWith({ openapi: 'changed' })
  await Promise.all([schemas.refresh(ENDPOINT, true), schemas.refresh(ENDPOINT, true)])
  expect([schemas.known(ENDPOINT), state.asked]).toEqual([{ openapi: 'changed' }, 2])
})

test('a platform that is down leaves what is known, and nothing fails', async () => {
  const { state, anIsolate } = aPlatform(real)
  const schemas = anIsolate()
  await schemas.refresh(ENDPOINT)
  state.nowMs += 25 * HOUR_MS
  state.answer = () => new Response('down', { status: 503 })
  await schemas.refresh(ENDPOINT)
  expect(schemas.known(ENDPOINT)).toEqual(DOCUMENT)
})
