import { defineModel } from '../model-spec.ts'
import { DIFFUSION_FIELDS, PRESETS, SAFETY_TOLERANCE } from './presets.ts'

const size = {
  rule: 'pixels',
  presets: PRESETS,
  // "width and height between 512 and 2048" in the description of fal-ai/flux-2.
  limits: { step: 16, minEdge: 512, maxEdge: 2048 },
  default: 'landscape_4_3',
} as const

const proFields = ['seed', 'safety_tolerance', 'enable_safety_checker'] as const

export const flux2Pro = defineModel({
  names: ['flux-2-pro', 'flux-pro-2'],
  owner: 'black-forest-labs',
  generate: {
    id: 'fal-ai/flux-2-pro',
    size,
    maxImages: 1,
    formats: ['jpeg', 'png'],
    defaultFormat: 'jpeg',
    moderation: SAFETY_TOLERANCE,
    fields: proFields,
  },
})

export const flux2Flex = defineModel({
  names: ['flux-2-flex'],
  owner: 'black-forest-labs',
  generate: {
    id: 'fal-ai/flux-2-flex',
    size,
    maxImages: 1,
    formats: ['jpeg', 'png'],
    defaultFormat: 'jpeg',
    moderation: SAFETY_TOLERANCE,
    fields: [...proFields, 'guidance_scale', 'num_inference_steps'],
  },
})

export const flux2 = defineModel({
  names: ['flux-2', 'flux-2-dev'],
  owner: 'black-forest-labs',
  generate: {
    id: 'fal-ai/flux-2',
    size,
    maxImages: 4,
    formats: ['png', 'jpeg', 'webp'],
    defaultFormat: 'png',
    fields: [...DIFFUSION_FIELDS, 'acceleration', 'enable_prompt_expansion'],
  },
})
