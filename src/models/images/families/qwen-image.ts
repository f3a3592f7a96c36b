import { defineModel } from '../../model-spec.ts'
import { DIFFUSION_FIELDS, FLUX_LIMITS, PRESETS } from './presets.ts'

const generate = {
  size: {
    rule: 'pixels',
    presets: PRESETS,
    // "Total pixels must be between 512x512 and 2048x2048"
    limits: { step: 8, minPixels: 262_144, maxPixels: 4_194_304 },
    default: 'square_hd',
  },
  maxImages: 4,
  formats: ['png', 'jpeg', 'webp'],
  defaultFormat: 'png',
  promptLength: { min: 1, max: 800 },
  fields: ['seed', 'negative_prompt', 'enable_prompt_expansion', 'enable_safety_checker'],
} as const

const edit = {
  ...generate,
  // "If not provided, the size of the final input image will be used."
  size: { ...generate.size, default: undefined },
  maxImages: 6,
  sources: { field: 'image_urls', list: true, max: 3 },
} as const

// The second version takes no mask; the first has an endpoint for it.
const qwenInpaint = {
  id: 'fal-ai/qwen-image-edit/inpaint',
  size: { rule: 'pixels', presets: PRESETS, limits: FLUX_LIMITS, default: undefined },
  maxImages: 4,
  formats: ['jpeg', 'png'],
  defaultFormat: 'png',
  sources: { field: 'image_url', list: false, max: 1 },
  mask: { field: 'mask_url', change: 'white', required: true },
  fields: [...DIFFUSION_FIELDS, 'negative_prompt', 'acceleration', 'strength'],
} as const

export const qwenImage2 = defineModel({
  names: ['qwen-image-2', 'qwen-image'],
  owner: 'qwen',
  generate: { ...generate, id: 'fal-ai/qwen-image-2/text-to-image' },
  edit: { ...edit, id: 'fal-ai/qwen-image-2/edit' },
  inpaint: qwenInpaint,
})

export const qwenImage2Pro = defineModel({
  names: ['qwen-image-2-pro'],
  owner: 'qwen',
  generate: { ...generate, id: 'fal-ai/qwen-image-2/pro/text-to-image' },
  edit: { ...edit, id: 'fal-ai/qwen-image-2/pro/edit' },
  inpaint: qwenInpaint,
})
