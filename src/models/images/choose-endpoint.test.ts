import { describe, test } from 'vitest'

import { PLAIN_JOB } from '../../job/image/image-job.fixture.ts'
import type { ImageJob } from '../../job/image/image-job.ts'
import { createCatalogue } from '../catalogue/catalogue.ts'
import { chooseEndpoints } from './choose-endpoint.ts'

const catalogue = createCatalogue('imagen4-preview')

const BOTH = { transparent: 'data:image/png;base64,AA==', white: 'data:image/png;base64,AA==' }

function choose(model: string, images: number, more: Partial<ImageJob> = {}): string {
  const source = { url: 'https://example.com/a.png', pixels: undefined }
  const sources = Array.from({ length: images }, () => source)
  const job = { ...PLAIN_JOB, model, sources, ...more }
  return chooseEndpoints(job, [catalogue.resolve(model)], catalogue.models)[0].endpoint.id
}

describe('what is given chooses the endpoint', () => {
  test.for<[string, number, boolean, string]>([
    ['flux-dev', 0, false, 'fal-ai/flux/dev'],
    ['flux-dev', 1, false, 'fal-ai/flux/dev/image-to-image'],
    ['flux-dev', 2, false, 'fal-ai/flux-pro/kontext/multi'],
    ['flux-dev', 1, true, 'fal-ai/flux-lora/inpainting'],
    ['gpt-image-2', 16, true, 'openai/gpt-image-2/edit'],
    ['ideogram-v3', 1, false, 'fal-ai/ideogram/v3/remix'],
    ['ideogram-v3', 1, true, 'fal-ai/ideogram/v3/edit'],
    ['imagen4-preview', 3, false, 'fal-ai/nano-banana-2/edit'],
    ['imagen4-ultra', 1, false, 'fal-ai/nano-banana-pro/edit'],
    ['fal-ai/cat-vton', 2, false, 'fal-ai/cat-vton'],
    ['bria/fibo/generate', 1, false, 'bria/fibo/generate'],
  ])('%s, %i pictures, mask: %s', ([model, images, masked, id], { expect }) => {
    expect(choose(model, images, masked ? { mask: BOTH } : {})).toBe(id)
  })

  test.for(['upscale', 'remove-background', 'rembg', 'fal-ai/drct-super-resolution'])(
    '%s needs no words',
    (model, { expect }) => {
      expect(choose(model, 1, { prompt: '' })).toBe(catalogue.resolve(model).edit?.id)
    },
  )
})

describe('what the model cannot do is said', () => {
  test.for<[string, number, Partial<ImageJob>, RegExp]>([
    ['upscale', 0, {}, /works on pictures: send one/],
    ['fal-ai/cat-vton', 1, {}, /works on 2 pictures; 1 was sent/],
    ['flux-kontext-dev', 2, {}, /2 pictures were sent; .* takes at most 1/],
    ['fal-ai/flux-pro/v1/fill', 1, {}, /works inside a mask: send one/],
    ['seedream-4.5', 1, { mask: BOTH }, /cannot work inside a mask\. Models that can: /],
    ['fal-ai/flux/krea', 1, { prompt: '' }, /The prompt is empty/],
    ['fal-ai/luma-photon', 1, {}, /cannot work on pictures\. Models that can: /],
    [
      'flux-dev',
      1,
      { mask: { transparent: 'https://example.com/m.png', white: undefined } },
      /needs the mask itself/,
    ],
  ])('%s, %i pictures', ([model, images, more, message], { expect }) => {
    expect(() => choose(model, images, more)).toThrow(
      expect.objectContaining({
        problem: expect.objectContaining({ message: expect.stringMatching(message) }),
      }),
    )
  })
})
