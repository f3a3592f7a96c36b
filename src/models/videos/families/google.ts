import { defineFamily, needed, words } from './define-family.ts'

// The schema states no lengths: these are careful.
const LENGTH = { rule: 'seconds', field: 'duration', min: 4, max: 10 } as const
const RATIO = words('aspect_ratio', ['16:9', '9:16'], '16:9')
const facts = { work: 'make', duration: LENGTH, ratio: RATIO, fields: [] } as const

export const geminiOmniFlash = defineFamily({
  names: ['gemini-omni-flash'],
  owner: 'google',
  endpoints: [
    { ...facts, id: 'google/gemini-omni-flash', inputs: {} },
    {
      ...facts,
      id: 'google/gemini-omni-flash/image-to-video',
      inputs: { firstFrame: needed('image_url') },
    },
    {
      id: 'google/gemini-omni-flash/edit',
      work: 'edit',
      inputs: { video: needed('video_url') },
      fields: [],
    },
  ],
  successors: ['veo3.1-fast'],
})
