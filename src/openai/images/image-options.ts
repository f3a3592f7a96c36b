import * as z from 'zod/mini'

import { MAX_IMAGES, type AskedImageJob } from '../../job/image/image-job.ts'
import {
  addUpSizes,
  parseImageSize,
  SIZE_FORMS,
  sizeOfPixels,
  type ImageSize,
} from '../../job/image/image-size.ts'
import { invalidRequest } from '../../job/problem.ts'
import { once } from '../../lib/once.ts'
import { readWith } from '../read-with.ts'
import { integer, optional } from '../schemas.ts'
import { readNewestFields } from './newest-fields.ts'

/** OpenAI's own limit for its image models; fal's endpoints have limits of their own below it. */
export const MAX_PROMPT_CHARACTERS = 32_000

/** A word of OpenAI's as one of ours. */
function into<Schema extends z.ZodMiniType, Value>(
  schema: Schema,
  change: (word: z.output<Schema>) => Value,
) {
  return z.pipe(schema, z.transform(change))
}

const edge = once(() => z.int().check(z.positive()))

const pixels = once(() => into(z.object({ width: edge(), height: edge() }), sizeOfPixels))

const size = once(() =>
  optional(
    z
      .union([into(z.string(), readSizeText), pixels()], `expected ${SIZE_FORMS}`)
      .check(z.refine((value) => value !== undefined, `expected ${SIZE_FORMS}`)),
  ),
)

/** Longer than any size, short enough to be harmless. */
const MOST_SIZE_CHARACTERS = 40

function readSizeText(text: string): ImageSize | undefined {
  if (text.length > MOST_SIZE_CHARACTERS) return undefined
  return parseImageSize(text.trim() === '' ? 'auto' : text)
}

/** Everything about the image, in the words of OpenAI, OpenRouter and fal. */
export const imageOptions = once(() => ({
  model: optional(z.string().check(z.maxLength(300))),
  n: optional(integer(1, MAX_IMAGES)),
  size: size(),
  image_size: size(),
  aspect_ratio: size(),
  resolution: size(),
  image_config: optional(z.object({ aspect_ratio: size(), image_size: size() })),
  quality: optional(
    into(z.enum(['auto', 'low', 'medium', 'high', 'xhigh', 'max', 'standard', 'hd']), (word) => {
      if (word === 'hd') return 'high'
      return word === 'auto' || word === 'standard' ? undefined : word
    }),
  ),
  background: optional(
    into(z.enum(['auto', 'transparent', 'opaque']), (word) => (word === 'auto' ? undefined : word)),
  ),
  output_format: optional(
    into(z.enum(['png', 'jpeg', 'jpg', 'webp', 'gif', 'svg']), (word) =>
      word === 'jpg' ? 'jpeg' : word,
    ),
  ),
  output_compression: optional(integer(0, 100)),
  moderation: optional(
    into(z.enum(['auto', 'low']), (word) => (word === 'auto' ? undefined : word)),
  ),
  style: optional(z.string().check(z.maxLength(200))),
  // -1 is how Stable Diffusion's clients say "any".
  seed: optional(
    into(integer(-1, Number.MAX_SAFE_INTEGER), (seed) => (seed === -1 ? undefined : seed)),
  ),
  negative_prompt: optional(z.string().check(z.maxLength(MAX_PROMPT_CHARACTERS))),
  // OpenAI's newest, see `readNewestFields`.
  complexity: optional(z.enum(['low', 'medium', 'high'])),
  frame_count: optional(integer(2, 16)),
  frame_duration_ms: optional(integer(1, 655_350)),
  svg: optional(z.looseObject({ model: z.nullish(z.string()) })),
}))

/** A number, also as text. */
const number = once(() =>
  z.union([z.number(), into(z.string().check(z.regex(/^\s*-?\d{1,9}(?:\.\d{1,9})?\s*$/)), Number)]),
)

const numberOfImages = once(() =>
  optional(z.pipe(number(), z.int().check(z.minimum(1), z.maximum(MAX_IMAGES)))),
)

const pixelEdge = once(() => optional(z.pipe(number(), z.int().check(z.positive()))))

const geminis = once(() =>
  optional(
    z.object({ aspectRatio: size(), imageSize: size(), aspect_ratio: size(), image_size: size() }),
  ),
)

/** Words of other image APIs for the same: Together, Stable Diffusion's servers, Google, fal. */
const OTHER_FIELDS = [
  'num_images',
  'batch_size',
  'width',
  'height',
  'aspectRatio',
  'imageSize',
  'imageConfig',
  'generationConfig',
  'google',
  'steps',
  'cfg_scale',
] as const

const otherWords = once(() =>
  z.object({
    num_images: numberOfImages(),
    batch_size: numberOfImages(),
    width: pixelEdge(),
    height: pixelEdge(),
    aspectRatio: size(),
    imageSize: size(),
    imageConfig: geminis(),
    generationConfig: optional(z.object({ imageConfig: geminis() })),
    google: optional(z.object({ image_config: geminis() })),
    steps: optional(number()),
    cfg_scale: optional(number()),
  } satisfies Record<(typeof OTHER_FIELDS)[number], z.ZodMiniType>),
)

