import { defineModel } from '../model-spec.ts'
import { PRESETS } from './presets.ts'

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

const background = {
  field: 'background',
  values: { transparent: 'transparent', opaque: 'opaque' },
} as const

/** Answers to every `gpt-image-*` name that has no spec of its own: clients hard-code them. */
export const gptImage2 = defineModel({
  names: ['gpt-image-2', 'chatgpt-image-latest'],
  owner: 'openai',
  generate: {
    ...generate,
    id: 'openai/gpt-image-2',
    // fal's own default is "high", the dearest; OpenAI's is "auto".
    quality: { ...generate.quality, unsaid: 'auto' },
    size: {
      rule: 'pixels',
      presets: PRESETS,
      // "multiples of 16, max edge 3840px, aspect ratio <= 3:1, total pixels between 655,360 and 8,294,400"
      limits: { step: 16, maxEdge: 3840, maxRatio: 3, minPixels: 655_360, maxPixels: 8_294_400 },
      default: 'landscape_4_3',
    },
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
      sizes: ['1024x1024', '1536x1024', '1024x1536'],
      default: '1024x1024',
    },
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
      sizes: ['1024x1024', '1536x1024', '1024x1536'],
      default: undefined,
    },
  },
  successors: ['gpt-image-2'],
})
