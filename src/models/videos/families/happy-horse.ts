import type { VideoEndpointSpec } from '../video-spec.ts'
import { defineFamily, needed, numbers, words } from './define-family.ts'

const facts = {
  work: 'make',
  duration: { rule: 'listed', field: 'duration', values: numbers(3, 15), default: 5 },
  resolution: words('resolution', ['720p', '1080p'], '1080p'),
  fields: ['enable_safety_checker', 'seed'],
} as const satisfies Partial<VideoEndpointSpec>

export const happyHorse = defineFamily({
  names: ['happy-horse-1.1', 'happy-horse'],
  owner: 'alibaba',
  endpoints: [
    {
      ...facts,
      id: 'alibaba/happy-horse/v1.1/text-to-video',
      ratio: words(
        'aspect_ratio',
        ['16:9', '9:16', '1:1', '4:3', '3:4', '21:9', '9:21', '5:4', '4:5'],
        '16:9',
      ),
      inputs: {},
    },
    {
      ...facts,
      id: 'alibaba/happy-horse/v1.1/image-to-video',
      prompt: 'optional',
      inputs: { firstFrame: needed('image_url') },
    },
    {
      ...facts,
      id: 'alibaba/happy-horse/reference-to-video',
      ratio: words('aspect_ratio', ['16:9', '9:16', '1:1', '4:3', '3:4'], '16:9'),
      inputs: { references: { ...needed('image_urls'), list: { min: 1, max: 7 } } },
    },
    {
      id: 'alibaba/happy-horse/video-edit',
      work: 'edit',
      resolution: facts.resolution,
      inputs: {
        references: { field: 'reference_image_urls', list: { min: 1, max: 7 } },
        video: needed('video_url'),
      },
      fields: ['audio_setting', 'enable_safety_checker', 'seed'],
    },
  ],
})
