import { afterAll, beforeAll, describe, test } from 'vitest'
import { z } from 'zod'

import { readVideoFacts } from '../../simulator/media/mp4.ts'
import { createRenderer } from '../../simulator/media/renderer.ts'
import { startSimulator, type Simulator } from '../../simulator/start-simulator.ts'
import { createCaller, type Caller } from './caller.ts'

let simulator: Simulator
let caller: Caller

beforeAll(async () => {
  simulator = await startSimulator()
  caller = createCaller(simulator)
})
afterAll(() => simulator.close())

const VEO = 'fal-ai/veo3.1'
const KLING = 'fal-ai/kling-video/v3/pro'

const answer = z.object({
  video: z.object({
    url: z.url(),
    content_type: z.literal('video/mp4'),
    file_name: z.string(),
    file_size: z.number(),
  }),
})

async function makeVideo(endpoint: string, input: object) {
  const result = await caller.finish(endpoint, input)
  return { ...answer.parse(result.body).video, units: result.headers.get('x-fal-billable-units') }
}

async function fetchBytes(url: string, headers = {}): Promise<Buffer> {
  return Buffer.from(await (await fetch(url, { headers })).arrayBuffer())
}

async function factsOf(endpoint: string, input: object) {
  const { url, units, file_size } = await makeVideo(endpoint, input)
  const bytes = await fetchBytes(url)
  return { ...readVideoFacts(bytes), units, honest: bytes.length === file_size, url }
}

async function makeBytes(input: object): Promise<Buffer> {
  return fetchBytes((await makeVideo(VEO, input)).url)
}

async function head(url: string, headers: Record<string, string> = {}, method = 'HEAD') {
  const { status, headers: told } = await fetch(url, { method, headers })
  return { status, length: told.get('content-length'), etag: told.get('etag') ?? '', told }
}

describe('length and size', () => {
  test.for([
    [VEO, { duration: '4s' }, 1280, 720, 4],
    [VEO, { duration: '8s', resolution: '1080p', aspect_ratio: '9:16' }, 1080, 1920, 8],
    [`${KLING}/text-to-video`, { duration: '3', aspect_ratio: '1:1' }, 720, 720, 3],
    ['fal-ai/sora-2/text-to-video', { duration: 4, aspect_ratio: '9:16' }, 720, 1280, 4],
    ['fal-ai/ltx-2/text-to-video', { duration: 10, resolution: '1440p' }, 2560, 1440, 10],
    [
      'fal-ai/wan-25-preview/text-to-video',
      { duration: '10', resolution: '720p', aspect_ratio: '4:3' },
      960,
      720,
      10,
    ],
  ] as const)('%s %j', async ([endpoint, input, width, height, seconds], { expect }) => {
    const made = await factsOf(endpoint, { prompt: 'a fox', ...input })
    expect(made).toMatchObject({ width, height, units: `${seconds}`, honest: true })
    expect(made.seconds).toBeCloseTo(seconds, 2)
  })

  test('a duration of the wrong type, or out of range, is 422 on the result', async ({
    expect,
  }) => {
    for (const [endpoint, duration] of [
      [VEO, 8],
      [VEO, '8'],
      [VEO, '5s'],
      [`${KLING}/text-to-video`, 5],
      ['fal-ai/ltx-2/text-to-video', '8'],
    ] as const) {
      const { status, body, headers } = await caller.finish(endpoint, { prompt: 'x', duration })
      expect(status).toBe(422)
      expect(headers.get('x-fal-billable-units')).toBe('0')
      expect(body).toMatchObject({ detail: [{ loc: ['body', 'duration'] }] })
    }
  })
})

describe('what is seen', () => {
  test('is the same for the same prompt and seed, and nothing else', async ({ expect }) => {
    const input = { prompt: 'a fox', seed: 7, duration: '4s' }
    const first = await makeBytes(input)
    expect((await makeBytes(input)).equals(first)).toBe(true)
    expect((await makeBytes({ ...input, seed: 8 })).equals(first)).toBe(false)
    expect((await makeBytes({ ...input, prompt: 'a dog' })).equals(first)).toBe(false)
  })
})

