import { defineFamily, needed, words } from './define-family.ts'

// The schema states no lengths: these are the ones that people had made (August 2026).
const LENGTH = { rule: 'seconds', field: 'duration', min: 5, max: 10 } as const
// Free text in the schema; other words are refused.
const RESOLUTION = words('resolution', ['768P', '2K'], '768P')
const RATIOS = ['21:9', '16:9', '4:3', '1:1', '3:4', '9:16']
const facts = { work: 'make', duration: LENGTH, resolution: RESOLUTION, fields: [] } as const

export const minimaxH3 = defineFamily({
  names: ['minimax-h3', 'hailuo-3'],
  owner: 'minimax',
  endpoints: [
    {
      ...facts,
      id: 'minimax/h3/text-to-video',
      ratio: words('aspect_ratio', RATIOS, '16:9'),
      inputs: {},
    },
    {
      ...facts,
      id: 'minimax/h3/image-to-video',
      inputs: { firstFrame: needed('image_url'), lastFrame: { field: 'end_image_url' } },
    },
    {
      ...facts,
      id: 'minimax/h3/reference-to-video',
      ratio: words('aspect_ratio', RATIOS),
      inputs: {
        references: { field: 'reference_image_urls', list: { min: 1, max: 7 } },
        video: { field: 'reference_video_urls', list: { min: 1, max: 3 } },
        audio: { field: 'reference_audio_urls', list: { min: 1, max: 3 } },
      },
    },
  ],
  successors: ['hailuo-2.3'],
})

export const hailuo23 = defineFamily({
  names: ['hailuo-2.3'],
  owner: 'minimax',
  endpoints: [
    'fal-ai/minimax/hailuo-2.3/standard/text-to-video',
    'fal-ai/minimax/hailuo-2.3/standard/image-to-video',
  ],
})

export const hailuo23Pro = defineFamily({
  names: ['hailuo-2.3-pro'],
  owner: 'minimax',
  endpoints: [
    'fal-ai/minimax/hailuo-2.3/pro/text-to-video',
    'fal-ai/minimax/hailuo-2.3/pro/image-to-video',
  ],
})
