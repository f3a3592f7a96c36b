import { NotFoundError } from 'openai'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import * as z from 'zod'

import { ACCESS_KEY, startGateway } from '../support/start-gateway.ts'
import { startStack, type Stack } from '../support/start-stack.ts'

let stack: Stack

beforeAll(async () => {
  stack = await startStack()
})
afterAll(() => stack.close())
beforeEach(() => {
  stack.fal.journal.clear()
})

/** Newer than fal's client, so that only fal itself knows its schema. */
const UNKNOWN = 'ideogram/v4'

test('an endpoint that nobody described here is a model too', async () => {
  const answer = await stack.openai.images.generate({
    model: 'fal-ai/fast-sdxl',
    prompt: 'a cat',
    size: '1536x1024',
    n: 2,
  })
  expect(answer.data).toHaveLength(2)
  expect(stack.fal.journal.jobs()).toMatchObject([
    { endpoint: 'fal-ai/fast-sdxl', outcome: 200, input: { prompt: 'a cat', num_images: 2 } },
  ])
  // Its schema came with the gateway: nothing was asked.
  expect(stack.asked()).toEqual({ submit: 1, 'status-stream': 1, result: 1 })
})

test('an endpoint newer than the gateway is looked up at fal, once', async () => {
  for (let count = 0; count < 2; count += 1) {
    const response = await stack.post('/images/generations', {
      model: UNKNOWN,
      prompt: 'a cat',
      size: '16:9',
    })
    expect(response.status).toBe(200)
    expect(response.headers.get('x-fal-endpoint')).toBe(UNKNOWN)
  }
  expect(stack.asked()).toMatchObject({ submit: 2 })
  expect(stack.fal.journal.count('models')).toBe(1)
  expect(stack.fal.journal.jobs().map(({ outcome }) => outcome)).toEqual([200, 200])
  expect(await stack.openai.models.retrieve(UNKNOWN)).toMatchObject({ endpoint: UNKNOWN })
})

test('what makes no pictures is 400 that says so, what nobody knows is 404', async () => {
  const video = await stack.post('/images/generations', {
    model: 'fal-ai/kling-video/v2/master/text-to-video',
    prompt: 'a cat',
  })
  expect(video.status).toBe(400)
  expect(await video.json()).toMatchObject({
    error: { message: expect.stringContaining('not an image model') },
  })
  await expect(
    stack.openai.images.generate({ model: 'fal-ai/no-such-app/at-all', prompt: 'a cat' }),
  ).rejects.toBeInstanceOf(NotFoundError)
  expect(stack.fal.journal.count('submit')).toBe(0)
})

test('the whole list is there for the asking', async () => {
  const list = z.object({
    data: z.array(z.object({ id: z.string(), edit: z.optional(z.boolean()) })),
  })
  const some = list.parse(await (await stack.request('/models')).json()).data
  const all = list.parse(await (await stack.request('/models?scope=all')).json()).data
  expect(all.length).toBeGreaterThan(400)
  expect(all.slice(0, 2).map(({ id }) => id)).toEqual(some.slice(0, 2).map(({ id }) => id))
  expect(some.filter(({ edit }) => edit).length).toBeGreaterThan(20)
  expect(new Set(all.map(({ id }) => id)).size).toBe(all.length)
})

test('the owner’s names and limits hold', async () => {
  const gateway = await startGateway(stack.fal.url, {
    MODELS:
      '{"logo":{"endpoint":"fal-ai/recraft/v3/text-to-image","input":{"style":"vector_illustration"}}}',
    ALLOWED_MODELS: 'logo, flux-*',
    DEFAULT_MODEL: 'flux-dev',
  })
  const generate = async (model: string): Promise<number> => {
    const response = await fetch(`${gateway.url}/v1/images/generations`, {
      method: 'POST',
      headers: { authorization: `Bearer ${ACCESS_KEY}` },
      body: JSON.stringify({ model, prompt: 'a cat' }),
    })
    return response.status
  }
  expect(await generate('logo')).toBe(200)
  expect(stack.fal.journal.jobs()).toMatchObject([
    {
      endpoint: 'fal-ai/recraft/v3/text-to-image',
      input: { prompt: 'a cat', style: 'vector_illustration' },
    },
  ])
  expect(await generate('flux-schnell')).toBe(200)
  expect(await generate('nano-banana-2')).toBe(404)
  expect(await generate('fal-ai/fast-sdxl')).toBe(404)
  await gateway.close()
})
