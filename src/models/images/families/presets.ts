import { SIZE_PRESETS } from '../../size-presets.ts'

/** The presets that nearly every `image_size` lists (fal API reference, `ImageSize`). */
export const PRESETS = Object.keys(SIZE_PRESETS)

/** `safety_tolerance` runs from "1" (strict) to "6"; OpenAI's `moderation: low` is one step short of the end. */
export const SAFETY_TOLERANCE = { field: 'safety_tolerance', values: { low: '5' } } as const

/** Fields of the endpoints on fal's own diffusion stack. */
export const DIFFUSION_FIELDS = [
  'seed',
  'guidance_scale',
  'num_inference_steps',
  'enable_safety_checker',
] as const

/** No limit is documented for FLUX.1; fal's schema stops at 14,142, and the models work in steps of 16. */
export const FLUX_LIMITS = { step: 16, minEdge: 256, maxEdge: 2048 } as const

/** Endpoints that do one thing to one image, without being told what in words. */
export const TOOL = {
  size: { rule: 'none' },
  maxImages: 1,
  prompt: 'none',
  sources: { field: 'image_url', list: false, max: 1 },
} as const
