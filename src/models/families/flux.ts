import { defineModel } from '../model-spec.ts'
import { DIFFUSION_FIELDS, FLUX_LIMITS, PRESETS, SAFETY_TOLERANCE } from './presets.ts'

const formats = { formats: ['jpeg', 'png'], defaultFormat: 'jpeg' } as const

const image_size = {
  rule: 'pixels',
  presets: PRESETS,
  limits: FLUX_LIMITS,
  default: 'landscape_4_3',
} as const

const ratios = ['1:1', '21:9', '16:9', '4:3', '3:2', '2:3', '3:4', '9:16', '9:21'] as const

const proFields = ['seed', 'safety_tolerance', 'enhance_prompt'] as const

export const fluxProUltra = defineModel({
  names: ['Flux 1.1 Pro Ultra', 'flux-pro-1.1-ultra', 'flux-pro-v1.1-ultra', 'flux-pro-ultra'],
  owner: 'black-forest-labs',
  generate: {
    ...formats,
    id: 'fal-ai/flux-pro/v1.1-ultra',
    size: { rule: 'ratio', ratios, default: '16:9' },
    maxImages: 4,
    moderation: SAFETY_TOLERANCE,
    fields: [...proFields, 'raw', 'image_url', 'image_prompt_strength'],
  },
})

export const fluxPro11 = defineModel({
  names: ['flux-1.1-pro', 'flux-pro-1.1', 'flux-pro-v1.1', 'flux-pro'],
  owner: 'black-forest-labs',
  generate: {
    ...formats,
    id: 'fal-ai/flux-pro/v1.1',
    size: image_size,
    maxImages: 4,
    moderation: SAFETY_TOLERANCE,
    fields: proFields,
  },
})

export const fluxDev = defineModel({
  names: ['flux-dev', 'flux-1-dev', 'flux'],
  owner: 'black-forest-labs',
  generate: {
    ...formats,
    id: 'fal-ai/flux/dev',
    size: image_size,
    maxImages: 4,
    fields: [...DIFFUSION_FIELDS, 'acceleration'],
  },
})

export const fluxSchnell = defineModel({
  names: ['flux-schnell', 'flux-1-schnell'],
  owner: 'black-forest-labs',
  generate: {
    ...formats,
    id: 'fal-ai/flux/schnell',
    size: image_size,
    maxImages: 4,
    fields: [...DIFFUSION_FIELDS, 'acceleration'],
  },
})

const kontext = {
  ...formats,
  size: { rule: 'ratio', ratios, default: '1:1' },
  maxImages: 4,
  moderation: SAFETY_TOLERANCE,
  fields: [...proFields, 'guidance_scale'],
} as const

export const fluxKontext = defineModel({
  names: ['flux-kontext', 'flux-kontext-pro', 'flux-pro-kontext'],
  owner: 'black-forest-labs',
  generate: { ...kontext, id: 'fal-ai/flux-pro/kontext/text-to-image' },
})

export const fluxKontextMax = defineModel({
  names: ['flux-kontext-max', 'flux-pro-kontext-max'],
  owner: 'black-forest-labs',
  generate: { ...kontext, id: 'fal-ai/flux-pro/kontext/max/text-to-image' },
})