describe('the CDN', () => {
  test('tells the size before anything is encoded, and keeps to it', async ({ expect }) => {
    const { url, file_size } = await makeVideo(VEO, { prompt: 'a fox', duration: '4s' })
    const { status, length, told } = await head(url)
    expect([status, length]).toEqual([200, `${file_size}`])
    expect(told.get('accept-ranges')).toBe('bytes')
    expect(told.get('content-type')).toBe('video/mp4')
    expect((await fetchBytes(url)).length).toBe(file_size)
  })

  test('serves ranges', async ({ expect }) => {
    const { url } = await makeVideo(VEO, { prompt: 'a fox', duration: '4s' })
    const whole = await fetchBytes(url)
    const last = whole.length - 1
    for (const [range, from, to] of [
      ['bytes=0-99', 0, 99],
      ['bytes=100-', 100, last],
      ['bytes=-50', last - 49, last],
      [`bytes=${last}-${last + 500}`, last, last],
    ] as const) {
      const part = await fetch(url, { headers: { range } })
      expect(part.status).toBe(206)
      expect(part.headers.get('content-range')).toBe(`bytes ${from}-${to}/${whole.length}`)
      const bytes = Buffer.from(await part.arrayBuffer())
      expect(bytes.equals(whole.subarray(from, to + 1))).toBe(true)
    }
    const outside = await fetch(url, { headers: { range: `bytes=${whole.length}-` } })
    expect(outside.status).toBe(416)
    expect(outside.headers.get('content-range')).toBe(`bytes */${whole.length}`)
    for (const range of ['bytes=5-2', 'bytes=0-1,4-5', 'lines=1-2', 'bytes=-']) {
      expect((await fetch(url, { headers: { range } })).status).toBe(200)
    }
  })

  test('answers conditions', async ({ expect }) => {
    const { url } = await makeVideo(VEO, { prompt: 'a fox', duration: '4s' })
    const { etag } = await head(url)
    for (const method of ['GET', 'HEAD']) {
      expect((await head(url, { 'if-none-match': etag }, method)).status).toBe(304)
      expect((await head(url, { 'if-none-match': `"x", W/${etag}` }, method)).status).toBe(304)
      expect((await head(url, { 'if-none-match': '"x"' }, method)).status).toBe(200)
      expect((await head(url, { 'if-match': '"x"' }, method)).status).toBe(412)
      expect((await head(url, { 'if-match': etag }, method)).status).toBe(200)
    }
    const range = 'bytes=0-9'
    expect((await head(url, { range, 'if-range': etag }, 'GET')).status).toBe(206)
    expect((await head(url, { range, 'if-range': '"x"' }, 'GET')).status).toBe(200)
    expect((await head(url, { range })).status).toBe(200)
  })

  test('bytes makes it exactly that large, and still a video', async ({ expect }) => {
    const { url, file_size } = await makeVideo(VEO, { prompt: 'huge [[bytes:20MB]]' })
    expect(file_size).toBe(20 * 1024 ** 2)
    const bytes = await fetchBytes(url)
    expect(bytes.length).toBe(file_size)
    expect(readVideoFacts(bytes)).toMatchObject({ width: 1280, height: 720 })
    const end = await fetchBytes(url, { range: 'bytes=-8' })
    expect(end.equals(bytes.subarray(-8))).toBe(true)
  })
})

test('an encoder that gave up is replaced, also for who waits already', async ({ expect }) => {
  const renderer = createRenderer()
  const video = { kind: 'video', prompt: 'a fox', seed: '1', index: 0, seconds: 1 } as const
  const size = { width: 320, height: 180 }
  const impossible = renderer.render({ ...video, width: Number.NaN, height: 180 })
  const beside = [1, 2, 3].map((index) => renderer.render({ ...video, ...size, index }))
  await expect(impossible).rejects.toThrow()
  for (const file of [
    ...(await Promise.all(beside)),
    await renderer.render({ ...video, ...size }),
  ]) {
    expect(readVideoFacts(file)).toMatchObject(size)
  }
})
