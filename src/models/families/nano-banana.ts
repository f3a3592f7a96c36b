import { defineModel } from '../model-spec.ts'
import { SAFETY_TOLERANCE } from './presets.ts'

const ratios = ['1:1', '21:9', '16:9', '3:2', '4:3', '5:4', '4:5', '3:4', '2:3', '9:16'] as const

const generate = {
  maxImages: 4,
  formats: ['png', 'jpeg', 'webp'],
  defaultFormat: 'png',
  moderation: SAFETY_TOLERANCE,
  promptLength: { min: 3, max: 50_000 },
} as const

const fields = ['seed', 'safety_tolerance', 'limit_generations'] as const

export const nanoBanana = defineModel({
  names: ['nano-banana', 'gemini-2.5-flash-image'],
  owner: 'google',
  generate: {
    ...generate,
    id: 'fal-ai/nano-banana',
    size: { rule: 'ratio', ratios, default: '1:1' },
    fields,
  },
})

export const nanoBanana2 = defineModel({
  names: ['nano-banana-2', 'gemini-3.1-flash-image'],
  owner: 'google',
  generate: {
    ...generate,
    id: 'fal-ai/nano-banana-2',
    size: {
      rule: 'ratio',
      ratios: [...ratios, '4:1', '1:4', '8:1', '1:8'],
      resolutions: ['0.5K', '1K', '2K', '4K'],
      default: undefined,
    },
    fields: [...fields, 'enable_web_search', 'system_prompt', 'thinking_level'],
  },
})

export const nanoBananaPro = defineModel({
  names: ['nano-banana-pro', 'gemini-3-pro-image'],
  owner: 'google',
  generate: {
    ...generate,
    id: 'fal-ai/nano-banana-pro',
    size: { rule: 'ratio', ratios, resolutions: ['1K', '2K', '4K'], default: '1:1' },
    fields: [...fields, 'enable_web_search', 'system_prompt'],
  },
})
