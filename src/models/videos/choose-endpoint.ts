import { invalidRequest, type ProblemError } from '../../job/problem.ts'
import type { VideoJob } from '../../job/video/video-job.ts'
import { parseVideoSize } from '../../job/video/video-size.ts'
import { urlsOf } from './fal-input.ts'
import {
  INPUTS,
  type InputRule,
  type VideoEndpointSpec,
  type VideoInput,
  type VideoModelSpec,
  type VideoWork,
} from './video-spec.ts'

/** An endpoint, and the job as that endpoint is to do it. */
export interface VideoChoice {
  readonly endpoint: VideoEndpointSpec
  readonly job: VideoJob
  /** What was done with an image that the model takes otherwise than it was sent. */
  readonly adjusted: readonly string[]
}

/** Names in a message: enough to choose from. */
const EXAMPLES = 5

/**
 * Which endpoints may do a job: that of the model, then those of the successors that can. The endpoint
 * follows from what is sent: words, a first frame, first and last, references, a video.
 *
 * @param candidates the model, then its successors
 * @param models all models, to name those that can what the first cannot
 * @throws ProblemError `invalid_request` when the model itself cannot do it
 */
export function chooseVideoEndpoints(
  job: VideoJob,
  [model, ...successors]: readonly [VideoModelSpec, ...VideoModelSpec[]],
  models: () => readonly VideoModelSpec[],
): readonly [VideoChoice, ...VideoChoice[]] {
  const first = chooseWithEarlier(job, model, withDefaults)
  if (first === undefined) throw cannot(job, model, models())
  if (job.prompt === '' && first.endpoint.prompt === undefined) {
    throw invalidRequest('prompt', 'The prompt is empty: say what the video shows.')
  }
  return [first, ...successors.flatMap((one) => chooseWithEarlier(job, one) ?? [])]
}

/** The conversation's last image begins the video where the model can and nothing else to be seen was sent. */
function chooseWithEarlier(
  { earlier, ...job }: VideoJob,
  model: VideoModelSpec,
  complete: (job: VideoJob, model: VideoModelSpec) => VideoJob = (same) => same,
): VideoChoice | undefined {
  const isSent = INPUTS.some((input) => input !== 'audio' && urlsOf(job, input).length > 0)
  if (earlier === undefined || isSent) return choose(complete(job, model), model)
  const begun = choose(complete({ ...job, firstFrame: earlier }, model), model)
  const choice = begun ?? choose(complete(job, model), model)
  const way = begun === undefined ? 'source=last-picture->not-supported' : 'source=last-picture'
  return choice && { ...choice, adjusted: [way, ...choice.adjusted] }
}

/** `sora-2` makes what OpenAI's made of the same request: 4 seconds, upright. */
function withDefaults(job: VideoJob, { defaults }: VideoModelSpec): VideoJob {
  if (defaults === undefined || job.work !== 'make') return job
  const { seconds = defaults.seconds, size = parseVideoSize(defaults.size), firstFrame } = job
  return { ...job, seconds, size: firstFrame === undefined ? size : job.size }
}

/** The first endpoint that does this work and takes all that is sent, and has all that it must have. */
function choose(job: VideoJob, model: VideoModelSpec): VideoChoice | undefined {
  for (const { readAs, adjusted } of readings(job)) {
    for (const work of worksOf(readAs)) {
      const endpoint = model.endpoints.find((one) => one.work === work && canDo(readAs, one))
      if (endpoint !== undefined) return { endpoint, job: readAs, adjusted }
    }
  }
  return undefined
}

/** A video that is sent to be made something of may also be edited or made longer. */
function worksOf({ work, video, extra }: VideoJob): readonly VideoWork[] {
  if (work === 'remix') return ['edit', 'make']
  const isSent = video !== undefined || Object.keys(extra).some((name) => /video/.test(name))
  return work === 'make' && isSent ? ['make', 'edit', 'extend'] : [work]
}

interface Reading {
  readonly readAs: VideoJob
  readonly adjusted: readonly string[]
}

