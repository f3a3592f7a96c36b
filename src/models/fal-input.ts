import type { ImageJob } from '../job/image-job.ts'
import { invalidRequest } from '../job/problem.ts'
import { toFalSize } from './fal-size.ts'
import type { EndpointSpec, Ladder } from './model-spec.ts'

/** An image job in one endpoint's words. */
export interface FalInput {
  /** One input per fal request, each with its share of the pictures. */
  readonly inputs: readonly Readonly<Record<string, unknown>>[]
  /** The size that will be made; undefined: the endpoint chooses. */
  readonly size: string | undefined
  /** Wishes that were changed or left out. */
  readonly adjusted: readonly string[]
}

/**
 * The one interpreter of endpoint facts: says a job in the words of an endpoint, in as many requests as its
 * limit on pictures asks for.
 *
 * @throws ProblemError `invalid_request` when the prompt is too long for the endpoint
 */
export function toFalInput(job: ImageJob, endpoint: EndpointSpec): FalInput {
  checkPrompt(job.prompt, endpoint)
  const size = toFalSize(job.size, endpoint.size)
  const options = toOptions(job, endpoint)
  const common = {
    prompt: lengthen(job.prompt, endpoint),
    ...options.fields,
    // The endpoint's own words are sent on purpose: `rendering_speed` wins over `quality`.
    ...passedOn(job, endpoint),
    ...size.fields,
  }
  const inputs = shares(job.count, endpoint.maxImages).map((share, index) => ({
    ...common,
    ...(endpoint.maxImages > 1 ? { num_images: share } : {}),
    // Requests of one job with one seed would make one picture again and again.
    ...(job.seed !== undefined && endpoint.fields.includes('seed')
      ? { seed: job.seed + index * endpoint.maxImages }
      : {}),
  }))
  const adjusted = size.adjusted === undefined ? [] : [size.adjusted]
  return { inputs, size: size.chosen, adjusted: [...adjusted, ...options.adjusted] }
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

/**
 * A word of Chinese has one or two characters, and `猫` says what to paint, but some endpoints refuse
 * fewer than three. Not white space, which may not count.
 */
function lengthen(prompt: string, { promptLength }: EndpointSpec): string {
  const missing = (promptLength?.min ?? 0) - Array.from(prompt).length
  return missing > 0 ? prompt + '.'.repeat(missing) : prompt
}

/** Set by us from the job, whatever else the caller sent under these names. */
const OURS = new Set(['prompt', 'num_images', 'image_size', 'aspect_ratio', 'resolution'])

function passedOn(job: ImageJob, endpoint: EndpointSpec): Record<string, unknown> {
  return Object.fromEntries(
    endpoint.fields.flatMap((field) => {
      const value = job.extra[field]
      return value === undefined || value === null || OURS.has(field) ? [] : [[field, value]]
    }),
  )
}

interface Options {
  readonly fields: Record<string, unknown>
  readonly adjusted: string[]
}

function toOptions(job: ImageJob, endpoint: EndpointSpec): Options {
  const options: Options = { fields: {}, adjusted: [] }
  climb(options, 'quality', job.quality, endpoint.quality)
  climb(options, 'style', job.style, undefined)
  climb(options, 'moderation', job.moderation, endpoint.moderation)
  // What is not transparent is opaque: only the wish for transparency can go unmet.
  if (job.background === 'transparent' || endpoint.background !== undefined) {
    climb(options, 'background', job.background, endpoint.background)
  }
  chooseFormat(options, job, endpoint)
  if (job.negativePrompt !== undefined && endpoint.fields.includes('negative_prompt')) {
    options.fields['negative_prompt'] = job.negativePrompt
  }
  options.adjusted.push(...unmet(job, endpoint))
  return options
}

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
    // Pictures travel by URL: inside a result they would be held whole, and kept by fal for minutes only.
    ...(extra['sync_mode'] === true ? ['sync_mode->url'] : []),
  ]
}

function climb<Step extends string>(
  { fields, adjusted }: Options,
  option: string,
  wish: Step | undefined,
  ladder: Ladder<Step> | undefined,
): void {
  if (wish === undefined) {
    if (ladder?.unsaid !== undefined) fields[ladder.field] = ladder.unsaid
    return
  }
  const word = ladder?.values[wish]
  if (ladder === undefined || word === undefined) {
    adjusted.push(`${option}=${wish}->not-supported`)
    return
  }
  fields[ladder.field] = word
  if (ladder.field === option && word !== wish) adjusted.push(`${option}=${wish}->${word}`)
}

function chooseFormat({ fields, adjusted }: Options, job: ImageJob, endpoint: EndpointSpec): void {
  if (job.format === undefined) return
  if (endpoint.formats?.includes(job.format) === true) {
    fields['output_format'] = job.format
    return
  }
  adjusted.push(`output_format=${job.format}->${endpoint.defaultFormat ?? 'not-supported'}`)
}

/** 10 pictures at 4 each are 4, 4 and 2. */
function shares(count: number, most: number): number[] {
  return Array.from({ length: Math.ceil(count / most) }, (_, index) =>
    Math.min(most, count - index * most),
  )
}
