import type { JsonSchema } from './json-schema.ts'
import { readChoice } from './numeric-choices.ts'

type Limits = Pick<
  JsonSchema,
  | 'type'
  | 'minimum'
  | 'maximum'
  | 'exclusiveMinimum'
  | 'minLength'
  | 'maxLength'
  | 'minItems'
  | 'maxItems'
>

interface LimitRule {
  readonly endpoints: RegExp
  readonly fields: Readonly<Record<string, Limits>>
}

const ALL = /^/
const count = (maximum: number): Limits => ({ minimum: 1, maximum })
const range = (minimum: number, maximum: number): Limits => ({ minimum, maximum })
const length = (minLength: number, maxLength: number): Limits => ({ minLength, maxLength })

const EIGHT_IMAGES =
  /^fal-ai\/(ideogram\/(v3|character|custom-models)|fast-|dreamshaper|kolors|lcm|lightning-models|lora$|lora\/|pixart-sigma|playground-v25|pulid|realistic-vision|sd15-depth|sdxl-controlnet-union|stable-diffusion-v15)/
const ONE_TO_TWENTY =
  /^fal-ai\/(flux\/|flux-1\/|flux-kontext\/dev|flux-pro\/(kontext|v1\.1\/redux)|hunyuan-image\/|longcat-image|ovis-image|qwen-image-edit-2511|z-image\/base|ernie-image)/
const LORA_GUIDANCE = /^fal-ai\/flux-(control-lora|krea-lora|lora)/

/**
 * What the types cannot say: ranges and lengths, from the endpoints' own OpenAPI documents (May 2026) and
 * the prose of their field descriptions. A later rule wins over an earlier one, field by field.
 */
