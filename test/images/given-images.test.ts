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

const HAT = 'https://example.com/hat.png'

/** What is submitted by a request for an edit. */
async function edit(body: Record<string, unknown>, path = '/images/edits') {
  const answer = await stack.post(path, { prompt: 'make it blue', response_format: 'url', ...body })
  const submits = stack.fal.journal.entries().filter(({ kind }) => kind === 'submit')
  return { status: answer.status, submits }
}

test.for<[Record<string, unknown>, Record<string, unknown>]>([
  [{ model: 'nano-banana-2', image_url: CAT }, { image_urls: [CAT] }],
  [{ model: 'nano-banana-2', image: CAT, reference_images: [HAT] }, { image_urls: [CAT, HAT] }],
  [
    { model: 'nano-banana-2', image: CAT, extra_body: { images: [HAT] } },
    { image_urls: [CAT, HAT] },
  ],
  [
    { model: 'gpt-image-2', image: CAT, mask_url: HAT },
    { image_urls: [CAT], mask_url: HAT },
  ],
  // A style to go by, in the endpoint's own field.
  [
    { model: 'ideogram-v3', image: CAT, image_urls: [HAT] },
    { image_url: CAT, image_urls: [HAT] },
  ],
])('an edit leaves no picture out: %j', async ([body, said]) => {
  const { status, submits } = await edit(body)
  expect(status).toBe(200)
  expect(submits).toMatchObject([{ body: said }])
})

test('words beside a picture that is to be varied are what is wished for', async () => {
  const { submits } = await edit({ model: 'nano-banana-2', image: CAT }, '/images/variations')
  expect(submits).toMatchObject([{ body: { prompt: 'make it blue', image_urls: [CAT] } }])
})

test.for<[Record<string, unknown>, Record<string, unknown>]>([
  [{ model: 'flux-1.1-pro-ultra', image_url: CAT }, { image_url: CAT }],
  [{ model: 'ideogram-v3', image_urls: [CAT, HAT] }, { image_urls: [CAT, HAT] }],
  [
    { model: 'fal-ai/pulid', reference_images: [{ image_url: CAT }] },
    { reference_images: [{ image_url: CAT }] },
  ],
])('%j goes into the field of that name', async ([body, said]) => {
  const { status, submits } = await generate(body)
  expect(status).toBe(200)
  expect(submits).toMatchObject([{ body: said }])
})

test('of two pictures for a field that takes one none is left out', async () => {
  const { submits } = await generate({ model: 'flux-1.1-pro-ultra', image_url: CAT, image: HAT })
  expect(submits).toMatchObject([{ body: { image_urls: [HAT, CAT] } }])
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

test('an edge alone says no size, and is told', async () => {
  const body = { model: 'flux-schnell', prompt: 'a cat', width: 512 }
  const answer = await stack.post('/images/generations', body)
  expect(answer.headers.get('x-adjusted')).toBe('width->not-supported')
})
