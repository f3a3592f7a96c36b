import * as z from 'zod'

import type { Endpoint } from '../../../simulator/endpoints/endpoints.ts'
import { listedValues, type JsonSchema } from '../../../simulator/endpoints/json-schema.ts'
import { createInputValidator } from '../../../simulator/endpoints/validate-input.ts'
import { nearestRatio, parseImageSize, ratioDistance } from '../../../src/job/image/image-size.ts'
import { PLAIN_VIDEO_JOB } from '../../../src/job/video/video-job.fixture.ts'
import type { VideoJob } from '../../../src/job/video/video-job.ts'
import { toVideoInput, type FalVideoInput } from '../../../src/models/videos/fal-input.ts'
import { INPUTS, type VideoEndpointSpec } from '../../../src/models/videos/video-spec.ts'
import { sampleOf } from '../sample-of.ts'

const IMAGE = { url: 'https://example.com/cat.png', pixels: { width: 1024, height: 768 } }
const MEDIA = { url: 'https://example.com/clip.mp4' }

/** With what an endpoint is given: what it must have, or all that it may have. */
export type Given = 'least' | 'most'

/** A job with a wish, and what the endpoint needs besides. */
export function toVideoJob(
  wish: Partial<VideoJob>,
  spec: VideoEndpointSpec,
  given: Given,
  endpoint: Endpoint,
): VideoJob {
  const takes = new Set(
    INPUTS.filter((input) => {
      const rule = spec.inputs[input]
      return rule !== undefined && (rule.required === true || given === 'most')
    }),
  )
  const references = spec.inputs.references?.list?.min ?? 1
  const needed = (spec.required ?? []).map((name): [string, unknown] => [
    name,
    sampleOf(endpoint.input.properties?.[name], endpoint),
  ])
  return {
    ...PLAIN_VIDEO_JOB,
    ...wish,
    work: spec.work,
    ...(takes.has('firstFrame') && { firstFrame: IMAGE }),
    ...(takes.has('lastFrame') && { lastFrame: IMAGE }),
    ...(takes.has('references') && {
      references: Array.from({ length: references }, () => IMAGE),
    }),
    ...(takes.has('video') && { video: MEDIA }),
    ...(takes.has('audio') && { audio: MEDIA }),
    extra: { ...wish.extra, ...Object.fromEntries(needed) },
  }
}

/** Finds everything that is wrong with the inputs made of one job for one endpoint. */
export type VideoJudge = (
  endpoint: Endpoint,
  spec: VideoEndpointSpec,
  job: VideoJob,
) => readonly string[]

const jsonObject = z.record(z.string(), z.json())

export function createVideoJudge(): VideoJudge {
  const complain = createInputValidator()
  return (endpoint, spec, job) => {
    const made = toVideoInput(job, spec)
    const { inputs, adjusted } = made
    const schema = endpoint.input.properties ?? {}
    const seeds = inputs.map((input) => input['seed'])
    const repeated = seeds[0] !== undefined && new Set(seeds).size < seeds.length
    return [
      ...inputs.flatMap((input) => [
        ...complain(endpoint, jsonObject.parse(JSON.parse(JSON.stringify(input)))).map(
          ({ loc, msg }) => `${loc.join('.')}: ${msg}`,
        ),
        ...Object.keys(input)
          .filter((field) => !(field in schema))
          .map((field) => `${field}: unknown`),
        ...faultsOfLength(endpoint, job, input, made),
        ...faultsOfLook(endpoint, job, input, adjusted),
      ]),
      ...(inputs.length === job.count ? [] : [`${inputs.length} requests`]),
      ...(repeated ? ['two requests with one seed'] : []),
      ...adjusted.filter((note) => !/^[\w.,:=+>-]+$/.test(note)).map((note) => `strange: ${note}`),
    ]
  }
}

type Input = Readonly<Record<string, unknown>>

/** By the schema alone: the longest that is not longer than asked, else the shortest; and it is told. */
function faultsOfLength(
  { input: { properties = {} } }: Endpoint,
  { seconds: wish }: VideoJob,
  input: Input,
  { adjusted, seconds }: FalVideoInput,
): readonly string[] {
  if (wish === undefined) return []
  const told = adjusted.some((note) => note.startsWith('seconds='))
  const sent = input['duration']
  const field = properties['duration']
  const steps = listedValues(field)
    .map((value) => ({ value, length: Number.parseFloat(String(value)) }))
    .filter(({ length }) => length > 0)
    .toSorted((a, b) => a.length - b.length)
  const right = steps.findLast(({ length }) => length <= wish) ?? steps[0]
  return [
    ...(right !== undefined && right.value !== sent
      ? [`duration ${String(sent)}, right is ${right.value}`]
      : []),
    ...(seconds !== wish && !told ? [`${seconds} seconds for ${wish}, and not told`] : []),
    ...(field !== undefined && sent === undefined ? ['duration is not said'] : []),
  ]
}

/** By the schema alone: the nearest shape, the most lines that are not more than asked; and it is told. */
function faultsOfLook(
  { input: { properties = {} } }: Endpoint,
  { size }: VideoJob,
  input: Input,
  adjusted: readonly string[],
): readonly string[] {
  if (size === undefined) return []
  const told = adjusted.some((note) => note.startsWith('size='))
  const { ratio, lines } = size
  const shapes = listedValues(properties['aspect_ratio']).flatMap((value) => {
    const shape = parseImageSize(String(value))?.ratio
    return shape === undefined ? [] : [{ ...shape, value }]
  })
  const near = ratio && nearestRatio(ratio, shapes)
  const shape = shapes.find(({ value }) => value === input['aspect_ratio'])
  const isNear =
    near === undefined ||
    (shape !== undefined &&
      ratio !== undefined &&
      ratioDistance(ratio, shape) - ratioDistance(ratio, near) < 1e-9)
  return [
    ...(isNear ? [] : [`${String(input['aspect_ratio'])}, nearest ${near.value}`]),
    ...(lines === undefined ? [] : faultsOfLines(properties['resolution'], lines, input, told)),
  ]
}

function faultsOfLines(
  field: JsonSchema | undefined,
  lines: number,
  input: Input,
  told: boolean,
): readonly string[] {
  const steps = listedValues(field)
    .flatMap((value) => {
      const match = /^(?:(\d+)p|(4)k)$/i.exec(String(value))
      return match === null ? [] : [{ value, lines: match[1] ? Number(match[1]) : 2160 }]
    })
    .toSorted((a, b) => a.lines - b.lines)
  const right = steps.findLast((step) => step.lines <= lines * 1.03) ?? steps[0]
  if (right === undefined) return []
  return [
    ...(right.value === input['resolution']
      ? []
      : [`resolution ${String(input['resolution'])}, right is ${right.value}`]),
    ...(right.lines === lines || told ? [] : [`${right.value} for ${lines}, and not told`]),
  ]
}
