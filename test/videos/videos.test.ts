import { toFile } from 'openai'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { startStack, until, type Stack } from '../support/start-stack.ts'

let stack: Stack

beforeAll(async () => {
  stack = await startStack()
})

afterAll(async () => {
  await stack.close()
})

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYGD4DwABBAEAX+XDSwAAAABJRU5ErkJggg==',
  'base64',
)

async function finished(id: string) {
  let video = await stack.openai.videos.retrieve(id)
  await until(async () => {
    video = await stack.openai.videos.retrieve(id)
    return video.status === 'completed' || video.status === 'failed'
  }, 20)
  return video
}

/** The input that fal got of the latest order. */
function sent() {
  const submit = stack.fal.journal.entries().findLast(({ kind }) => kind === 'submit')
  return { endpoint: submit?.endpoint, input: submit?.body }
}

describe('the official client', () => {
  // Shows: openai-node/videos
  test('creates, polls, downloads', async () => {
    const created = await stack.openai.videos.create({
      model: 'sora-2',
      prompt: 'a cat runs',
      seconds: '4',
      size: '1280x720',
    })
    expect(created).toMatchObject({
      object: 'video',
      model: 'sora-2',
      status: 'queued',
      progress: 0,
      error: null,
      prompt: 'a cat runs',
      seconds: '4',
      size: '1280x720',
      remixed_from_video_id: null,
    })
    expect(sent()).toEqual({
      endpoint: 'fal-ai/bytedance/seedance/v1.5/pro/text-to-video',
      input: { prompt: 'a cat runs', duration: '4', aspect_ratio: '16:9', resolution: '720p' },
    })
    const done = await finished(created.id)
    expect(done).toMatchObject({ id: created.id, status: 'completed', progress: 100, error: null })
    const content = await stack.openai.videos.downloadContent(created.id)
    const bytes = Buffer.from(await content.arrayBuffer())
    expect(content.headers.get('content-type')).toBe('video/mp4')
    expect(bytes.subarray(4, 8).toString()).toBe('ftyp')
  })

  // Shows: openai-node/videos
  test('sends a file as the first frame', async () => {
    await stack.openai.videos.create({
      prompt: 'it moves',
      input_reference: await toFile(PNG, 'cat.png', { type: 'image/png' }),
    })
    const { endpoint, input } = sent()
    expect(endpoint).toBe('fal-ai/bytedance/seedance/v1.5/pro/image-to-video')
    expect(input).toMatchObject({ prompt: 'it moves', duration: '4' })
  })
})
