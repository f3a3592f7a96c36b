import { defineModel } from '../model-spec.ts'
import { PRESETS } from './presets.ts'

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

export const qwenImage2 = defineModel({
  names: ['qwen-image-2', 'qwen-image'],
  owner: 'qwen',
  generate: { ...generate, id: 'fal-ai/qwen-image-2/text-to-image' },
})

export const qwenImage2Pro = defineModel({
  names: ['qwen-image-2-pro'],
  owner: 'qwen',
  generate: { ...generate, id: 'fal-ai/qwen-image-2/pro/text-to-image' },
})
