import { defineModel } from '../../../model-spec.ts'
import { TOOL } from '../presets.ts'

/** Makes an image larger and invents nothing: what most people mean by it. */
export const upscale = defineModel({
  names: ['upscale', 'seedvr', 'seedvr2', 'seedvr-upscale'],
  owner: 'bytedance',
  edit: {
    ...TOOL,
    id: 'fal-ai/seedvr/upscale/image',
    formats: ['png', 'jpeg', 'webp'],
    formatWords: { jpeg: 'jpg' },
    defaultFormat: 'jpeg',
    fields: ['seed', 'upscale_mode', 'upscale_factor', 'target_resolution', 'noise_scale'],
  },
  successors: ['clarity-upscaler', 'esrgan'],
})

export const clarityUpscaler = defineModel({
  names: ['clarity-upscaler', 'clarity'],
  owner: 'fal',
  edit: {
    ...TOOL,
    id: 'fal-ai/clarity-upscaler',
    prompt: 'optional',
    fields: [
      'seed',
      'negative_prompt',
      'guidance_scale',
      'num_inference_steps',
      'enable_safety_checker',
      'upscale_factor',
      'creativity',
      'resemblance',
    ],
  },
})

export const esrgan = defineModel({
  names: ['esrgan', 'real-esrgan'],
  owner: 'fal',
  edit: {
    ...TOOL,
    id: 'fal-ai/esrgan',
    formats: ['png', 'jpeg'],
    defaultFormat: 'png',
    fields: ['scale', 'tile', 'face', 'model'],
  },
})

export const topazUpscale = defineModel({
  names: ['topaz', 'topaz-upscale'],
  owner: 'topaz',
  edit: {
    ...TOOL,
    id: 'fal-ai/topaz/upscale/image',
    prompt: 'optional',
    promptLength: { min: 0, max: 1024 },
    formats: ['jpeg', 'png'],
    defaultFormat: 'jpeg',
    fields: [
      'model',
      'upscale_factor',
      'crop_to_fill',
      'subject_detection',
      'face_enhancement',
      'face_enhancement_creativity',
      'face_enhancement_strength',
      'sharpen',
      'denoise',
      'fix_compression',
      'strength',
      'creativity',
      'texture',
      'autoprompt',
      'detail',
    ],
  },
})

export const auraSr = defineModel({
  names: ['aura-sr'],
  owner: 'fal',
  edit: {
    ...TOOL,
    id: 'fal-ai/aura-sr',
    fields: ['upscale_factor', 'overlapping_tiles', 'checkpoint'],
  },
})

const recraftFields = ['enable_safety_checker'] as const

export const recraftCrisp = defineModel({
  names: ['recraft-crisp-upscale', 'recraft-upscale', 'recraft-crisp'],
  owner: 'recraft',
  edit: { ...TOOL, id: 'fal-ai/recraft/upscale/crisp', fields: recraftFields },
})

export const recraftCreative = defineModel({
  names: ['recraft-creative-upscale', 'recraft-creative'],
  owner: 'recraft',
  edit: { ...TOOL, id: 'fal-ai/recraft/upscale/creative', fields: recraftFields },
})

export const ideogramUpscale = defineModel({
  names: ['ideogram-upscale'],
  owner: 'ideogram',
  edit: {
    ...TOOL,
    id: 'fal-ai/ideogram/upscale',
    prompt: 'optional',
    fields: ['seed', 'resemblance', 'detail', 'expand_prompt'],
  },
})
