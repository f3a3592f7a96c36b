import { defineModel } from '../../model-spec.ts'
import { DIFFUSION_FIELDS, PRESETS } from './presets.ts'

const generate = {
  size: {
    rule: 'pixels',
    presets: PRESETS,
    limits: { step: 16, minEdge: 256, maxEdge: 2048 },
    default: '1024x1024',
  },
  maxImages: 4,
  formats: ['jpeg', 'png'],
  defaultFormat: 'jpeg',
} as const

const sources = { field: 'image_url', list: false, max: 1 } as const

const imageToImage = {
  ...generate,
  id: 'fal-ai/hidream-i1-full/image-to-image',
  // "Setting to None uses the input image's size."
  size: { ...generate.size, default: undefined },
  sources,
  fields: [...DIFFUSION_FIELDS, 'negative_prompt', 'loras', 'strength'],
} as const

const fields = ['seed', 'negative_prompt', 'num_inference_steps', 'enable_safety_checker'] as const

export const hidreamFull = defineModel({
  names: ['hidream-i1-full', 'hidream', 'hidream-i1'],
  owner: 'hidream',
  generate: {
    ...generate,
    id: 'fal-ai/hidream-i1-full',
    fields: [...DIFFUSION_FIELDS, 'negative_prompt', 'loras'],
  },
  edit: imageToImage,
})

export const hidreamDev = defineModel({
  names: ['hidream-i1-dev'],
  owner: 'hidream',
  generate: { ...generate, id: 'fal-ai/hidream-i1-dev', fields },
  edit: imageToImage,
})

export const hidreamFast = defineModel({
  names: ['hidream-i1-fast'],
  owner: 'hidream',
  generate: { ...generate, id: 'fal-ai/hidream-i1-fast', fields },
  edit: imageToImage,
})
