import { defineModel } from '../../model-spec.ts'
import { PRESETS } from './presets.ts'

const SIZES = ['1024x1024', '1536x1024', '1024x1536'] as const

const generate = {
  maxImages: 4,
  formats: ['png', 'jpeg', 'webp'],
  defaultFormat: 'png',
  // fal lists no step above "high".
  quality: {
    field: 'quality',
    values: { low: 'low', medium: 'medium', high: 'high', xhigh: 'high', max: 'high' },
  },
  promptLength: { min: 2, max: 32_000 },
  fields: [],
} as const

// "A maximum of 16 images are allowed": fal of gpt-image-2, OpenAI of all of them.
const sources = { field: 'image_urls', list: true, max: 16 } as const

const background = {
  field: 'background',
  values: { transparent: 'transparent', opaque: 'opaque' },
} as const

const gptImage2Spec = {
  ...generate,
  id: 'openai/gpt-image-2',
  // fal's own default is "high", the dearest; OpenAI's is "auto".
  quality: { ...generate.quality, default: 'auto' },
  size: {
    rule: 'pixels',
    presets: PRESETS,
    // "multiples of 16, max edge 3840px, aspect ratio <= 3:1, total pixels between 655,360 and 8,294,400"
    limits: { step: 16, maxEdge: 3840, maxRatio: 3, minPixels: 655_360, maxPixels: 8_294_400 },
    default: 'landscape_4_3',
  },
} as const

/** Answers to every `gpt-image-*` name that has no spec of its own: clients hard-code them. */
export const gptImage2 = defineModel({
  names: ['gpt-image-2', 'chatgpt-image-latest'],
  owner: 'openai',
  generate: gptImage2Spec,
  edit: {
    ...gptImage2Spec,
    id: 'openai/gpt-image-2/edit',
    size: { ...gptImage2Spec.size, default: undefined },
    sources,
    mask: { field: 'mask_url', change: 'transparent' },
  },
})

export const gptImage15 = defineModel({
  names: ['gpt-image-1.5'],
  owner: 'openai',
  generate: {
    ...generate,
    id: 'fal-ai/gpt-image-1.5',
    background,
    size: {
      rule: 'listed',
      sizes: SIZES,
      default: '1024x1024',
    },
  },
  edit: {
    ...generate,
    id: 'fal-ai/gpt-image-1.5/edit',
    streaming: true,
    background,
    size: { rule: 'listed', sizes: SIZES, default: undefined },
    sources,
    mask: { field: 'mask_image_url', change: 'transparent' },
    fields: ['input_fidelity'],
  },
  successors: ['gpt-image-2'],
})

export const gptImage1Mini = defineModel({
  names: ['gpt-image-1-mini'],
  owner: 'openai',
  generate: {
    ...generate,
    id: 'fal-ai/gpt-image-1-mini',
    background,
    size: {
      rule: 'listed',
      sizes: SIZES,
      default: undefined,
    },
  },
  edit: {
    ...generate,
    id: 'fal-ai/gpt-image-1-mini/edit',
    background,
    size: { rule: 'listed', sizes: SIZES, default: undefined },
    sources,
    fields: [],
  },
  successors: ['gpt-image-2'],
})
