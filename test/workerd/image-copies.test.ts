import { createExecutionContext, env as testEnv, waitOnExecutionContext } from 'cloudflare:test'
import { tracing } from 'cloudflare:workers'
import { beforeEach, expect, test } from 'vitest'
import * as z from 'zod/mini'

import { createApp } from '../../src/app.ts'
import type { MediaBucket } from '../../src/ports/media-bucket.ts'
import { readBindings } from '../../src/settings/bindings.ts'
import { readSettings } from '../../src/settings/read-settings.ts'
import { testSettings } from '../../src/settings/settings.fixture.ts'
import worker from '../../src/worker.ts'

const GATEWAY = 'https://gateway.example.com/v1'

const settings = testSettings({ WORKER_ACCESS_KEY: 'sk-a', IMAGE_URLS: 'r2' })

const { IMAGES_BUCKET: bucket } = z.object({ IMAGES_BUCKET: z.custom<R2Bucket>() }).parse(testEnv)

/** What was fetched, so that reads of images can be counted. */
let fetched: string[] = []
beforeEach(async () => {
  fetched = []
  for (const { key } of (await bucket.list()).objects) await bucket.delete(key)
})

interface Asking {
  readonly bucket?: MediaBucket
  readonly method?: string
  readonly body?: unknown
  readonly headers?: Record<string, string>
}

async function ask(path: string, asking: Asking = {}): Promise<Response> {
  const context = createExecutionContext()
  const app = createApp(readSettings(settings), {
    fetch: async (url, init) => {
      fetched.push(url)
      return globalThis.fetch(url, init)
    },
    now: () => Date.now(),
    cache: { match: async () => undefined, put: async () => undefined },
    ledger: undefined,
    usage: undefined,
    tracer: tracing,
    bucket: asking.bucket ?? bucket,
    cutter: undefined,
    limits: { rateLimiter: undefined, admission: undefined },
    bound: {},
  })
  const url = path.startsWith('http') ? path : `${GATEWAY}${path}`
  const { body, method = body === undefined ? 'GET' : 'POST', headers } = asking
  const response = await app(
    new Request(url, {
      method,
      headers: { authorization: 'Bearer sk-a', ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    }),
    context,
  )
  // Read to its end before the request is over, as a caller would.
  const bytes = await response.arrayBuffer()
  await waitOnExecutionContext(context)
  const none = method === 'HEAD' || [204, 304].includes(response.status)
  return new Response(none ? null : bytes, response)
}

const answer = z.object({
  data: z.array(z.object({ url: z.string(), b64_json: z.optional(z.string()) })),
})

async function make(prompt: string, asking: Asking & { readonly more?: object } = {}) {
  const body = { model: 'flux-2', prompt, ...asking.more }
  const response = await ask('/images/generations', { ...asking, body })
  expect(response.status).toBe(200)
  const { data } = answer.parse(await response.json())
  const adjusted = response.headers.get('x-adjusted')
  return { data, url: data[0]?.url ?? '', adjusted, jobId: response.headers.get('x-job-id') }
}

const token = z.tuple([z.string(), z.string(), z.number()])

function falUrlOf(url: string): string {
  const text = /\/images\/([^.]+)/.exec(url)?.[1] ?? ''
  const bytes = Uint8Array.fromBase64(text, { alphabet: 'base64url' })
  const value: unknown = JSON.parse(new TextDecoder().decode(bytes))
  return token.parse(value)[0]
}

async function digest(bytes: ArrayBuffer | Uint8Array<ArrayBuffer>): Promise<string> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)).toHex()
}

async function atFal(url: string): Promise<ArrayBuffer> {
  return (await globalThis.fetch(falUrlOf(url))).arrayBuffer()
}

const imagesRead = (): number => fetched.filter((url) => url.includes('/cdn/')).length

test('a picture is in the bucket when its link is told, and comes from there', async () => {
  const { url, adjusted } = await make('a cat [[bytes:3MB]]')
  expect(adjusted).toBeNull()
  expect(imagesRead()).toBe(1)
  const [object] = (await bucket.list({ include: ['httpMetadata'] })).objects
  expect(object).toMatchObject({
    key: expect.stringMatching(/^[\w-]{43}$/),
    size: 3 * 1024 * 1024,
    httpMetadata: { contentType: 'image/png' },
  })
  fetched = []
  const response = await ask(url, { headers: { authorization: '' } })
  expect(response.status).toBe(200)
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'content-type': 'image/png',
    etag: `"${object?.key}"`,
    'x-content-type-options': 'nosniff',
    'cache-control': expect.stringMatching(/^public, max-age=3\d{7}, immutable$/),
  })
  expect(await digest(await response.arrayBuffer())).toBe(await digest(await atFal(url)))
  expect(fetched).toEqual([])
})

test('ranges, HEAD and conditions of a copy', async () => {
  const { url } = await make('a cat [[bytes:256KB]]')
  const whole = new Uint8Array(await atFal(url))
  fetched = []
  const part = async (range: string): Promise<[number, string | null, string]> => {
    const response = await ask(url, { headers: { range } })
    const told = response.headers.get('content-range')
    return [response.status, told, await digest(await response.arrayBuffer())]
  }
  const expected = async (from: number, to: number) => [
    206,
    `bytes ${from}-${to - 1}/262144`,
    await digest(whole.slice(from, to)),
  ]
  expect(await part('bytes=100-199')).toEqual(await expected(100, 200))
  expect(await part('bytes=262000-')).toEqual(await expected(262_000, 262_144))
  expect(await part('bytes=262000-999999')).toEqual(await expected(262_000, 262_144))
  expect(await part('bytes=-10')).toEqual(await expected(262_134, 262_144))
  const head = await ask(url, { method: 'HEAD' })
  expect([head.status, head.headers.get('content-length')]).toEqual([200, '262144'])
  const etag = head.headers.get('etag') ?? ''
  expect((await ask(url, { headers: { 'if-none-match': etag } })).status).toBe(304)
  expect(fetched).toEqual([])
})

