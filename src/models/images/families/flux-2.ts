import { defineModel } from '../../model-spec.ts'
import { DIFFUSION_FIELDS, PRESETS, SAFETY_TOLERANCE } from './presets.ts'

const size = {
  rule: 'pixels',
  presets: PRESETS,
  // "width and height between 512 and 2048" in the description of fal-ai/flux-2.
  limits: { step: 16, minEdge: 512, maxEdge: 2048 },
  default: 'landscape_4_3',
} as const

// "auto": the size of the images given.
const editSize = { ...size, default: undefined } as const

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
  edit: {
    id: 'fal-ai/flux-2-pro/edit',
    size: editSize,
    maxImages: 1,
    formats: ['jpeg', 'png'],
    defaultFormat: 'jpeg',
    moderation: SAFETY_TOLERANCE,
    // Stated by others who serve the model; fal's schema names no limit.
    sources: { field: 'image_urls', list: true, max: 8 },
    fields: proFields,
  },
})

export const flux2Max = defineModel({
  names: ['flux-2-max', 'flux-max-2'],
  owner: 'black-forest-labs',
  generate: {
    id: 'fal-ai/flux-2-max',
    size,
    maxImages: 1,
    formats: ['jpeg', 'png'],
    defaultFormat: 'jpeg',
    moderation: SAFETY_TOLERANCE,
    fields: proFields,
  },
  edit: {
    id: 'fal-ai/flux-2-max/edit',
    size: editSize,
    maxImages: 1,
    formats: ['jpeg', 'png'],
    defaultFormat: 'jpeg',
    moderation: SAFETY_TOLERANCE,
    sources: { field: 'image_urls', list: true, max: 8 },
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
  edit: {
    id: 'fal-ai/flux-2-flex/edit',
    size: editSize,
    maxImages: 1,
    formats: ['jpeg', 'png'],
    defaultFormat: 'jpeg',
    moderation: SAFETY_TOLERANCE,
    sources: { field: 'image_urls', list: true, max: 10 },
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
  edit: {
    id: 'fal-ai/flux-2/edit',
    size: editSize,
    maxImages: 4,
    formats: ['png', 'jpeg', 'webp'],
    defaultFormat: 'png',
    // "A maximum of 4 images are allowed, if more are provided, only the first 4 will be used."
    sources: { field: 'image_urls', list: true, max: 4 },
    fields: [...DIFFUSION_FIELDS, 'acceleration', 'enable_prompt_expansion'],
  },
})
