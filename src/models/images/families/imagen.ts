import { defineModel } from '../../model-spec.ts'
import { nanoBanana2Edit, nanoBananaProEdit } from './nano-banana.ts'
import { SAFETY_TOLERANCE } from './presets.ts'

const generate = {
  maxImages: 4,
  formats: ['png', 'jpeg', 'webp'],
  defaultFormat: 'png',
  moderation: SAFETY_TOLERANCE,
  promptLength: { min: 3, max: 5000 },
  fields: ['seed', 'safety_tolerance'],
} as const

const ratios = ['1:1', '16:9', '9:16', '4:3', '3:4'] as const

const size = { rule: 'ratio', ratios, resolutions: ['1K', '2K'], default: '1:1' } as const

// Google stopped Imagen 4 on 2026-08-17. fal's own follow-up is the Nano Banana family (same maker, same
// words for size), so a name that people have in their settings goes on working. Imagen never edited.
export const imagen4 = defineModel({
  names: ['imagen4-preview', 'imagen4', 'imagen-4'],
  owner: 'google',
  generate: { ...generate, id: 'fal-ai/imagen4/preview', size },
  edit: nanoBanana2Edit,
  successors: ['nano-banana-2', 'nano-banana'],
})

export const imagen4Fast = defineModel({
  names: ['imagen4-fast', 'imagen4-preview-fast'],
  owner: 'google',
  generate: {
    ...generate,
    id: 'fal-ai/imagen4/preview/fast',
    size: { rule: 'ratio', ratios, default: '1:1' },
  },
  edit: nanoBanana2Edit,
  successors: ['nano-banana-2', 'nano-banana'],
})

export const imagen4Ultra = defineModel({
  names: ['imagen4-ultra', 'imagen4-preview-ultra'],
  owner: 'google',
  generate: { ...generate, id: 'fal-ai/imagen4/preview/ultra', size },
  edit: nanoBananaProEdit,
  successors: ['nano-banana-pro', 'nano-banana-2'],
})
