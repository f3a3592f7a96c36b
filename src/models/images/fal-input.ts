import type { ImageJob } from '../../job/image/image-job.ts'
import { parseImageSize, type ImageSize } from '../../job/image/image-size.ts'
import { invalidRequest } from '../../job/problem.ts'
import { lengthen } from '../lengthen.ts'
import type { EndpointSpec, FieldCheck, OptionMap, SourceRule } from '../model-spec.ts'
import { checkRequired, passFields } from '../pass-fields.ts'
import { toFalSize } from './fal-size.ts'

/** An image job in one endpoint's words. */
export interface FalInput {
  /** One input per fal request, each with its share of the images. */
  readonly inputs: readonly Readonly<Record<string, unknown>>[]
  /** The size that will be made; undefined: the endpoint chooses. */
  readonly size: string | undefined
  /** Wishes that were changed or left out. */
  readonly adjusted: readonly string[]
}

/**
 * The one interpreter of endpoint facts: says a job in the words of an endpoint, in as many requests as its
 * limit on images asks for.
 *
 * @throws ProblemError `invalid_request` when the prompt is too long for the endpoint, or a field is missing
 *   that only it has
 */
export function toFalInput(job: ImageJob, endpoint: EndpointSpec): FalInput {
  checkPrompt(job.prompt, endpoint)
  const wish = toWish(job, endpoint)
  const size = toFalSize(wish, endpoint.size)
  const options = toOptions(job, endpoint)
  const passed = passFields(job, endpoint)
  const common = {
    ...endpoint.input,
    ...toPrompt(job, endpoint, options.adjusted),
    ...options.fields,
    // The endpoint's own words are sent on purpose: `rendering_speed` wins over `quality`.
    ...passed.fields,
    ...size.fields,
    ...toSources(job, endpoint),
  }
  checkRequired(common, endpoint)
  const inputs = shares(job.count, endpoint.maxImages).map((share, index) => ({
    ...common,
    ...toCount(share, endpoint),
    ...toSeed(job, index, endpoint),
  }))
  const adjusted = wish !== job.size || size.adjusted === undefined ? [] : [size.adjusted]
  return {
    inputs,
    size: size.chosen,
    adjusted: [
      ...adjusted,
      ...options.adjusted,
      ...passed.adjusted,
      ...aboutSeed(job, toSeed(job, 0, endpoint)),
    ],
  }
}

/**
 * The caller's wish; without one an image that is worked on keeps its shape, where the endpoint would make
 * one of a size of its own, and an endpoint that must have a size gets one.
 */
function toWish(job: ImageJob, { size: rule }: EndpointSpec): ImageSize | undefined {
  const { size } = job
  if (rule.rule === 'none' || size?.ratio !== undefined) return size
  if (rule.required === true) return shapeOf(job) ?? parseImageSize('1:1')
  const keeps = rule.default === undefined || rule.default.startsWith('auto')
  return keeps || size?.tier !== undefined ? size : (shapeOf(job) ?? size)
}

/** The shape of the first image given, if it is known. */
function shapeOf({ sources }: ImageJob): ImageSize | undefined {
  const pixels = sources[0]?.pixels
  return pixels && parseImageSize(`${pixels.width}:${pixels.height}`)
}

function toCount(share: number, { countField, maxImages }: EndpointSpec): Record<string, number> {
  const field = countField ?? (maxImages > 1 ? 'num_images' : undefined)
  return field === undefined ? {} : { [field]: share }
}

/** What fal's models take where their schemas state no limit. */
const USUAL_MAX_SEED = 2 ** 31 - 1

/**
 * Requests of one job with one seed would make one image again and again, and so would those without one to an
 * endpoint that has a seed of its own by default.
 */
function toSeed(job: ImageJob, index: number, spec: EndpointSpec): { readonly seed?: number } {
  const isSplit = job.count > spec.maxImages
  // The table is opened for its limits only where a seed may be sent.
  if ((job.seed === undefined && !isSplit) || !spec.fields.includes('seed')) return {}
  const check = spec.checks?.['seed']
  const own = check?.default
  // -1 and the like: it takes another one each time.
  const first = job.seed ?? (isSplit && own !== undefined && own >= 0 ? own : undefined)
  return first === undefined ? {} : { seed: seedAt(first, index * spec.maxImages, check) }
}

/** So many behind the first, within what the endpoint takes. */
function seedAt(first: number, offset: number, check: FieldCheck | undefined): number {
  const most = first <= USUAL_MAX_SEED ? USUAL_MAX_SEED : Number.MAX_SAFE_INTEGER
  const { min = 0, max = most } = check ?? {}
  return min + ((Math.max(first, min) - min + offset) % (max - min + 1))
}

function aboutSeed({ seed }: ImageJob, sent: { readonly seed?: number }): readonly string[] {
  if (seed === undefined || sent.seed === undefined || sent.seed === seed) return []
  return [`seed=${seed}->${sent.seed}`]
}

function checkPrompt(prompt: string, { id, promptLength }: EndpointSpec): void {
  const length = Array.from(prompt).length
  if (promptLength !== undefined && length > promptLength.max) {
    throw invalidRequest(
      'prompt',
      `The prompt has ${length} characters; ${id} takes at most ${promptLength.max}.`,
    )
  }
}

