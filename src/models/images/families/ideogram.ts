import { defineModel } from '../../model-spec.ts'
import { PRESETS } from './presets.ts'

const quality = {
  field: 'rendering_speed',
  values: { low: 'TURBO', medium: 'BALANCED', high: 'QUALITY', xhigh: 'QUALITY', max: 'QUALITY' },
} as const

const size = {
  rule: 'pixels',
  presets: PRESETS,
  limits: { step: 16, minEdge: 512, maxEdge: 1536 },
  default: 'square_hd',
} as const

const sources = { field: 'image_url', list: false, max: 1 } as const

const fields = [
  'seed',
  'rendering_speed',
  'style_codes',
  'color_palette',
  'expand_prompt',
  'image_urls',
] as const

export const ideogram3 = defineModel({
  names: ['ideogram-v3', 'ideogram-3'],
  owner: 'ideogram',
  generate: {
    id: 'fal-ai/ideogram/v3',
    size,
    maxImages: 8,
    quality,
    fields: [...fields, 'negative_prompt', 'style', 'style_preset'],
  },
  edit: {
    id: 'fal-ai/ideogram/v3/remix',
    size,
    maxImages: 8,
    quality,
    sources,
    fields: [...fields, 'negative_prompt', 'style', 'strength'],
  },
  inpaint: {
    id: 'fal-ai/ideogram/v3/edit',
    size: { rule: 'none' },
    maxImages: 8,
    quality,
    sources,
    mask: { field: 'mask_url', change: 'white', required: true },
    fields: [...fields, 'style_preset'],
  },
})
