import { REFERENCE, type JsonSchema } from '../json-schema.ts'
import { audioEndpoints } from './audio-endpoints.ts'
import type { NewerEndpoint } from './newer-endpoint.ts'
import { soundEndpoints } from './sound-endpoints.ts'
import { videoEndpoints } from './video-endpoints.ts'

const PRESETS = [
  'square_hd',
  'square',
  'portrait_4_3',
  'portrait_16_9',
  'landscape_4_3',
  'landscape_16_9',
] as const

const text: JsonSchema = { type: 'string' }
const number: JsonSchema = { type: 'number' }
const flag = (preset: boolean): JsonSchema => ({ type: 'boolean', default: preset })
const choice = (preset: string | undefined, values: readonly string[]): JsonSchema => ({
  type: 'string',
  enum: values,
  ...(preset !== undefined && { default: preset }),
})
const imageSize = (
  preset: unknown,
  more: readonly string[] = [],
  description?: string,
): JsonSchema => ({
  anyOf: [{ $ref: `${REFERENCE}ImageSize` }, { type: 'string', enum: [...PRESETS, ...more] }],
  ...(preset !== undefined && { default: preset }),
  ...(description !== undefined && { description }),
})
const GPT_IMAGE_SIZE =
  "The size of the generated image. Supports preset names, explicit {width, height}, or 'auto' to let the model pick the best size. Concrete sizes must have both dimensions as multiples of 16, max edge 3840px, aspect ratio <= 3:1, total pixels between 655,360 and 8,294,400."
const LITE_SIZE =
  'The size of the generated image. Total pixels must be between 2560x1440 and 4096x4096. In case the image size does not fall within these parameters, the image size will be adjusted to by scaling.'
const PRO_SIZE =
  'The size of the generated image. Total pixels must be between 1024x1024 and 2048x2048, with aspect ratio between 1/16 and 16.'
const urls: JsonSchema = { type: 'array', items: text }

const images: JsonSchema = { type: 'array', items: { $ref: `${REFERENCE}ImageFile` } }
const plainOutput = { images }
const seededOutput = { images, seed: number }
const describedOutput = { images, description: text }
const fluxOutput = {
  images,
  seed: number,
  prompt: text,
  timings: {},
  has_nsfw_concepts: { type: 'array', items: { type: 'boolean' } },
} as const

const common = {
  prompt: text,
  num_images: { type: 'number', default: 1 },
  sync_mode: flag(false),
} as const
const formats = (preset: string, values = ['jpeg', 'png', 'webp']) => ({
  output_format: choice(preset, values),
})

const RATIOS = ['21:9', '16:9', '3:2', '4:3', '5:4', '1:1', '4:5', '3:4', '2:3', '9:16']
const WIDE_RATIOS = ['auto', ...RATIOS, '4:1', '1:4', '8:1', '1:8']

const gptImage2 = {
  ...common,
  ...formats('png'),
  quality: choice('high', ['auto', 'low', 'medium', 'high']),
}

const seedreamLite = {
  ...common,
  image_size: imageSize('auto_2K', ['auto_2K', 'auto_3K', 'auto_4K'], LITE_SIZE),
  max_images: { type: 'number', default: 1 },
  enable_safety_checker: flag(true),
} as const

const seedreamPro = {
  ...common,
  ...formats('jpeg', ['jpeg', 'png']),
  image_size: imageSize('auto_2K', ['auto_1K', 'auto_2K'], PRO_SIZE),
  enable_safety_checker: flag(true),
}

const nanoBananaLite = {
  ...common,
  ...formats('png'),
  seed: number,
  aspect_ratio: choice('auto', WIDE_RATIOS),
  safety_tolerance: choice('4', ['1', '2', '3', '4', '5', '6']),
  limit_generations: flag(true),
  system_prompt: { type: 'string', default: '' },
  thinking_level: choice(undefined, ['minimal', 'high']),
} as const

const ideogram = {
  ...common,
  ...formats('jpeg', ['jpeg', 'png']),
  seed: number,
  image_size: imageSize('square_hd'),
  enable_safety_checker: flag(true),
}
const ideogramSpeed = {
  ...ideogram,
  rendering_speed: choice('BALANCED', ['TURBO', 'BALANCED', 'QUALITY']),
  expansion_model: choice('Medium', ['None', 'Medium', 'Large']),
}

const hidream = {
  ...common,
  ...formats('png'),
  seed: number,
  image_size: imageSize({ width: 2048, height: 2048 }),
  guidance_scale: { type: 'number', default: 5 },
  num_inference_steps: { type: 'number', default: 50 },
  reference_image_urls: urls,
  keep_original_aspect: flag(false),
  enable_safety_checker: flag(true),
} as const

const recraft = {
  prompt: text,
  image_size: imageSize('square_hd'),
  colors: { type: 'array', items: {} },
} as const