const RULES: readonly LimitRule[] = [
  {
    endpoints: ALL,
    fields: {
      num_images: { type: 'integer', ...count(4) },
      seed: { type: 'integer' },
      num_inference_steps: { type: 'integer', ...range(1, 50) },
      guidance_scale: range(0, 20),
      image_prompt_strength: range(0, 1),
    },
  },
  {
    // No maximum is stated for these; the field descriptions name none either.
    endpoints:
      /^(bytedance\/seedream\/v5|google\/nano-banana|ideogram\/v4|microsoft\/|reve\/|rundiffusion-fal\/|fal-ai\/wan\/v2\.7\/(pro\/)?text)/,
    fields: { num_images: count(Number.MAX_SAFE_INTEGER) },
  },
  { endpoints: EIGHT_IMAGES, fields: { num_images: count(8) } },
  {
    endpoints: /seedream\/v4|^fal-ai\/qwen-image-(2|2\/pro|max)\/edit/,
    fields: { num_images: count(6) },
  },
  { endpoints: /seedream\/v4/, fields: { max_images: { type: 'integer', ...count(6) } } },
  { endpoints: /kling-image|minimax\/image-01/, fields: { num_images: count(9) } },
  { endpoints: /flux-general/, fields: { num_images: count(10) } },
  { endpoints: /aura-flow|pony-v7/, fields: { num_images: count(2) } },
  { endpoints: /fal-ai\/janus/, fields: { num_images: count(16) } },
  { endpoints: /wan\/v2\.[67]/, fields: { max_images: { type: 'integer', ...count(5) } } },
  { endpoints: ONE_TO_TWENTY, fields: { guidance_scale: range(1, 20) } },
  { endpoints: LORA_GUIDANCE, fields: { guidance_scale: range(0, 35) } },
  { endpoints: /^fal-ai\/flux-lora-fill/, fields: { guidance_scale: range(28, 35) } },
  { endpoints: /flux-2-flex/, fields: { guidance_scale: range(1.5, 10) } },
  { endpoints: /seedream\/v3|glm-image/, fields: { guidance_scale: range(1, 10) } },
  { endpoints: /flux(-1)?\/schnell/, fields: { num_inference_steps: range(1, 12) } },
  { endpoints: /z-image\/turbo/, fields: { num_inference_steps: range(1, 8) } },
  {
    endpoints: /flux-2\/klein\/[49]b($|\/edit|\/lora)/,
    fields: { num_inference_steps: range(4, 8) },
  },
  {
    endpoints: /^fal-ai\/flux-2$|^fal-ai\/flux-2\/edit/,
    fields: { num_inference_steps: range(4, 50) },
  },
  { endpoints: /qwen-image(\/image-to-image)?$/, fields: { num_inference_steps: range(2, 250) } },
  { endpoints: /qwen-image-edit-(plus|2509)/, fields: { num_inference_steps: range(2, 100) } },
  { endpoints: /glm-image/, fields: { num_inference_steps: range(10, 100) } },
  {
    endpoints: /fast-sdxl\/|playground-v25\//,
    fields: { num_inference_steps: range(1, 65), strength: range(0.01, 1) },
  },
  { endpoints: /clarity-upscaler|topaz\/upscale\/image/, fields: { upscale_factor: range(1, 4) } },
  { endpoints: /seedvr\/upscale\/image/, fields: { upscale_factor: range(1, 10) } },
  { endpoints: /esrgan/, fields: { scale: range(1, 8) } },
  { endpoints: /imagen4|luma-photon/, fields: { prompt: length(3, 5000) } },
  { endpoints: /^fal-ai\/(nano-banana|gemini-)/, fields: { prompt: length(3, 50_000) } },
  { endpoints: /gpt-image-(1|1-mini)\b/, fields: { prompt: { minLength: 2 } } },
  { endpoints: /gpt-image-(1\.5|2)/, fields: { prompt: length(2, 32_000) } },
  { endpoints: /^openai\/gpt-image-2\/edit/, fields: { image_urls: { maxItems: 16 } } },
  { endpoints: /recraft\/v3|recraft-20b/, fields: { prompt: length(1, 1000) } },
  { endpoints: /recraft\/v4/, fields: { prompt: length(1, 10_000) } },
  { endpoints: /minimax\/image-01/, fields: { prompt: length(1, 1500) } },
  { endpoints: /wan\/v2\.7/, fields: { prompt: length(1, 2000) } },
  { endpoints: /kling-image/, fields: { prompt: { maxLength: 2500 } } },
  { endpoints: /grok-imagine-image/, fields: { prompt: { maxLength: 8000 } } },
  { endpoints: /grok-imagine-image.*edit/, fields: { image_urls: { maxItems: 3 } } },
  { endpoints: /qwen-image-max/, fields: { prompt: length(1, 800) } },
  { endpoints: /topaz\/upscale\/image/, fields: { prompt: { maxLength: 1024 } } },
  {
    endpoints: /qwen-image-(2|2\/pro|max)\/edit|omnigen-v2|hunyuan-image\/v3\/instruct\/edit/,
    fields: { image_urls: { minItems: 1, maxItems: 3 }, input_image_urls: { maxItems: 3 } },
  },
  { endpoints: /wan-25-preview\/image-to-image/, fields: { image_urls: { maxItems: 2 } } },
  {
    endpoints: /wan\/v2\.7.*edit|glm-image\/image-to-image/,
    fields: { image_urls: { maxItems: 4 } },
  },
]

/** fal: an image edge is 1…14142 px in every `ImageSize`; endpoints narrow it further (size-limits.ts). */
const IMAGE_SIZE: Limits = { type: 'integer', exclusiveMinimum: 0, maximum: 14_142 }

function limitsOf(endpoint: string, field: string): Limits {
  const rules = RULES.filter(({ endpoints }) => endpoints.test(endpoint))
  return Object.fromEntries(rules.flatMap(({ fields }) => Object.entries(fields[field] ?? {})))
}

type Properties = Readonly<Record<string, JsonSchema>>

function mapProperties(
  schema: JsonSchema,
  limit: (field: string, property: JsonSchema) => JsonSchema,
): JsonSchema {
  const entries = Object.entries(schema.properties ?? {}).map(
    ([field, property]) => [field, limit(field, property)] as const,
  )
  const properties: Properties = Object.fromEntries(entries)
  return { ...schema, properties }
}

/** Adds the limits to an endpoint's input schema; fields with an enum have none. */
export function limitInput(endpoint: string, schema: JsonSchema): JsonSchema {
  return mapProperties(schema, (field, property) =>
    property.enum || property.anyOf
      ? readChoice(endpoint, field, property)
      : { ...property, ...limitsOf(endpoint, field) },
  )
}

/** The shared `ImageSize` type with its edge limits. */
export function limitImageSize(schema: JsonSchema): JsonSchema {
  return mapProperties(schema, (_field, property) => ({ ...property, ...IMAGE_SIZE }))
}
