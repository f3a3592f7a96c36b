import { afterAll, beforeAll, describe, test } from 'vitest'
import { z } from 'zod'

import { readVideoFacts } from '../../simulator/media/mp4.ts'
import { startSimulator, type Simulator } from '../../simulator/start-simulator.ts'
import { createCaller, readImages, type Caller } from './caller.ts'

let simulator: Simulator
let caller: Caller

beforeAll(async () => {
  simulator = await startSimulator()
  caller = createCaller(simulator)
})
afterAll(() => simulator.close())

const VEO = 'fal-ai/veo3.1'
const answer = z.object({ video: z.object({ url: z.url() }) })

async function make(endpoint: string, input: object) {
  const { body, headers } = await caller.finish(endpoint, { prompt: 'a fox', ...input })
  const { url } = answer.parse(body).video
  const bytes = Buffer.from(await (await fetch(url)).arrayBuffer())
  const facts = readVideoFacts(bytes)
  return { url, bytes, ...facts, units: Number(headers.get('x-fal-billable-units')) }
}

async function urlOf(prompt: string): Promise<string> {
  const { body } = await caller.finish(VEO, { prompt, duration: '4s' })
  return answer.parse(body).video.url
}

async function upload(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const input = { file_name: 'mine.mp4', content_type: 'video/mp4' }
  const { body } = await caller.call('/rest/storage/upload/initiate', { method: 'POST', input })
  const place = z.object({ upload_url: z.url(), file_url: z.url() }).parse(body)
  await fetch(place.upload_url, { method: 'PUT', body: bytes })
  return place.file_url
}

const portrait = { duration: '4s', aspect_ratio: '9:16' }

describe('a video that goes in', () => {
  test.for(['made here', 'uploaded', 'as a data URI'])(
    '%s: is edited in its length and ratio',
    async (way, { expect }) => {
      const source = await make(VEO, portrait)
      const bytes = new Uint8Array(source.bytes)
      const addresses: Record<string, () => string | Promise<string>> = {
        'made here': () => source.url,
        uploaded: () => upload(bytes),
        'as a data URI': () => `data:video/mp4;base64,${source.bytes.toString('base64')}`,
      }
      const video_url = await addresses[way]?.()
      const edited = await make('fal-ai/kling-video/o3/pro/video-to-video/edit', { video_url })
      expect(edited).toMatchObject({ width: 720, height: 1280, units: 4 })
      expect(edited.seconds).toBeCloseTo(4, 2)
      expect(edited.bytes.equals(source.bytes)).toBe(false)
    },
  )

  test.for([
    ['fal-ai/veo3.1/extend-video', { duration: '7s' }, 11, 7],
    ['fal-ai/ltx-2.3/extend-video', { duration: 3 }, 7, 3],
    ['fal-ai/pixverse/v6/extend', {}, 9, 5],
    ['fal-ai/vidu/q2/video-extension/pro', { duration: 2 }, 6, 1],
  ] as const)(
    '%s makes it longer, and charges what was added (or the video)',
    async ([id, input, seconds, units], { expect }) => {
      const { url } = await make(VEO, portrait)
      const extended = await make(id, { video_url: url, ...input })
      expect(extended.seconds).toBeCloseTo(seconds, 1)
      expect(extended.units).toBe(units)
    },
  )

  test('an upscaler makes it larger', async ({ expect }) => {
    const { url } = await make(VEO, portrait)
    const larger = await make('fal-ai/topaz/upscale/video', { video_url: url, upscale_factor: 3 })
    expect(larger).toMatchObject({ width: 2160, height: 3840 })
    expect(larger.seconds).toBeCloseTo(4, 2)
  })

  test('one that is driven by a sound is as long as the sound', async ({ expect }) => {
    const { body } = await caller.finish('fal-ai/elevenlabs/music', {
      prompt: 'jazz',
      music_length_ms: 9000,
    })
    const { audio } = z.object({ audio: z.object({ url: z.url() }) }).parse(body)
    const image_url = 'https://example.com/face.jpg'
    const avatar = await make('fal-ai/kling-video/ai-avatar/v2/standard', {
      image_url,
      audio_url: audio.url,
    })
    expect(avatar.seconds).toBeCloseTo(9, 0)
  })

  test('what is no video, or gone, is complained about on the result', async ({ expect }) => {
    const words = await upload(new TextEncoder().encode('no video'))
    const edit = 'fal-ai/kling-video/o3/pro/video-to-video/edit'
    const refused = await caller.finish(edit, { prompt: 'x', video_url: words })
    expect(refused).toMatchObject({
      status: 422,
      body: { detail: [{ type: 'unsupported_video_format', loc: ['body', 'video_url'] }] },
    })
    const gone = `${simulator.url}/cdn/files/b/nothing/gone.mp4`
    const missing = await caller.finish(edit, { prompt: 'x', video_url: gone })
    expect(missing).toMatchObject({
      status: 422,
      body: { detail: [{ type: 'file_download_error' }] },
    })
  })
})