function toPrompt({ prompt }: ImageJob, endpoint: EndpointSpec, adjusted: string[]) {
  if (endpoint.prompt === 'none') return {}
  if (endpoint.prompt === 'optional' && prompt === '') return {}
  const { promptField = 'prompt', promptLength } = endpoint
  return { [promptField]: lengthen(prompt, promptLength?.min, 'prompt', adjusted) }
}

function toSources(
  { sources, mask }: ImageJob,
  { sources: rule, mask: maskRule }: EndpointSpec,
): Record<string, unknown> {
  const urls = sources.map(({ url }) => url)
  const masked = maskRule === undefined ? undefined : mask?.[maskRule.change]
  return {
    ...(rule !== undefined && spread(urls, rule)),
    ...(maskRule !== undefined && masked !== undefined && { [maskRule.field]: masked }),
  }
}

/** The images in order into the fields made for them; a list, which is the last, takes the rest. */
function spread(urls: readonly string[], { field, more = [], list }: SourceRule) {
  const names = [field, ...more]
  const filled = names.slice(0, urls.length).map((name, index): [string, unknown] => {
    const isList = list && index === names.length - 1
    return [name, isList ? urls.slice(index) : urls[index]]
  })
  return Object.fromEntries(filled)
}

interface Options {
  readonly fields: Record<string, unknown>
  readonly adjusted: string[]
}

function toOptions(job: ImageJob, endpoint: EndpointSpec): Options {
  const options: Options = { fields: {}, adjusted: [] }
  mapOption(options, 'quality', job.quality, endpoint.quality)
  mapOption(options, 'style', job.style, undefined)
  mapOption(options, 'moderation', job.moderation, endpoint.moderation)
  // What is not transparent is opaque: only the wish for transparency can go unmet.
  if (job.background === 'transparent' || endpoint.background !== undefined) {
    mapOption(options, 'background', job.background, endpoint.background)
  }
  chooseFormat(options, job, endpoint)
  if (job.negativePrompt !== undefined && endpoint.fields.includes('negative_prompt')) {
    options.fields['negative_prompt'] = job.negativePrompt
  }
  options.adjusted.push(...unmet(job, endpoint))
  return options
}

/** Words of OpenAI's and of other APIs, and fal's for the same. */
const OTHER_WORDS: ReadonlyMap<string, string> = new Map([
  ['steps', 'num_inference_steps'],
  ['cfg_scale', 'guidance_scale'],
  ['complexity', 'thinking_level'],
  ['frame_count', 'num_frames'],
  ['frame_duration_ms', 'frame_duration_ms'],
  ['svg', 'svg'],
])

/** Wishes for which the endpoint has no field. What the caller wrote as text is not repeated in a header. */
function unmet(job: ImageJob, { fields }: EndpointSpec): readonly string[] {
  const has = (field: string): boolean => fields.includes(field)
  const { seed, compression = 100, negativePrompt, extra } = job
  return [
    ...(negativePrompt !== undefined && !has('negative_prompt')
      ? ['negative_prompt->not-supported']
      : []),
    ...(seed !== undefined && !has('seed') ? [`seed=${seed}->not-supported`] : []),
    ...(compression < 100 ? [`output_compression=${compression}->not-supported`] : []),
    ...(typeof extra['style'] === 'string' && !has('style') ? ['style->not-supported'] : []),
    ...loneEdge(extra, has),
    ...[...OTHER_WORDS].flatMap(([word, field]) =>
      extra[word] === undefined || extra[word] === null || has(word) || has(field)
        ? []
        : [`${word}->not-supported`],
    ),
    // Thinking has two steps at fal, and the cheaper one serves.
    ...(extra['complexity'] === 'medium' && has('thinking_level')
      ? ['complexity=medium->minimal']
      : []),
    // Images travel by URL: inside a result they would be held whole, and kept by fal for minutes only.
    ...(extra['sync_mode'] === true ? ['sync_mode->url'] : []),
  ]
}

/** An edge without the other says no size. */
function loneEdge(
  extra: Readonly<Record<string, unknown>>,
  has: (field: string) => boolean,
): readonly string[] {
  const sent = ['width', 'height'].filter((edge) => (extra[edge] ?? undefined) !== undefined)
  return sent.length === 1
    ? sent.flatMap((edge) => (has(edge) ? [] : [`${edge}->not-supported`]))
    : []
}

function mapOption<Step extends string>(
  { fields, adjusted }: Options,
  option: string,
  wish: Step | undefined,
  optionMap: OptionMap<Step> | undefined,
): void {
  if (wish === undefined) {
    if (optionMap?.default !== undefined) fields[optionMap.field] = optionMap.default
    return
  }
  const word = optionMap?.values[wish]
  if (optionMap === undefined || word === undefined) {
    adjusted.push(`${option}=${wish}->not-supported`)
    return
  }
  fields[optionMap.field] = word
  if (optionMap.field === option && word !== wish) adjusted.push(`${option}=${wish}->${word}`)
}

function chooseFormat({ fields, adjusted }: Options, job: ImageJob, endpoint: EndpointSpec): void {
  if (job.format === undefined) return
  if (endpoint.formats?.includes(job.format) === true) {
    fields['output_format'] = endpoint.formatWords?.[job.format] ?? job.format
    return
  }
  adjusted.push(`output_format=${job.format}->${endpoint.defaultFormat ?? 'not-supported'}`)
}

/** 10 images at 4 each are 4, 4 and 2. */
function shares(count: number, most: number): number[] {
  return Array.from({ length: Math.ceil(count / most) }, (_, index) =>
    Math.min(most, count - index * most),
  )
}
