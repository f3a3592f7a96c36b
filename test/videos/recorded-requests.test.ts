import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import * as z from 'zod'

import { aPicture } from '../support/pictures.ts'
import { startStack, until, type Stack } from '../support/start-stack.ts'

// Requests of clients that are not installed here, as they were seen on the wire or stand in their source:
// n8n's OpenAI node 2.41, LobeChat of March 2026, openai-python 3.22, OpenRouter's SDK, new-api's front end.

let stack: Stack

beforeAll(async () => {
  stack = await startStack()
})
afterAll(() => stack.close())
beforeEach(() => {
  stack.fal.journal.clear()
})

const videoSchema = z.looseObject({
  id: z.string(),
  object: z.literal('video'),
  status: z.enum(['queued', 'in_progress', 'completed', 'failed']),
  error: z.null(),
  url: z.optional(z.string()),
})

async function toVideo(response: Response) {
  expect(response.status).toBe(200)
  return videoSchema.parse(await response.json())
}

async function finished(id: string) {
  let video = await toVideo(await stack.request(`/videos/${id}`))
  await until(async () => {
    video = await toVideo(await stack.request(`/videos/${id}`))
    return video.status === 'completed'
  }, 20)
  return video
}

const inputOf = () => stack.fal.journal.entries().find(({ kind }) => kind === 'submit')?.body

// Shows: n8n/videos
test('n8n: a form with a file, polled until no error, and read as a stream', async () => {
  const form = new FormData()
  form.append('model', 'sora-2')
  form.append('prompt', 'it moves')
  form.append('seconds', '8')
  form.append('size', '1280x720')
  const file = new File([new Uint8Array(await aPicture(64, 36))], 'data.png', { type: 'image/png' })
  form.append('input_reference', file)
  const created = await stack.request('/videos', { method: 'POST', body: form })
  const { id } = await toVideo(created)
  expect(inputOf()).toMatchObject({ duration: '8', resolution: '720p', aspect_ratio: '16:9' })
  await finished(id)
  const content = await stack.request(`/videos/${id}/content`)
  expect(content.headers.get('content-type')).toBe('video/mp4')
  expect((await content.arrayBuffer()).byteLength).toBeGreaterThan(1000)
})

// Shows: n8n/video-models
test('n8n’s list of models has what it shows', async () => {
  const response = await stack.request('/models')
  const { data } = z
    .object({ data: z.array(z.looseObject({ id: z.string() })) })
    .parse(await response.json())
  const shown = data.map(({ id }) => id).filter((id) => id.includes('sora'))
  expect(shown).toEqual(['sora-2', 'sora-2-pro'])
})

// Shows: lobechat/videos
test('LobeChat: JSON, and its key goes to no address but ours', async () => {
  const created = await stack.post('/videos', {
    model: 'sora-2',
    prompt: 'it moves',
    seconds: '5',
    size: '720x1280',
    input_reference: { image_url: 'https://example.com/cat.png' },
  })
  const { id } = await toVideo(created)
  expect(inputOf()).toMatchObject({ image_url: 'https://example.com/cat.png', duration: '5' })
  const { url = '' } = await finished(id)
  expect(url.startsWith(`${stack.gateway.url}/videos/`)).toBe(true)
  const bytes = await fetch(url, { headers: { authorization: 'Bearer sk-test-access-key' } })
  expect(bytes.headers.get('content-type')).toBe('video/mp4')
  await bytes.body?.cancel()
})

// Shows: openai-python/video-polls
test('openai-python: a poll is told when to come again', async () => {
  const created = await stack.post('/videos', { prompt: 'a cat [[queue:1m]]' })
  const { id } = await toVideo(created)
  const response = await stack.request(`/videos/${id}`, {
    headers: { 'x-stainless-poll-helper': 'true', 'x-stainless-retry-count': '0' },
  })
  expect(Number(response.headers.get('openai-poll-after-ms'))).toBeGreaterThanOrEqual(2000)
  expect(await toVideo(response)).toMatchObject({ status: 'queued' })
})

// Shows: openrouter/videos
test('OpenRouter’s SDK: frames, and its own words for size and length', async () => {
  await stack.post('/videos', {
    model: 'veo3.1',
    prompt: 'a cat',
    duration: 6,
    resolution: '1080p',
    aspect_ratio: '9:16',
    generate_audio: false,
    frame_images: [
      {
        type: 'image_url',
        image_url: { url: 'https://example.com/a.png' },
        frame_type: 'first_frame',
      },
      {
        type: 'image_url',
        image_url: { url: 'https://example.com/b.png' },
        frame_type: 'last_frame',
      },
    ],
  })
  expect(inputOf()).toEqual({
    prompt: 'a cat',
    duration: '6s',
    resolution: '1080p',
    aspect_ratio: '9:16',
    generate_audio: false,
    first_frame_url: 'https://example.com/a.png',
    last_frame_url: 'https://example.com/b.png',
  })
})

// Shows: new-api/videos
test('new-api’s front end orders, and asks how it stands', async () => {
  const response = await stack.post('/video/generations', {
    model: 'kling-v3-pro',
    prompt: 'a cat',
    image: 'https://example.com/a.png',
    duration: 10,
    width: 1280,
    height: 720,
    fps: 30,
    seed: 5,
    n: 1,
    metadata: { negative_prompt: 'dogs' },
  })
  expect(inputOf()).toEqual({
    prompt: 'a cat',
    duration: '10',
    start_image_url: 'https://example.com/a.png',
    negative_prompt: 'dogs',
  })
  expect(response.headers.get('x-adjusted')).toBe(
    'size=1280x720->not-supported; fps=30->not-supported; seed=5->not-supported',
  )
  const order = z.object({ task_id: z.string() }).parse(await response.json())
  const read = async () => {
    const task = await stack.request(`/video/generations/${order.task_id}`)
    return z
      .object({ code: z.string(), data: z.looseObject({ status: z.string() }) })
      .parse(await task.json())
  }
  await until(async () => (await read()).data.status === 'SUCCESS', 20)
  expect(await read()).toMatchObject({
    code: 'success',
    data: { task_id: order.task_id, progress: '100%', fail_reason: '', url: expect.any(String) },
  })
})
