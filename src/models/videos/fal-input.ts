import { invalidRequest } from '../../job/problem.ts'
import type { VideoJob } from '../../job/video/video-job.ts'
import { lengthen } from '../lengthen.ts'
import { checkRequired, passFields } from '../pass-fields.ts'
import { toFalLook, type FalLook } from './fal-look.ts'
import { toFalTime, type FalTime } from './fal-time.ts'
import { INPUTS, type InputRule, type VideoEndpointSpec, type VideoInput } from './video-spec.ts'

/** A video job in one endpoint's words. */
export interface FalVideoInput {
  /** One input per fal request, each for one video. */
  readonly inputs: readonly Readonly<Record<string, unknown>>[]
  /** How long each will be; undefined: the endpoint chooses. */
  readonly seconds: number | undefined
  /** The size that will be made; undefined: the endpoint chooses. */
  readonly size: string | undefined
  /** Wishes that were changed or left out. */
  readonly adjusted: readonly string[]
}

/**
 * The one interpreter of the facts of video endpoints: says a job in the words of an endpoint.
 *
 * @throws ProblemError `invalid_request` when the prompt is too long for the endpoint, or a field is missing
 *   that only it has
 */
export function toVideoInput(job: VideoJob, endpoint: VideoEndpointSpec): FalVideoInput {
  checkPrompt(job, endpoint)
  const time = toFalTime(job, endpoint)
  const look = toFalLook(job.size, endpoint, shapeOf(job, endpoint))
  const passed = passFields(job, endpoint, () => true)
  const adjusted = [...allOf(time, look), ...unmet(job, endpoint), ...passed.adjusted]
  const common = {
    ...endpoint.input,
    ...toPrompt(job, endpoint, adjusted),
    ...passed.fields,
    ...toOptions(job, endpoint),
    ...time.fields,
    ...look.fields,
    ...toSources(job, endpoint),
  }
  checkRequired(common, endpoint)
  return {
    inputs: Array.from({ length: job.count }, (_, index) => ({
      ...common,
      ...toSeed(job, index, endpoint),
    })),
    seconds: time.seconds,
    size: look.size,
    adjusted,
  }
}

function allOf(time: FalTime, look: FalLook): readonly string[] {
  return [...look.adjusted, ...time.adjusted]
}

/** The shape of the image that the video begins with, or works on. */
function shapeOf({ firstFrame }: VideoJob, { inputs }: VideoEndpointSpec) {
  return inputs.firstFrame === undefined ? undefined : firstFrame?.pixels
}

function checkPrompt({ prompt }: VideoJob, { id, promptLength }: VideoEndpointSpec): void {
  const length = Array.from(prompt).length
  if (promptLength === undefined || length <= promptLength.max) return
  throw invalidRequest(
    'prompt',
    `The prompt has ${length} characters; ${id} takes at most ${promptLength.max}.`,
  )
}

function toPrompt({ prompt }: VideoJob, endpoint: VideoEndpointSpec, adjusted: string[]) {
  const { promptField = 'prompt', promptLength } = endpoint
  if (endpoint.prompt === 'none' || (endpoint.prompt === 'optional' && prompt === '')) return {}
  return { [promptField]: lengthen(prompt, promptLength?.min, 'prompt', adjusted) }
}

function toOptions(
  { sound, negativePrompt }: VideoJob,
  { sound: soundRule, fields }: VideoEndpointSpec,
): Record<string, unknown> {
  return {
    ...(sound !== undefined && soundRule && { [soundRule.field]: sound }),
    ...(negativePrompt !== undefined &&
      fields.includes('negative_prompt') && { negative_prompt: negativePrompt }),
  }
}

/**
 * Requests of one job with one seed would make one video again and again, and so would those without one to an
 * endpoint that has a seed of its own by default.
 */
function toSeed(
  { seed: wish, count }: VideoJob,
  index: number,
  { fields, checks }: VideoEndpointSpec,
): Record<string, number> {
  const { min = 0, max = Number.MAX_SAFE_INTEGER, default: own } = checks?.['seed'] ?? {}
  // -1 and the like: it takes another one each time.
  const usual = count > 1 && own !== undefined && own >= 0 ? own : undefined
  const seed = wish ?? usual
  if (seed === undefined || !fields.includes('seed')) return {}
  const least = Math.max(0, min)
  return { seed: least + ((seed + index - least) % (max - least + 1)) }
}

/** What the caller sent for an input, as URLs; empty: nothing. */
export function urlsOf(job: VideoJob, input: VideoInput): readonly string[] {
  const sources = input === 'references' ? job.references : [job[input]]
  return sources.flatMap((source) => source?.url ?? [])
}

function toSources(job: VideoJob, { inputs }: VideoEndpointSpec): Record<string, unknown> {
  const fields = INPUTS.flatMap((input): (readonly [string, unknown])[] => {
    const rule = inputs[input]
    const urls = urlsOf(job, input)
    return rule === undefined || urls.length === 0
      ? []
      : [[rule.field, toValue(urls, rule)] as const]
  })
  return Object.fromEntries(fields)
}

function toValue(urls: readonly string[], { list, inside }: InputRule): unknown {
  if (list !== undefined) return urls
  const [url] = urls
  return inside === undefined ? url : { [inside]: url }
}

/** Wishes for which the endpoint has no field. What the caller wrote as text is not repeated in a header. */
function unmet(job: VideoJob, endpoint: VideoEndpointSpec): readonly string[] {
  const { fields, sound } = endpoint
  const has = (field: string): boolean => fields.includes(field)
  return [
    ...(job.negativePrompt !== undefined && !has('negative_prompt')
      ? ['negative_prompt->not-supported']
      : []),
    ...(job.seed !== undefined && !has('seed') ? [`seed=${job.seed}->not-supported`] : []),
    // Without a field for it nothing is known of sound; only the wish to have some can go unmet.
    ...(job.sound === true && sound === undefined ? ['generate_audio=true->not-supported'] : []),
    ...(job.prompt !== '' && endpoint.prompt === 'none' ? ['prompt->not-supported'] : []),
    ...(job.extra['sync_mode'] === true ? ['sync_mode->url'] : []),
  ]
}