type OtherWords = z.infer<ReturnType<typeof otherWords>>

/** Nearly nobody uses them: to make them, and to find each of them absent, takes as long as all of OpenAI's. */
function readOtherWords(body: Readonly<Record<string, unknown>>): Partial<OtherWords> {
  const isUsed = OTHER_FIELDS.some((field) => body[field] !== undefined)
  return isUsed ? readWith(otherWords(), body) : {}
}

type ImageOptions = z.infer<z.ZodMiniObject<ReturnType<typeof imageOptions>>>

/** Fields that are read into the job, or that mean nothing to fal. */
const notExtra = once(
  () =>
    new Set([
      ...Object.keys(imageOptions()),
      'prompt',
      'messages',
      'stream',
      'response_format',
      'partial_images',
      'user',
      'safety_identifier',
      'extra_body',
    ]),
)

/**
 * The part of an image job that every surface says in the same words.
 *
 * @param sent the whole body: what is not known here travels on as `extra`
 * @throws ProblemError `invalid_request` for options that contradict each other
 */
export function readImageOptions(
  given: ImageOptions,
  sent: Readonly<Record<string, unknown>>,
): Omit<AskedImageJob, 'prompt' | 'sources' | 'earlier' | 'mask'> {
  const { options, body } = withExtraBody(given, sent)
  refuseContradictions(options)
  const others = readOtherWords(body)
  const newest = readNewestFields(options, body)
  const style = options.style === 'vivid' || options.style === 'natural' ? options.style : undefined
  return {
    model: options.model,
    count: options.n ?? others.num_images ?? others.batch_size ?? 1,
    size: readSize(options, others),
    quality: options.quality,
    format: options.output_format,
    background: options.background,
    compression: options.output_compression,
    moderation: options.moderation,
    style,
    seed: options.seed,
    negativePrompt: options.negative_prompt?.trim() === '' ? undefined : options.negative_prompt,
    extra: {
      ...newest,
      ...(others.steps !== undefined && { num_inference_steps: others.steps }),
      ...(others.cfg_scale !== undefined && { guidance_scale: others.cfg_scale }),
      ...Object.fromEntries(Object.entries(body).filter(([field]) => !notExtra().has(field))),
      // Recraft and Ideogram have styles of their own.
      ...(style === undefined && options.style && { style: options.style }),
    },
  }
}

const extraBody = once(() => z.object({ extra_body: z.object(imageOptions()) }))

const anyObject = once(() => z.looseObject({}))

/** The SDKs spread `extra_body` over the body; some clients send it as it is. */
function withExtraBody(options: ImageOptions, body: Readonly<Record<string, unknown>>) {
  if (body['extra_body'] === undefined) return { options, body }
  const nested = anyObject().safeParse(body['extra_body'])
  if (!nested.success) return { options, body }
  const more = Object.entries(readWith(extraBody(), body).extra_body)
  return {
    options: { ...options, ...Object.fromEntries(more.filter(([, value]) => value !== undefined)) },
    body: { ...body, ...nested.data },
  }
}

function refuseContradictions(options: ImageOptions): void {
  const { background, output_compression: compression = 100, output_format: format } = options
  if (background === 'transparent' && format === 'jpeg') {
    throw invalidRequest(
      'background',
      "A transparent background needs output_format 'png' or 'webp', not 'jpeg'.",
    )
  }
  if (compression < 100 && format !== undefined && format !== 'jpeg' && format !== 'webp') {
    throw invalidRequest(
      'output_compression',
      `output_compression below 100 needs output_format 'jpeg' or 'webp', not '${format}'.`,
    )
  }
}

/**
 * fal's and OpenRouter's own fields are sent on purpose, while many clients send some `size` always: so
 * the former win.
 */
function readSize(options: ImageOptions, others: Partial<OtherWords>): ImageSize | undefined {
  const { aspect_ratio, resolution, image_config, image_size, size: usual } = options
  const own = [aspect_ratio, image_config?.aspect_ratio, resolution, image_config?.image_size]
  return addUpSizes([...own, image_size, ...otherSizes(others), usual])
}

function otherSizes(others: Partial<OtherWords>): readonly (ImageSize | undefined)[] {
  const { width, height, google, generationConfig, imageConfig } = others
  const configs = [imageConfig, generationConfig?.imageConfig, google?.image_config]
  return [
    others.aspectRatio,
    others.imageSize,
    ...configs.flatMap((one) => [
      one?.aspectRatio,
      one?.aspect_ratio,
      one?.imageSize,
      one?.image_size,
    ]),
    width === undefined || height === undefined ? undefined : sizeOfPixels({ width, height }),
  ]
}
