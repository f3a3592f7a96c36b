import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'

import { startStack, type Stack } from '../support/start-stack.ts'

let stack: Stack

beforeAll(async () => {
  stack = await startStack()
})
afterAll(() => stack.close())
beforeEach(() => {
  stack.fal.journal.clear()
})

const CAT = 'https://example.com/cat.png'

async function generate(body: Record<string, unknown>) {
  const request = { prompt: 'make it blue', response_format: 'url', ...body }
  const answer = await stack.post('/images/generations', request)
  const submits = stack.fal.journal.entries().filter(({ kind }) => kind === 'submit')
  return { status: answer.status, submits }
}

test.for<[Record<string, unknown>]>([
  [{ model: 'nano-banana-2', image: CAT }],
  [{ model: 'nano-banana-2', images: [CAT] }],
  [{ model: 'nano-banana-2', image_url: CAT }],
  [{ model: 'nano-banana-2', reference_images: [CAT] }],
  [{ model: 'nano-banana-2', extra_body: { image_urls: [CAT] } }],
  [{ model: 'fal-ai/nano-banana-2/edit', image_urls: [CAT] }],
])('%j is an edit', async ([body]) => {
  const { status, submits } = await generate({ ...body })
  expect(status).toBe(200)
  expect(submits).toMatchObject([
    { endpoint: 'fal-ai/nano-banana-2/edit', body: { image_urls: [CAT] } },
  ])
})

test.for<[Record<string, unknown>, Record<string, unknown>]>([
  [{ width: 256, height: 384 }, { image_size: { width: 256, height: 384 } }],
  [{ width: '256', height: '384' }, { image_size: { width: 256, height: 384 } }],
  [{ num_images: 2 }, { num_images: 2 }],
  [{ batch_size: '2' }, { num_images: 2 }],
  [{ aspectRatio: '16:9' }, { image_size: 'landscape_16_9' }],
  [
    { generationConfig: { imageConfig: { aspectRatio: '16:9' } } },
    { image_size: 'landscape_16_9' },
  ],
  [{ size: '16x9' }, { image_size: 'landscape_16_9' }],
  [{ steps: 3 }, { num_inference_steps: 3 }],
  [{ steps: '3' }, { num_inference_steps: 3 }],
])('%j in other APIs’ words', async ([sent, said]) => {
  const { status, submits } = await generate({ model: 'flux-schnell', ...sent })
  expect(status).toBe(200)
  expect(submits).toMatchObject([{ body: said }])
})

test('ratio and resolution in Google’s words', async () => {
  const { submits } = await generate({
    model: 'nano-banana-2',
    aspectRatio: '16:9',
    imageSize: '2K',
  })
  expect(submits).toMatchObject([{ body: { aspect_ratio: '16:9', resolution: '2K' } }])
})
