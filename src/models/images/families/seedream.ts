import { defineModel } from '../../model-spec.ts'
import { PRESETS } from './presets.ts'

// "up to 10 image inputs are allowed. If over 10 images are sent, only the last 10 will be used."
const sources = { field: 'image_urls', list: true, max: 10 } as const

const size45 = {
  rule: 'pixels',
  presets: [...PRESETS, 'auto_2K', 'auto_4K'],
  // "between 1920 and 4096, or total number of pixels between 2560*1440 and 4096*4096"
  limits: { step: 8, maxEdge: 14_142, minPixels: 3_686_400, maxPixels: 16_777_216 },
  default: '2048x2048',
} as const

export const seedream45 = defineModel({
  names: ['seedream-4.5', 'seedream-v4.5'],
  owner: 'bytedance',
  generate: {
    id: 'fal-ai/bytedance/seedream/v4.5/text-to-image',
    size: size45,
    maxImages: 6,
    fields: ['seed', 'max_images', 'enable_safety_checker'],
  },
  edit: {
    id: 'fal-ai/bytedance/seedream/v4.5/edit',
    size: size45,
    maxImages: 6,
    sources,
    fields: ['seed', 'max_images', 'enable_safety_checker'],
  },
  successors: ['seedream-5-lite'],
})

const size5Lite = {
  rule: 'pixels',
  presets: [...PRESETS, 'auto_2K', 'auto_3K', 'auto_4K'],
  // "Total pixels must be between 2560x1440 and 4096x4096"
  limits: { step: 8, minPixels: 3_686_400, maxPixels: 16_777_216 },
  default: 'auto_2K',
} as const

export const seedream5Lite = defineModel({
  names: ['seedream-5-lite', 'seedream-5', 'seedream-v5-lite'],
  owner: 'bytedance',
  generate: {
    id: 'bytedance/seedream/v5/lite/text-to-image',
    size: size5Lite,
    // The types state no maximum; 6 is that of 4.5 and of v5's first endpoint.
    maxImages: 6,
    fields: ['max_images', 'enable_safety_checker', 'return_byteplus_urls'],
  },
  edit: {
    id: 'bytedance/seedream/v5/lite/edit',
    size: size5Lite,
    maxImages: 6,
    sources,
    fields: ['max_images', 'enable_safety_checker'],
  },
})

const size5Pro = {
  rule: 'pixels',
  presets: [...PRESETS, 'auto_1K', 'auto_2K'],
  // "between 1024x1024 and 2048x2048, aspect ratio between 1/16 and 16"
  limits: { step: 8, minPixels: 1_048_576, maxPixels: 4_194_304, maxRatio: 16 },
  default: 'auto_2K',
} as const

export const seedream5Pro = defineModel({
  names: ['seedream-5-pro', 'seedream-v5-pro'],
  owner: 'bytedance',
  generate: {
    id: 'bytedance/seedream/v5/pro/text-to-image',
    size: size5Pro,
    // No maximum is known: one request an image is always legal.
    maxImages: 1,
    formats: ['jpeg', 'png'],
    defaultFormat: 'jpeg',
    fields: ['enable_safety_checker'],
  },
  edit: {
    id: 'bytedance/seedream/v5/pro/edit',
    size: size5Pro,
    maxImages: 1,
    formats: ['jpeg', 'png'],
    defaultFormat: 'jpeg',
    sources,
    fields: ['enable_safety_checker'],
  },
})