/** As it was sent; else one image as a reference, or one reference as the first frame. */
function readings(job: VideoJob): readonly Reading[] {
  const { work, firstFrame, references } = job
  if (work === 'remix') return remixes(job)
  const [only, ...more] = references
  const isFrame = only !== undefined && more.length === 0 && firstFrame === undefined
  return [
    { readAs: job, adjusted: [] },
    ...(firstFrame === undefined
      ? []
      : [
          {
            readAs: { ...job, firstFrame: undefined, references: [firstFrame, ...references] },
            adjusted: ['first_frame->reference'],
          },
        ]),
    ...(isFrame
      ? [
          {
            readAs: { ...job, firstFrame: only, references: [] },
            adjusted: ['reference->first_frame'],
          },
        ]
      : []),
  ]
}

/** Edited, which keeps its length and size, or made anew, as long and as large. */
function remixes(job: VideoJob): readonly Reading[] {
  return [
    { readAs: { ...job, work: 'edit', seconds: undefined, size: undefined }, adjusted: [] },
    { readAs: { ...job, work: 'make', video: undefined }, adjusted: ['remix->made-anew'] },
  ]
}

function canDo(job: VideoJob, { inputs }: VideoEndpointSpec): boolean {
  return INPUTS.every((input) => {
    const rule = inputs[input]
    const count = urlsOf(job, input).length
    if (rule === undefined) return count === 0
    return count === 0 ? rule.required !== true || isExtra(job, rule) : fits(count, rule)
  })
}

function isExtra({ extra }: VideoJob, { field }: InputRule): boolean {
  return extra[field] !== undefined && extra[field] !== null
}

function fits(count: number, { list }: InputRule): boolean {
  return list === undefined ? count === 1 : count >= list.min && count <= list.max
}

const PARAMS: Readonly<Record<VideoInput, string>> = {
  firstFrame: 'input_reference',
  lastFrame: 'last_frame',
  references: 'input_reference',
  video: 'video',
  audio: 'audio_url',
}

const WORDS: Readonly<Record<VideoInput, string>> = {
  firstFrame: 'an image as the first frame (input_reference)',
  lastFrame: 'an image as the last frame (last_frame)',
  references: 'reference images (image_urls)',
  video: 'a video (video)',
  audio: 'a sound (audio_url)',
}

const WHAT = {
  make: 'make new videos',
  edit: 'edit videos',
  extend: 'extend videos',
  remix: 'edit videos',
} as const

/** Says what the model takes instead, or which models can. */
function cannot(
  job: VideoJob,
  model: VideoModelSpec,
  models: readonly VideoModelSpec[],
): ProblemError {
  const name = job.model ?? model.names[0]
  const works = worksOf(job)
  const able = model.endpoints.filter(({ work }) => works.includes(work))
  const others = models.filter((one) => choose(job, one) !== undefined)
  const named = others.slice(0, EXAMPLES).map(({ names: [first] }) => first)
  const hint = named.length === 0 ? '' : ` Models that can: ${named.join(', ')}.`
  if (able.length === 0) {
    const what = WHAT[job.work]
    return invalidRequest('model', `The model '${name}' cannot ${what}.${hint}`)
  }
  const sent = INPUTS.filter((input) => urlsOf(job, input).length > 0)
  const strange = sent.find((input) => able.every(({ inputs }) => inputs[input] === undefined))
  if (strange !== undefined) {
    const param = PARAMS[strange]
    return invalidRequest(
      param,
      `The model '${name}' takes no ${WORDS[strange].slice(2).trim()}.${hint}`,
    )
  }
  const missing = missingIn(job, able)
  if (missing !== undefined) {
    return invalidRequest(PARAMS[missing], `The model '${name}' needs ${WORDS[missing]}.${hint}`)
  }
  const words = sent.map((input) => WORDS[input]).join(' and ')
  return invalidRequest('model', `The model '${name}' does not take ${words} together.${hint}`)
}

/** What is missing of the endpoint that lacks least. */
function missingIn(job: VideoJob, able: readonly VideoEndpointSpec[]): VideoInput | undefined {
  const lacks = able.map(({ inputs }) =>
    INPUTS.filter((input) => inputs[input]?.required === true && urlsOf(job, input).length === 0),
  )
  return lacks.toSorted((a, b) => a.length - b.length).find((one) => one.length > 0)?.[0]
}
