import { defineModel } from '../../model-spec.ts'
import { SAFETY_TOLERANCE } from './presets.ts'

const ratios = ['1:1', '21:9', '16:9', '3:2', '4:3', '5:4', '4:5', '3:4', '2:3', '9:16'] as const

const generate = {
  maxImages: 4,
  formats: ['png', 'jpeg', 'webp'],
  defaultFormat: 'png',
  moderation: SAFETY_TOLERANCE,
  promptLength: { min: 3, max: 50_000 },
} as const

const sources = { field: 'image_urls', list: true } as const

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
  edit: {
    ...generate,
    id: 'fal-ai/nano-banana/edit',
    size: { rule: 'ratio', ratios, default: undefined },
    // No maximum is stated.
    sources: { ...sources, max: 10 },
    fields,
  },
})

const wide = [...ratios, '4:1', '1:4', '8:1', '1:8'] as const

/** Serves models of the same maker that cannot edit, too. */
export const nanoBanana2Edit = {
  ...generate,
  id: 'fal-ai/nano-banana-2/edit',
  size: {
    rule: 'ratio',
    ratios: wide,
    resolutions: ['0.5K', '1K', '2K', '4K'],
    default: undefined,
  },
  // As for the pro model; fal's schema names no limit.
  sources: { ...sources, max: 14 },
  fields: [...fields, 'enable_web_search', 'system_prompt', 'thinking_level'],
} as const

export const nanoBananaProEdit = {
  ...generate,
  id: 'fal-ai/nano-banana-pro/edit',
  size: { rule: 'ratio', ratios, resolutions: ['1K', '2K', '4K'], default: undefined },
  // Google: up to 14 reference images.
  sources: { ...sources, max: 14 },
  fields: [...fields, 'enable_web_search', 'system_prompt'],
} as const

export const nanoBanana2 = defineModel({
  names: ['nano-banana-2', 'gemini-3.1-flash-image'],
  owner: 'google',
  generate: {
    ...generate,
    id: 'fal-ai/nano-banana-2',
    size: {
      rule: 'ratio',
      ratios: wide,
      resolutions: ['0.5K', '1K', '2K', '4K'],
      default: undefined,
    },
    fields: [...fields, 'enable_web_search', 'system_prompt', 'thinking_level'],
  },
  edit: nanoBanana2Edit,
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
  edit: nanoBananaProEdit,
})
