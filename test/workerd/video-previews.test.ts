import { createExecutionContext, env as testEnv, waitOnExecutionContext } from 'cloudflare:test'
import { tracing } from 'cloudflare:workers'
import { beforeEach, describe, expect, test } from 'vitest'
import * as z from 'zod/mini'

import { createApp } from '../../src/app.ts'
import type { CutOutput, VideoCutter } from '../../src/ports/video-cutter.ts'
import { readBindings } from '../../src/settings/bindings.ts'
import { readSettings } from '../../src/settings/read-settings.ts'
import { testSettings } from '../../src/settings/settings.fixture.ts'

// Cloudflare's Media Transformations exist in their network alone: a binding of the same shape stands for them.

const GATEWAY = 'https://gateway.example.com/v1'
const JPEG = new Uint8Array([0xff, 0xd8, 0xff, 0xd9])
const PNG =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYGD4DwABBAEAX+XDSwAAAABJRU5ErkJggg=='

const { IMAGES_BUCKET: bucket } = z.object({ IMAGES_BUCKET: z.custom<R2Bucket>() }).parse(testEnv)

/** What was cut: how, and of how many bytes that are an MP4. */
let cuts: { readonly how: CutOutput; readonly width: number; readonly bytes: number }[] = []
beforeEach(async () => {
  cuts = []
  for (const { key } of (await bucket.list()).objects) await bucket.delete(key)
})

const cutter: VideoCutter = {
  input: (video) => ({
    transform: ({ width }) => ({
      output: (how) => ({
        async response() {
          const bytes = new Uint8Array(await new Response(video).arrayBuffer())
          expect(new TextDecoder().decode(bytes.subarray(4, 8))).toBe('ftyp')
          cuts.push({ how, width, bytes: bytes.byteLength })
          return new Response(JPEG, { headers: { 'content-type': 'image/jpeg' } })
        },
      }),
    }),
  }),
}

/** As where it is bound and cannot be used, such as on a machine of one's own. */
const broken: VideoCutter = {
  input: () => {
    throw Object.assign(new Error('Binding MEDIA needs to be run remotely'), { code: 9402 })
  },
}

interface Bound {
  readonly cutter?: VideoCutter
  readonly imageUrls?: string
}

function gatewayWith({ cutter: given, imageUrls = 'fal' }: Bound) {
  const settings = testSettings({ WORKER_ACCESS_KEY: 'sk-a', IMAGE_URLS: imageUrls })
  const app = createApp(readSettings(settings), {
    fetch: async (url, init) => globalThis.fetch(url, init),
    now: () => Date.now(),
    cache: { match: async () => undefined, put: async () => undefined },
    ledger: undefined,
    usage: undefined,
    tracer: tracing,
    bucket,
    cutter: given,
    limits: { rateLimiter: undefined, admission: undefined },
    bound: {},
  })
  const ask = async (path: string, init: RequestInit = {}): Promise<Response> => {
    const context = createExecutionContext()
    const headers = new Headers(init.headers)
    headers.set('authorization', 'Bearer sk-a')
    const request = new Request(`${GATEWAY}${path}`, { ...init, headers })
    const response = await app(request, context)
    // Read to its end before the request is over, as a caller would.
    const bytes = await response.arrayBuffer()
    await waitOnExecutionContext(context)
    return new Response(response.status === 304 ? null : bytes, response)
  }
  const make = async (more: object = {}): Promise<string> => {
    const wish = { model: 'veo3.1-lite', prompt: 'a cat', seconds: 4, ...more }
    const headers = { 'content-type': 'application/json' }
    const order = { method: 'POST', headers, body: JSON.stringify(wish) }
    let video = answer.parse(await (await ask('/videos', order)).json())
    while (video.status !== 'completed') {
      video = answer.parse(await (await ask(`/videos/${video.id}`)).json())
    }
    return video.id
  }
  return { ask, make }
}

const answer = z.object({ id: z.string(), status: z.string() })