test('base64 and the copy are made from one reading', async () => {
  const more = { model: 'gpt-image-1.5', n: 2 }
  const { data } = await make('a cat [[bytes:3MB]]', { more })
  expect(imagesRead()).toBe(2)
  expect((await bucket.list()).objects).toHaveLength(2)
  fetched = []
  for (const { url, b64_json } of data) {
    const copy = await (await ask(url)).arrayBuffer()
    expect(imagesRead()).toBe(0)
    expect(await digest(copy)).toBe(await digest(Uint8Array.fromBase64(b64_json ?? '')))
    expect(await digest(copy)).toBe(await digest(await atFal(url)))
  }
})

test('a look-up finds the copy that is there, and makes one that has been cleaned away', async () => {
  const { url, jobId } = await make('a cat')
  fetched = []
  const job = z.object({ result: answer })
  const again = job.parse(await (await ask(`/images/jobs/${jobId}`)).json())
  expect(again.result.data[0]?.url).toBe(url)
  expect(imagesRead()).toBe(0)
  for (const { key } of (await bucket.list()).objects) await bucket.delete(key)
  // The link itself still leads to fal.
  expect(await digest(await (await ask(url)).arrayBuffer())).toBe(await digest(await atFal(url)))
  await ask(`/images/jobs/${jobId}`)
  expect((await bucket.list()).objects).toHaveLength(1)
})

test('a picture whose length fal does not tell is copied up to 4 MB', async () => {
  const small = await make('a cat [[cdn:chunked]]')
  expect(small.adjusted).toBeNull()
  expect((await bucket.list()).objects).toHaveLength(1)
  const large = await make('a cat [[bytes:5MB]] [[cdn:chunked]]')
  expect(large.adjusted).toBe('image_urls=r2->proxy')
  expect((await bucket.list()).objects).toHaveLength(1)
  const got = await (await ask(large.url)).arrayBuffer()
  expect(await digest(got)).toBe(await digest(await atFal(large.url)))
})

/** A bucket that fails in one way. */
function broken(put: MediaBucket['put']): MediaBucket {
  return { head: (key) => bucket.head(key), get: bucket.get.bind(bucket), put }
}

const BROKEN: readonly (readonly [string, () => Promise<never>])[] = [
  ['refuses at once', () => Promise.reject(new Error('put: internal error'))],
  ['refuses after a while', () => scheduler.wait(50).then(() => Promise.reject(new Error('no')))],
]

test.for(BROKEN)('a bucket that %s loses no picture', async ([, put]) => {
  const failing = broken(put)
  const { url, adjusted } = await make('a cat [[bytes:3MB]]', { bucket: failing })
  expect(adjusted).toBe('image_urls=r2->proxy')
  const got = await (await ask(url, { bucket: failing })).arrayBuffer()
  expect(await digest(got)).toBe(await digest(await atFal(url)))
  const more = { model: 'gpt-image-1.5' }
  const both = await make('a dog [[bytes:3MB]]', { bucket: failing, more })
  const written = Uint8Array.fromBase64(both.data[0]?.b64_json ?? '')
  expect(await digest(written)).toBe(await digest(await atFal(both.url)))
  expect((await bucket.list()).objects).toEqual([])
})

test('a picture that fal’s CDN cuts once is copied whole; one that it always cuts stays at fal', async () => {
  const once = await make('a cat [[bytes:3MB]] [[cdn:break*1]]')
  expect(once.adjusted).toBeNull()
  expect(await digest(await (await ask(once.url)).arrayBuffer())).toBe(
    await digest(await atFal(once.url)),
  )
  const always = await make('a dog [[bytes:3MB]] [[cdn:break]]')
  expect(always.adjusted).toBe('image_urls=r2->proxy')
  const gone = await make('a dog [[cdn:404]]')
  expect(gone.adjusted).toBe('image_urls=r2->proxy')
  expect((await bucket.list()).objects).toHaveLength(1)
})

test('a slow picture is waited for', async () => {
  const { url, adjusted } = await make('a cat [[bytes:256KB]] [[cdn:slow]]')
  expect(adjusted).toBeNull()
  expect((await (await ask(url)).arrayBuffer()).byteLength).toBe(262_144)
})

test('r2 without a bucket is told to the owner', async () => {
  const request = new Request<unknown, IncomingRequestCfProperties>(`${GATEWAY}/models`)
  const response = await worker.fetch(request, settings, createExecutionContext())
  expect(response.status).toBe(500)
  expect(await response.json()).toMatchObject({
    error: {
      code: 'worker_not_configured',
      message: expect.stringMatching(/IMAGE_URLS.*R2 bucket.*IMAGES_BUCKET/),
    },
  })
  expect(() => readBindings({ IMAGES_BUCKET: 'a-bucket' })).toThrow('not_configured')
})
