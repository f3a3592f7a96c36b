import { defineFamily } from './define-family.ts'

export const veo31 = defineFamily({
  names: ['veo3.1'],
  owner: 'google',
  endpoints: [
    'fal-ai/veo3.1',
    'fal-ai/veo3.1/image-to-video',
    'fal-ai/veo3.1/first-last-frame-to-video',
    'fal-ai/veo3.1/reference-to-video',
    'fal-ai/veo3.1/extend-video',
  ],
})

export const veo31Fast = defineFamily({
  names: ['veo3.1-fast'],
  owner: 'google',
  endpoints: [
    'fal-ai/veo3.1/fast',
    'fal-ai/veo3.1/fast/image-to-video',
    'fal-ai/veo3.1/fast/first-last-frame-to-video',
    'fal-ai/veo3.1/fast/extend-video',
  ],
})

export const veo31Lite = defineFamily({
  names: ['veo3.1-lite'],
  owner: 'google',
  endpoints: [
    'fal-ai/veo3.1/lite',
    'fal-ai/veo3.1/lite/image-to-video',
    'fal-ai/veo3.1/lite/first-last-frame-to-video',
  ],
})

/** Gone from fal's list since; the names live on in people's code. */
export const veo3 = defineFamily({
  names: ['veo3', 'veo-3'],
  owner: 'google',
  endpoints: ['fal-ai/veo3', 'fal-ai/veo3/image-to-video'],
  successors: ['veo3.1'],
})
