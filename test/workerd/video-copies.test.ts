import { createExecutionContext, env as testEnv, waitOnExecutionContext } from 'cloudflare:test'
import { tracing } from 'cloudflare:workers'
import { beforeEach, expect, test } from 'vitest'
import * as z from 'zod/mini'

import { createApp } from '../../src/app.ts'
import { readSettings } from '../../src/settings/read-settings.ts'
import { testSettings } from '../../src/settings/settings.fixture.ts'

const GATEWAY = 'https://gateway.example.com/v1'

const settings = testSettings({ WORKER_ACCESS_KEY: 'sk-a', IMAGE_URLS: 'r2' })

const { IMAGES_BUCKET: bucket } = z.object({ IMAGES_BUCKET: z.custom<R2Bucket>() }).parse(testEnv)

/** What was fetched, so that reads of videos can be counted. */
let fetched: string[] = []
beforeEach(async () => {
  fetched = []
  for (const { key } of (await bucket.list()).objects) await bucket.delete(key)
})

async function ask(path: string, init: RequestInit = {}): Promise<Response> {
  const context = createExecutionContext()
  const app = createApp(readSettings(settings), {
    fetch: async (url, given) => {
      fetched.push(url)
      return globalThis.fetch(url, given)
    },
    now: () => Date.now(),
    cache: { match: async () => undefined, put: async () => undefined },
    ledger: undefined,
    usage: undefined,
    tracer: tracing,
    bucket,
    cutter: undefined,
    limits: { rateLimiter: undefined, admission: undefined },
    bound: {},
  })
  const headers = { authorization: 'Bearer sk-a', 'content-type': 'application/json' }
  const url = path.startsWith('http') ? path : `${GATEWAY}${path}`
  const response = await app(new Request(url, { headers, ...init }), context)
  // Read to its end before the request is over, as a caller would.
  const bytes = await response.arrayBuffer()
  await waitOnExecutionContext(context)
  return new Response(bytes, response)
}

const answer = z.object({ id: z.string(), status: z.string(), url: z.optional(z.string()) })

async function finished() {
  const body = JSON.stringify({ model: 'veo3.1-lite', prompt: 'a cat', seconds: 4 })
  const created = await ask('/videos', { method: 'POST', body })
  let video = answer.parse(await created.json())
  while (video.status !== 'completed') {
    video = answer.parse(await (await ask(`/videos/${video.id}`)).json())
  }
  return video
}

const videosRead = (): number => fetched.filter((url) => url.includes('/cdn/')).length

test('a video is copied when it is first seen to be done, and comes from the bucket then', async () => {
  const { id, url = '' } = await finished()
  const [object] = (await bucket.list({ include: ['httpMetadata'] })).objects
  expect(object).toMatchObject({ httpMetadata: { contentType: 'video/mp4' } })
  fetched = []
  const whole = await (await ask(url, { headers: {} })).arrayBuffer()
  expect(whole.byteLength).toBe(object?.size)
  const part = await ask(`/videos/${id}/content`, {
    headers: { authorization: 'Bearer sk-a', range: 'bytes=4-7' },
  })
  expect(part.status).toBe(206)
  expect(await part.text()).toBe('ftyp')
  expect(videosRead()).toBe(0)
})

const job = z.object({
  id: z.string(),
  status: z.string(),
  result: z.optional(z.object({ url: z.string() })),
})

test('a sound is copied when its link is told, and comes from the bucket then', async () => {
  const body = JSON.stringify({ model: 'kokoro', input: 'Good evening.' })
  const headers = { authorization: 'Bearer sk-a', prefer: 'respond-async' }
  let told = job.parse(await (await ask('/audio/speech', { method: 'POST', body, headers })).json())
  while (told.status !== 'completed') told = job.parse(await (await ask(`/jobs/${told.id}`)).json())
  const [object] = (await bucket.list({ include: ['httpMetadata'] })).objects
  expect(object).toMatchObject({ httpMetadata: { contentType: 'audio/wav' } })
  fetched = []
  const url = told.result?.url ?? ''
  expect(url).toMatch(/^https:\/\/gateway\.example\.com\/images\/[\w.-]+\.wav$/)
  const whole = await ask(url, { headers: {} })
  expect(whole.headers.get('content-type')).toBe('audio/wav')
  expect((await whole.arrayBuffer()).byteLength).toBe(object?.size)
  const part = await ask(url, { headers: { range: 'bytes=8-11' } })
  expect([part.status, await part.text()]).toEqual([206, 'WAVE'])
  const content = await ask(`/jobs/${told.id}/content`)
  expect((await content.arrayBuffer()).byteLength).toBe(object?.size)
  expect(videosRead()).toBe(0)
})