describe('with MEDIA bound', () => {
  test('what fal no longer has is not sent to be cut, which would be paid for', async () => {
    let asked = 0
    const counted: VideoCutter = {
      input(video) {
        asked += 1
        return cutter.input(video)
      },
    }
    const { ask, make } = gatewayWith({ cutter: counted })
    const id = await make({ prompt: 'a cat [[cdn:404]]' })
    const response = await ask(`/videos/${id}/content?variant=thumbnail`)
    expect(response.status).toBe(404)
    expect(await response.json()).toMatchObject({ error: { code: 'picture_not_found' } })
    expect(asked).toBe(0)
  })

  test.for([
    ['thumbnail', { mode: 'frame', time: '0s', format: 'jpg' }, 1280],
    ['spritesheet', { mode: 'spritesheet', imageCount: 12, duration: '4s' }, 640],
  ] as const)('a %s is cut out of the video', async ([variant, how, width]) => {
    const { ask, make } = gatewayWith({ cutter })
    const path = `/videos/${await make()}/content?variant=${variant}`
    const response = await ask(path)
    expect(response.headers.get('content-type')).toBe('image/jpeg')
    expect(response.headers.get('content-length')).toBe('4')
    expect(response.headers.get('cache-control')).toMatch(/^private, .*immutable/)
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(JPEG)
    expect(cuts).toEqual([{ how, width, bytes: expect.any(Number) }])
    // Who has it need not have it cut again.
    const held = { 'if-none-match': response.headers.get('etag') ?? '' }
    expect((await ask(path, { headers: held })).status).toBe(304)
    expect(cuts).toHaveLength(1)
  })

  test('both have names of their own, and the video another', async () => {
    const { ask, make } = gatewayWith({ cutter })
    const id = await make()
    const etags = ['thumbnail', 'spritesheet', 'video'].map(async (variant) =>
      (await ask(`/videos/${id}/content?variant=${variant}`)).headers.get('etag'),
    )
    expect(new Set(await Promise.all(etags)).size).toBe(3)
  })

  test('it is cut once where copies are kept, and of the copy', async () => {
    const { ask, make } = gatewayWith({ cutter, imageUrls: 'r2' })
    const id = await make()
    for (let time = 0; time < 3; time += 1) {
      const response = await ask(`/videos/${id}/content?variant=thumbnail`)
      expect(new Uint8Array(await response.arrayBuffer())).toEqual(JPEG)
    }
    expect(cuts).toHaveLength(1)
  })

  test('the first frame that was sent is not the thumbnail then', async () => {
    const { ask, make } = gatewayWith({ cutter })
    const id = await make({ input_reference: { image_url: PNG } })
    const response = await ask(`/videos/${id}/content?variant=thumbnail`)
    expect(response.headers.get('content-type')).toBe('image/jpeg')
  })

  test('what cannot be cut is a 404 that says why, or that frame', async () => {
    const { ask, make } = gatewayWith({ cutter: broken })
    const refused = await ask(`/videos/${await make()}/content?variant=spritesheet`)
    expect(refused.status).toBe(404)
    expect(await refused.json()).toMatchObject({
      error: {
        code: 'variant_not_found',
        param: 'variant',
        message: expect.stringContaining('No spritesheet could be made of this video'),
      },
    })
    const id = await make({ input_reference: { image_url: PNG } })
    const frame = await ask(`/videos/${id}/content?variant=thumbnail`)
    expect(frame.headers.get('content-type')).toBe('image/png')
  })
})

test('without MEDIA the answer says what to bind', async () => {
  const { ask, make } = gatewayWith({})
  const refused = await ask(`/videos/${await make()}/content?variant=thumbnail`)
  expect(refused.status).toBe(404)
  expect(await refused.json()).toMatchObject({
    error: { message: expect.stringMatching(/Media Transformations as MEDIA/) },
  })
})

test('a text in its place is no binding', () => {
  expect(readBindings({ MEDIA: cutter }).MEDIA).toBe(cutter)
  expect(() => readBindings({ MEDIA: 'media' })).toThrow('not_configured')
})