const fluxInpainting = {
  ...common,
  ...formats('jpeg', ['jpeg', 'png']),
  seed: number,
  image_size: imageSize(undefined),
  image_url: text,
  mask_url: text,
  strength: { type: 'number', default: 0.85, minimum: 0.01, maximum: 1 },
  guidance_scale: { type: 'number', default: 3.5 },
  num_inference_steps: { type: 'number', default: 28 },
  acceleration: choice('none', ['none', 'regular']),
  loras: { type: 'array', items: {} },
  enable_safety_checker: flag(true),
} as const

const kreaInput = {
  prompt: text,
  seed: number,
  aspect_ratio: choice('1:1', ['1:1', '4:3', '3:2', '16:9', '2.35:1', '4:5', '2:3', '9:16']),
}

const maiInput = {
  ...common,
  ...formats('png'),
  aspect_ratio: choice('auto', ['auto', '1:1', '4:3', '3:4', '16:9', '9:16', '3:2', '2:3']),
}

const PROMPT = ['prompt']
const make = (
  input: NewerEndpoint['input'],
  output: NewerEndpoint['output'],
  required: readonly string[] = PROMPT,
): NewerEndpoint => ({ input, required, output })

const EDIT = ['prompt', 'image_urls']

/**
 * Endpoints that opened after the installed client's types (April 2026): their fields as fal's own schemas
 * of May to August 2026 gave them.
 */
export const newerEndpoints: Readonly<Record<string, NewerEndpoint>> = {
  'openai/gpt-image-2': make(
    { ...gptImage2, image_size: imageSize('landscape_4_3', ['auto'], GPT_IMAGE_SIZE) },
    plainOutput,
  ),
  'openai/gpt-image-2/edit': make(
    { ...gptImage2, image_size: imageSize('auto', ['auto']), image_urls: urls, mask_url: text },
    plainOutput,
    EDIT,
  ),
  'bytedance/seedream/v5/lite/text-to-image': make(seedreamLite, seededOutput),
  'bytedance/seedream/v5/lite/edit': make(
    { ...seedreamLite, image_urls: urls },
    seededOutput,
    EDIT,
  ),
  'bytedance/seedream/v5/pro/text-to-image': make(seedreamPro, plainOutput),
  'bytedance/seedream/v5/pro/edit': make({ ...seedreamPro, image_urls: urls }, plainOutput, EDIT),
  'google/nano-banana-2-lite': make(nanoBananaLite, describedOutput),
  'google/nano-banana-lite': make(nanoBananaLite, describedOutput),
  'google/nano-banana-lite/edit': make({ ...nanoBananaLite, image_urls: urls }, describedOutput),
  'fal-ai/hidream-o1-image': make(hidream, fluxOutput),
  'fal-ai/hidream-o1-image/edit': make(hidream, fluxOutput, ['prompt', 'reference_image_urls']),
  'ideogram/v4': make(
    { ...ideogramSpeed, acceleration: choice('none', ['none', 'low', 'regular', 'high']) },
    fluxOutput,
  ),
  'ideogram/v4/fast': make(ideogramSpeed, fluxOutput),
  'ideogram/v4/instant': make(
    { ...ideogram, expansion_model: choice('Medium', ['None', 'Medium']) },
    fluxOutput,
  ),
  'fal-ai/recraft/v4.1/text-to-image': make(recraft, plainOutput),
  'fal-ai/recraft/v4.1/pro/text-to-image': make(recraft, plainOutput),
  'fal-ai/flux-lora/inpainting': make(fluxInpainting, fluxOutput, [
    'prompt',
    'image_url',
    'mask_url',
  ]),
  'krea/v2/medium/text-to-image': make(kreaInput, seededOutput),
  'krea/v2/large/text-to-image': make(kreaInput, seededOutput),
  'microsoft/mai-image-2.5': make(maiInput, describedOutput),
  'microsoft/mai-image-2.5/edit': make({ ...maiInput, image_urls: urls }, describedOutput, EDIT),
  ...audioEndpoints,
  ...soundEndpoints,
  ...videoEndpoints,
}

const edge: JsonSchema = { type: 'number', default: 512 }

/** The types that the schemas above refer to. */
export const newerComponents: Readonly<Record<string, JsonSchema>> = {
  ImageSize: { title: 'ImageSize', type: 'object', properties: { width: edge, height: edge } },
  ImageFile: {
    title: 'ImageFile',
    type: 'object',
    properties: {
      url: text,
      content_type: text,
      file_name: text,
      file_size: number,
      width: number,
      height: number,
    },
    required: ['url'],
  },
  VideoFile: {
    title: 'VideoFile',
    type: 'object',
    properties: { url: text, content_type: text, file_name: text, file_size: number },
    required: ['url'],
  },
  AudioFile: {
    title: 'AudioFile',
    type: 'object',
    properties: { url: text, content_type: text, file_name: text, file_size: number },
    required: ['url'],
  },
}

/** For an image endpoint that nobody described: the fields that most of fal's image endpoints share. */
export const usualImageEndpoint: NewerEndpoint = make(
  {
    ...common,
    ...formats('png'),
    seed: number,
    negative_prompt: text,
    image_size: imageSize('square_hd', ['auto']),
    aspect_ratio: text,
    resolution: text,
    image_url: text,
    image_urls: urls,
    mask_url: text,
  },
  seededOutput,
)