test('the first frame decides the ratio where nothing else does, and is seen', async ({
  expect,
}) => {
  const { body } = await caller.finish('fal-ai/flux/dev', { prompt: 'a cat', image_size: 'square' })
  const image_url = readImages(body)[0]?.url ?? ''
  const still = await make('fal-ai/veo3.1/image-to-video', { image_url, seed: 1 })
  const other = await make('fal-ai/veo3.1/image-to-video', {
    image_url: 'https://example.com/cat.jpg',
    seed: 1,
  })
  expect(still).toMatchObject({ width: 720, height: 720 })
  expect(other).toMatchObject({ width: 1280, height: 720 })
  const wide = await make('fal-ai/veo3.1/image-to-video', { image_url, aspect_ratio: '16:9' })
  expect(wide).toMatchObject({ width: 1280, height: 720 })
})

describe('faults', () => {
  test('strike videos as they strike images', async ({ expect }) => {
    const failed = await caller.finish(VEO, { prompt: 'x [[fail:content_policy_violation]]' })
    expect(failed).toMatchObject({ status: 422, body: { detail: [{ loc: ['body', 'prompt'] }] } })
    const infra = await caller.finish(VEO, { prompt: 'x [[infra:runner_disconnected]]' })
    expect(infra).toMatchObject({ status: 503, body: { error_type: 'runner_disconnected' } })
    const { body } = await caller.finish(VEO, { prompt: 'x [[images:0]]' })
    expect(body).toEqual({ video: null })
    const listed = await caller.finish(VEO, { prompt: 'x [[shape:videos]]' })
    expect(listed.body).toMatchObject({ videos: [{ content_type: 'video/mp4' }] })
    const elsewhere = await caller.finish(VEO, { prompt: 'x [[media-urls:http://127.0.0.1:9]]' })
    expect(answer.parse(elsewhere.body).video.url).toContain('http://127.0.0.1:9/cdn/files/')
  })

  test('break off, refuse and slow a video down', async ({ expect }) => {
    expect((await fetch(await urlOf('x [[cdn:503]]'))).status).toBe(503)
    const broken = fetch(await urlOf('x [[cdn:break]]')).then((reply) => reply.arrayBuffer())
    await expect(broken).rejects.toThrow()
    const chunked = await fetch(await urlOf('x [[cdn:chunked]]'))
    expect(chunked.headers.get('content-length')).toBeNull()
    await chunked.arrayBuffer()
  })

  test('flagged: the video is black', async ({ expect }) => {
    const plain = await make(VEO, { seed: 1 })
    const { body } = await caller.finish(VEO, { prompt: 'a fox [[nsfw]]', seed: 1 })
    expect(body).toMatchObject({ has_nsfw_concepts: [true] })
    const { url } = answer.parse(body).video
    expect(Buffer.from(await (await fetch(url)).arrayBuffer()).equals(plain.bytes)).toBe(false)
  })
})
