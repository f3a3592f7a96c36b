import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import * as z from 'zod'

import { startStack, until, type Stack } from '../support/start-stack.ts'

let stack: Stack

beforeAll(async () => {
  stack = await startStack()
})
afterAll(async () => {
  await stack.close()
})
beforeEach(() => {
  stack.fal.journal.clear()
})

const videoSchema = z.looseObject({
  id: z.string(),
  status: z.string(),
  url: z.optional(z.string()),
})

async function toVideo(response: Response | Promise<Response>) {
  return videoSchema.parse(await (await response).json())
}

async function make(more: Record<string, unknown> = {}) {
  const response = await stack.post('/videos', { prompt: 'a cat', ...more })
  let video = await toVideo(response)
  const { id } = video
  await until(async () => {
    video = await toVideo(stack.request(`/videos/${id}`))
    return video.status === 'completed' || video.status === 'failed'
  }, 20)
  return { ...video, url: video.url ?? '' }
}

describe('what fal is asked', () => {
  test('a create once, a look once, twice when it is done, the bytes once', async () => {
    const waiting = await toVideo(stack.post('/videos', { prompt: 'a cat [[queue:1m]]' }))
    expect(stack.asked()).toEqual({ submit: 1 })
    stack.fal.journal.clear()
    expect(await toVideo(stack.request(`/videos/${waiting.id}`))).toMatchObject({
      status: 'queued',
    })
    expect(stack.asked()).toEqual({ status: 1 })
    const { id } = await toVideo(stack.post('/videos', { prompt: 'a cat' }))
    await until(async () => {
      stack.fal.journal.clear()
      return (await toVideo(stack.request(`/videos/${id}`))).status === 'completed'
    })
    expect(stack.asked()).toEqual({ status: 1, result: 1 })
    stack.fal.journal.clear()
    await (await stack.request(`/videos/${id}/content`)).arrayBuffer()
    expect(stack.asked()).toEqual({ cdn: 1 })
  })
})

test('progress is told once one of the same endpoint was watched to its end, and is 0 before', async () => {
  const wish = { model: 'fal-ai/ltx-2.3/text-to-video', seconds: 6 }
  const running = async (prompt: string) => {
    const { id } = await toVideo(stack.post('/videos', { ...wish, prompt }))
    await until(async () => (await toVideo(stack.request(`/videos/${id}`))).status !== 'queued')
    return id
  }
  const first = await running('a cat [[run:60s]]')
  expect(await toVideo(stack.request(`/videos/${first}`))).toMatchObject({
    status: 'in_progress',
    progress: 0,
  })
  await make({ ...wish, prompt: 'a cat [[run:1500ms]]' })
  await until(
    async () => Number((await toVideo(stack.request(`/videos/${first}`)))['progress']) > 0,
  )
  expect(await toVideo(stack.request(`/videos/${first}`))).toMatchObject({ status: 'in_progress' })
})

describe('the bytes', () => {
  test('come with ranges, conditions and heads, by the id and by the link', async () => {
    const { id, url } = await make()
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/videos\/[^/]+\.mp4$/)
    const whole = await stack.request(`/videos/${id}/content`)
    const bytes = Buffer.from(await whole.arrayBuffer())
    expect(whole.headers.get('content-type')).toBe('video/mp4')
    expect(whole.headers.get('accept-ranges')).toBe('bytes')
    expect(whole.headers.get('cache-control')).toMatch(/^private, /)
    expect(Number(whole.headers.get('content-length'))).toBe(bytes.length)
    for (const get of [
      (init: RequestInit) => stack.request(`/videos/${id}/content`, init),
      (init: RequestInit) => fetch(url, init),
    ]) {
      const part = await get({ headers: { range: 'bytes=4-7' } })
      expect(part.status).toBe(206)
      expect(part.headers.get('content-range')).toBe(`bytes 4-7/${bytes.length}`)
      expect(await part.text()).toBe('ftyp')
      const head = await get({ method: 'HEAD' })
      expect(head.status).toBe(200)
      expect(Number(head.headers.get('content-length'))).toBe(bytes.length)
      const etag = whole.headers.get('etag') ?? ''
      const held = await get({ headers: { 'if-none-match': etag } })
      expect(held.status).toBe(304)
      const beyond = await get({ headers: { range: `bytes=${bytes.length}-` } })
      expect(beyond.status).toBe(416)
      await beyond.body?.cancel()
    }
  })

  test('of a video that is not ready are refused, and nothing is paid', async () => {
    const response = await stack.post('/videos', { prompt: 'a cat [[queue:1m]]' })
    const { id } = await toVideo(response)
    const content = await stack.request(`/videos/${id}/content`)
    expect(content.status).toBe(400)
    expect(await content.json()).toMatchObject({
      error: { message: 'The video is not ready: it is queued. Ask again later.' },
    })
  })

  test('of several videos are told apart', async () => {
    const { id } = await make({ n: 2 })
    const [one, other] = await Promise.all(
      ['0', '1'].map(async (index) => {
        const response = await stack.request(`/videos/${id}/content?index=${index}`)
        return Buffer.from(await response.arrayBuffer())
      }),
    )
    expect(one?.equals(other ?? Buffer.alloc(0))).toBe(false)
    expect((await stack.request(`/videos/${id}/content?index=2`)).status).toBe(400)
  })

  test('a forged or foreign link leads nowhere', async () => {
    const { url } = await make()
    for (const wrong of [url.replace('.mp4', '.webm'), url.replace('/videos/', '/videos/x')]) {
      const response = await fetch(wrong)
      expect(response.status).toBe(404)
      expect(await response.json()).toMatchObject({
        error: {
          code: 'picture_not_found',
          message: 'There is nothing at this address any more.',
        },
      })
    }
  })
})

