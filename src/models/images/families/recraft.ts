import { defineModel } from '../../model-spec.ts'
import { PRESETS } from './presets.ts'

const size = {
  rule: 'pixels',
  presets: PRESETS,
  // Recraft's own list runs from 1024 to 2048 (its API reference, "Image sizes").
  limits: { step: 16, minEdge: 512, maxEdge: 2048 },
  default: 'square_hd',
} as const

// Recraft's version 4 has no endpoint of its own for work on images.
const imageToImage = {
  id: 'fal-ai/recraft/v3/image-to-image',
  size: { rule: 'none' },
  maxImages: 1,
  promptLength: { min: 1, max: 1000 },
  sources: { field: 'image_url', list: false, max: 1 },
  fields: ['negative_prompt', 'style', 'colors', 'style_id', 'strength'],
} as const

export const recraft3 = defineModel({
  names: ['recraft-v3', 'recraft-3'],
  owner: 'recraft',
  generate: {
    id: 'fal-ai/recraft/v3/text-to-image',
    size,
    maxImages: 1,
    promptLength: { min: 1, max: 1000 },
    fields: ['style', 'colors', 'style_id', 'enable_safety_checker'],
  },
  edit: imageToImage,
})

const version4 = {
  size,
  maxImages: 1,
  promptLength: { min: 1, max: 10_000 },
  fields: ['colors', 'background_color', 'enable_safety_checker'],
} as const

export const recraft4 = defineModel({
  names: ['recraft-v4', 'recraft-4'],
  owner: 'recraft',
  generate: { ...version4, id: 'fal-ai/recraft/v4/text-to-image' },
  edit: imageToImage,
})

export const recraft4Pro = defineModel({
  names: ['recraft-v4-pro', 'recraft-4-pro'],
  owner: 'recraft',
  generate: { ...version4, id: 'fal-ai/recraft/v4/pro/text-to-image' },
  edit: imageToImage,
})
