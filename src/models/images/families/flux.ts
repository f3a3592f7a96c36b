import { defineModel } from '../../model-spec.ts'
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

const kontext = {
  ...formats,
  size: { rule: 'ratio', ratios, default: '1:1' },
  maxImages: 4,
  moderation: SAFETY_TOLERANCE,
  fields: [...proFields, 'guidance_scale'],
} as const

// Without a ratio the image keeps its own.
const kontextSize = { rule: 'ratio', ratios, default: undefined } as const

const kontextEdit = {
  ...kontext,
  id: 'fal-ai/flux-pro/kontext',
  size: kontextSize,
  sources: { field: 'image_url', list: false, max: 1 },
} as const

const kontextMulti = {
  ...kontext,
  id: 'fal-ai/flux-pro/kontext/multi',
  size: kontextSize,
  // What the model is known to take; fal's schema names no limit.
  sources: { field: 'image_urls', list: true, max: 4 },
} as const

const kontextDev = {
  ...formats,
  id: 'fal-ai/flux-kontext/dev',
  size: { rule: 'none' },
  maxImages: 4,
  sources: { field: 'image_url', list: false, max: 1 },
  fields: [...DIFFUSION_FIELDS, 'acceleration', 'enhance_prompt', 'resolution_mode'],
} as const

const fill = {
  ...formats,
  id: 'fal-ai/flux-pro/v1/fill',
  size: { rule: 'none' },
  maxImages: 4,
  moderation: SAFETY_TOLERANCE,
  sources: { field: 'image_url', list: false, max: 1 },
  mask: { field: 'mask_url', change: 'white', required: true },
  fields: proFields,
} as const

const inpainting = {
  ...formats,
  id: 'fal-ai/flux-lora/inpainting',
  size: { ...image_size, default: undefined },
  maxImages: 4,
  sources: { field: 'image_url', list: false, max: 1 },
  mask: { field: 'mask_url', change: 'white', required: true },
  fields: [...DIFFUSION_FIELDS, 'acceleration', 'loras', 'strength'],
} as const

// FLUX 1.1 only makes images; its maker's models for work on them are Kontext and Fill.
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
  edit: kontextEdit,
  editMany: kontextMulti,
  inpaint: fill,
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
  edit: kontextEdit,
  editMany: kontextMulti,
  inpaint: fill,
})

export const fluxDev = defineModel({
  names: ['flux-dev', 'flux-1-dev', 'flux'],
  owner: 'black-forest-labs',
  generate: {
    ...formats,
    id: 'fal-ai/flux/dev',
    streaming: true,
    size: image_size,
    maxImages: 4,
    fields: [...DIFFUSION_FIELDS, 'acceleration'],
  },
  edit: {
    ...formats,
    id: 'fal-ai/flux/dev/image-to-image',
    size: { rule: 'none' },
    maxImages: 4,
    sources: { field: 'image_url', list: false, max: 1 },
    fields: [...DIFFUSION_FIELDS, 'acceleration', 'strength'],
  },
  editMany: kontextMulti,
  inpaint: inpainting,
})

export const fluxSchnell = defineModel({
  names: ['flux-schnell', 'flux-1-schnell'],
  owner: 'black-forest-labs',
  generate: {
    ...formats,
    id: 'fal-ai/flux/schnell',
    streaming: true,
    size: image_size,
    maxImages: 4,
    fields: [...DIFFUSION_FIELDS, 'acceleration'],
  },
  edit: kontextDev,
  inpaint: inpainting,
})

export const fluxKontext = defineModel({
  names: ['flux-kontext', 'flux-kontext-pro', 'flux-pro-kontext'],
  owner: 'black-forest-labs',
  generate: { ...kontext, id: 'fal-ai/flux-pro/kontext/text-to-image' },
  edit: kontextEdit,
  editMany: kontextMulti,
})

export const fluxKontextMax = defineModel({
  names: ['flux-kontext-max', 'flux-pro-kontext-max'],
  owner: 'black-forest-labs',
  generate: { ...kontext, id: 'fal-ai/flux-pro/kontext/max/text-to-image' },
  edit: { ...kontextEdit, id: 'fal-ai/flux-pro/kontext/max' },
  editMany: { ...kontextMulti, id: 'fal-ai/flux-pro/kontext/max/multi' },
})

export const fluxKontextDev = defineModel({
  names: ['flux-kontext-dev', 'flux-1-kontext-dev'],
  owner: 'black-forest-labs',
  edit: kontextDev,
})
