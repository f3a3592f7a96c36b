import { defineModel } from '../model-spec.ts'
import { PRESETS } from './presets.ts'

export const ideogram3 = defineModel({
  names: ['ideogram-v3', 'ideogram-3'],
  owner: 'ideogram',
  generate: {
    id: 'fal-ai/ideogram/v3',
    size: {
      rule: 'pixels',
      presets: PRESETS,
      limits: { step: 16, minEdge: 512, maxEdge: 1536 },
      default: 'square_hd',
    },
    maxImages: 8,
    quality: {
      field: 'rendering_speed',
      values: {
        low: 'TURBO',
        medium: 'BALANCED',
        high: 'QUALITY',
        xhigh: 'QUALITY',
        max: 'QUALITY',
      },
    },
    fields: [
      'seed',
      'negative_prompt',
      'rendering_speed',
      'style',
      'style_preset',
      'style_codes',
      'color_palette',
      'expand_prompt',
      'image_urls',
    ],
  },
})
