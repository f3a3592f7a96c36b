import type { VideoEndpointSpec } from '../video-spec.ts'
import { defineFamily, needed, texts, words } from './define-family.ts'

const LENGTH = {
  rule: 'listed',
  field: 'duration',
  values: texts(3, 15),
  default: '5',
} as const
const RATIO = words('aspect_ratio', ['16:9', '9:16', '1:1'], '16:9')

export const KLING_EDIT = 'fal-ai/kling-video/o3/pro/video-to-video/edit'

export const kling3Pro = defineFamily({
  names: ['kling-v3-pro', 'kling-3-pro'],
  owner: 'kuaishou',
  endpoints: [
    'fal-ai/kling-video/v3/pro/text-to-video',
    'fal-ai/kling-video/v3/pro/image-to-video',
    'fal-ai/kling-video/o3/pro/reference-to-video',
    KLING_EDIT,
  ],
})

export const kling3 = defineFamily({
  names: ['kling-v3', 'kling-v3-standard', 'kling-3'],
  owner: 'kuaishou',
  endpoints: [
    'fal-ai/kling-video/v3/standard/text-to-video',
    'fal-ai/kling-video/v3/standard/image-to-video',
    'fal-ai/kling-video/o3/standard/reference-to-video',
    'fal-ai/kling-video/o3/standard/video-to-video/edit',
  ],
})

const FINE_FIELDS = ['cfg_scale', 'multi_prompt', 'negative_prompt', 'shot_type']

const fine = {
  work: 'make',
  prompt: 'optional',
  duration: LENGTH,
  sound: { field: 'generate_audio', default: true },
} as const

export const kling34k = defineFamily({
  names: ['kling-v3-4k'],
  owner: 'kuaishou',
  endpoints: [
    {
      ...fine,
      id: 'fal-ai/kling-video/v3/4k/text-to-video',
      ratio: RATIO,
      inputs: {},
      fields: FINE_FIELDS,
    },
    {
      ...fine,
      id: 'fal-ai/kling-video/v3/4k/image-to-video',
      inputs: { firstFrame: needed('start_image_url'), lastFrame: { field: 'end_image_url' } },
      fields: [...FINE_FIELDS, 'elements'],
    },
  ],
  successors: ['kling-v3-pro'],
})

const turbo = (tier: string): readonly VideoEndpointSpec[] => {
  const facts = {
    // As people measured it in August 2026.
    usualSeconds: 61,
    work: 'make',
    prompt: 'optional',
    duration: LENGTH,
    fields: ['multi_prompt'],
  } as const
  const stem = `fal-ai/kling-video/v3/turbo/${tier}`
  return [
    { ...facts, id: `${stem}/text-to-video`, ratio: RATIO, inputs: {} },
    { ...facts, id: `${stem}/image-to-video`, inputs: { firstFrame: needed('image_url') } },
  ]
}

export const kling3Turbo = defineFamily({
  names: ['kling-v3-turbo', 'kling-v3-turbo-pro'],
  owner: 'kuaishou',
  endpoints: turbo('pro'),
  successors: ['kling-v3-pro'],
})

export const kling3TurboStandard = defineFamily({
  names: ['kling-v3-turbo-standard'],
  owner: 'kuaishou',
  endpoints: turbo('standard'),
  successors: ['kling-v3'],
})