describe('previews', () => {
  const PNG =
    'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYGD4DwABBAEAX+XDSwAAAABJRU5ErkJggg=='

  test('the thumbnail is the first frame that was sent', async () => {
    const { id } = await make({ input_reference: { image_url: PNG } })
    const response = await stack.request(`/videos/${id}/content?variant=thumbnail`)
    expect(response.headers.get('content-type')).toBe('image/png')
    const bytes = Buffer.from(await response.arrayBuffer())
    expect(bytes.equals(Buffer.from(PNG.slice(22), 'base64'))).toBe(true)
  })

  test.for(['thumbnail', 'spritesheet'])('without one there is no %s', async (variant) => {
    const { id } = await make()
    const response = await stack.request(`/videos/${id}/content?variant=${variant}`)
    expect(response.status).toBe(404)
    expect(await response.json()).toMatchObject({ error: { code: 'variant_not_found' } })
  })

  test('others do not exist', async () => {
    const { id } = await make()
    const response = await stack.request(`/videos/${id}/content?variant=poster`)
    expect(await response.json()).toMatchObject({ error: { param: 'variant' } })
  })
})

test('a completed job without a video is a failure', async () => {
  const failed = await make({ prompt: 'a cat [[images:0]]' })
  expect(failed).toMatchObject({ status: 'failed', error: { code: 'upstream_failed' } })
})

describe('what fal refuses is told with its reason', () => {
  test.for([
    ['content_policy_violation', 'content_policy_violation'],
    ['no_media_generated', 'invalid_value'],
  ] as const)('%s', async ([fault, code]) => {
    const failed = await make({ prompt: `a cat [[fail:${fault}]]` })
    expect(failed).toMatchObject({ status: 'failed', progress: 0, error: { code } })
  })
})

describe('other doors', () => {
  test('a relay’s', async () => {
    const body = { model: 'veo3.1-fast', prompt: 'a cat', duration: 4, width: 1280, height: 720 }
    const created = await stack.post('/video/generations', body)
    const video = await toVideo(created)
    expect(video).toMatchObject({ task_id: video.id, status: 'queued', seconds: '4' })
    const task = async () => {
      const response = await stack.request(`/video/generations/${video.id}`)
      return z
        .object({ data: z.looseObject({ status: z.string() }) })
        .loose()
        .parse(await response.json())
    }
    await until(async () => (await task()).data.status === 'SUCCESS')
    expect(await task()).toMatchObject({
      code: 'success',
      data: { task_id: video.id, progress: '100%', url: expect.stringMatching(/\.mp4$/) },
    })
  })

  test.for(['/videos', '/openai/v1/videos?api-version=preview', '/v1//videos'])(
    '%s',
    async (path) => {
      const response = await fetch(`${stack.gateway.url}${path}`, {
        method: 'POST',
        headers: { 'api-key': 'sk-test-access-key', 'content-type': 'application/json' },
        body: JSON.stringify({ prompt: 'a cat' }),
      })
      expect(await response.json()).toMatchObject({ object: 'video', status: 'queued' })
    },
  )
})

describe('an endpoint by its id', () => {
  test('takes fal’s own fields', async () => {
    await stack.post('/videos', {
      model: 'fal-ai/kling-video/v2.5-turbo/pro/text-to-video',
      prompt: 'a cat',
      duration: '10',
      cfg_scale: 0.7,
      negative_prompt: 'dogs',
    })
    const submit = stack.fal.journal.entries().find(({ kind }) => kind === 'submit')
    expect(submit?.body).toEqual({
      prompt: 'a cat',
      duration: '10',
      cfg_scale: 0.7,
      negative_prompt: 'dogs',
    })
  })

  test('that only fal knows is looked up by its schema', async () => {
    const made = await make({ model: 'fal-ai/pixverse/c1/text-to-video', seconds: 7 })
    expect(made).toMatchObject({ status: 'completed', seconds: '7' })
  })

  test('that has ended is served by its successor', async () => {
    const retired = await startStack({ retired: ['fal-ai/veo3'] })
    try {
      const response = await retired.post('/videos', { model: 'veo3', prompt: 'a cat' })
      expect(response.headers.get('x-fal-endpoint')).toBe('fal-ai/veo3.1')
      expect(await response.json()).toMatchObject({ model: 'veo3', endpoint: 'fal-ai/veo3.1' })
    } finally {
      await retired.close()
    }
  })

  test('that makes none is refused', async () => {
    const response = await stack.post('/videos', { model: 'fal-ai/flux/dev', prompt: 'a cat' })
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({
      error: {
        message:
          "'fal-ai/flux/dev' is not a video model: it makes has_nsfw_concepts, images, prompt, seed, timings.",
      },
    })
  })
})

test('the models are listed with what they take', async () => {
  const models = async (query: string) => {
    const response = await stack.request(`/models${query}`)
    return z
      .object({ data: z.array(z.looseObject({ id: z.string() })) })
      .parse(await response.json())
  }
  const ids = (await models('')).data.map(({ id }) => id)
  expect(ids).toEqual(expect.arrayContaining(['sora-2', 'sora-2-pro', 'veo3.1']))
  const one = await (await stack.request('/models/sora-2')).json()
  expect(one).toMatchObject({
    id: 'sora-2',
    supported_endpoint_types: ['openai-video'],
    architecture: { output_modalities: ['video'] },
    seconds: [4, 5, 6, 7, 8, 9, 10, 11, 12],
    resolutions: ['480p', '720p', '1080p'],
    inputs: ['first_frame', 'last_frame'],
    edit: true,
    extend: true,
  })
  expect((await models('?scope=all')).data.length).toBeGreaterThan(900)
})
