import * as z from 'zod'

import type { Endpoint } from '../../simulator/endpoints/endpoints.ts'
import { listedValues, resolveSchema } from '../../simulator/endpoints/json-schema.ts'
import { createInputValidator } from '../../simulator/endpoints/validate-input.ts'
import type { ImageJob } from '../../src/job/image/image-job.ts'
import {
  nearestRatio,
  parseImageSize,
  type Pixels,
  type Ratio,
} from '../../src/job/image/image-size.ts'
import type { SourceImage } from '../../src/job/image/source-image.ts'
import { toFalInput } from '../../src/models/images/fal-input.ts'
import { isLegal } from '../../src/models/images/fit-pixels.ts'
import type { EndpointSpec } from '../../src/models/model-spec.ts'
import { imageOptions, readImageOptions } from '../../src/openai/images/image-options.ts'
import { sampleOf } from './sample-of.ts'

const options = z.object(imageOptions())

const PICTURE: SourceImage = {
  url: 'https://example.com/cat.png',
  pixels: { width: 1024, height: 768 },
}

/** How a job is given its pictures. */
export type Given = 'words' | 'pictures' | 'mask'

/** Every way in which the endpoint may be given pictures. */
export function waysOf({ sources, mask, fields }: EndpointSpec): readonly Given[] {
  if (sources === undefined) return ['words']
  const optional: readonly Given[] = fields.includes(sources.field) ? ['words'] : []
  if (mask === undefined) return [...optional, 'pictures']
  return mask.required === true ? ['mask'] : [...optional, 'pictures', 'mask']
}

/** A caller's body as a job, with as many pictures as the endpoint takes at least. */
export function toJob(
  body: Record<string, unknown>,
  { sources, mask, required = [] }: EndpointSpec,
  given: Given = mask === undefined ? 'pictures' : 'mask',
  endpoint?: Endpoint,
): ImageJob {
  const count = sources === undefined || given === 'words' ? 0 : (sources.min ?? 1)
  const needed = required.map((name): [string, unknown] => [
    name,
    sampleOf(endpoint?.input.properties?.[name], endpoint),
  ])
  const all: Record<string, unknown> = { ...body, ...Object.fromEntries(needed) }
  return {
    ...readImageOptions(options.parse(all), all),
    prompt: 'a cat in a hat',
    sources: Array.from({ length: count }, () => PICTURE),
    earlier: undefined,
    mask: given === 'mask' ? MASK : undefined,
  }
}

const MASK = { transparent: 'data:image/png;base64,AA==', white: 'data:image/png;base64,AA==' }

/** Finds everything that is wrong with the inputs made of one job for one endpoint. */
export type Judge = (endpoint: Endpoint, spec: EndpointSpec, job: ImageJob) => readonly string[]

export function createJudge(): Judge {
  const complain = createInputValidator()
  return (endpoint, spec, job) => {
    const { inputs, adjusted } = toFalInput(job, spec)
    const schema = endpoint.input.properties ?? {}
    return [
      ...inputs.flatMap((input) => [
        ...complain(endpoint, toJson(input)).map(({ loc, msg }) => `${loc.join('.')}: ${msg}`),
        ...Object.keys(input)
          .filter((field) => !(field in schema))
          .map((field) => `${field}: unknown`),
        ...faultsOfSize(spec, job, input, sizesOf(endpoint)),
      ]),
      ...faultsOfShares(spec, job, inputs),
      ...adjusted.filter((note) => !/^[\w.,:=+>-]+$/.test(note)).map((note) => `strange: ${note}`),
    ]
  }
}

const pixelsIn = z.object({ width: z.number(), height: z.number() })

const jsonObject = z.record(z.string(), z.json())

function toJson(input: unknown): z.infer<typeof jsonObject> {
  return jsonObject.parse(JSON.parse(JSON.stringify(input)))
}

function faultsOfShares(
  { maxImages, countField = 'num_images' }: EndpointSpec,
  { count }: ImageJob,
  inputs: readonly Readonly<Record<string, unknown>>[],
): readonly string[] {
  const made = inputs.map((input) => Number(input[countField] ?? 1))
  const sum = made.reduce((all, one) => all + one, 0)
  const seeds = inputs.map((input) => input['seed'])
  const repeated = seeds[0] !== undefined && new Set(seeds).size < seeds.length
  return [
    ...(sum === count ? [] : [`${sum} pictures for ${count}`]),
    ...(inputs.length === Math.ceil(count / maxImages) ? [] : [`${inputs.length} requests`]),
    ...(repeated ? ['two requests with one seed'] : []),
  ]
}

function faultsOfSize(
  { size: rule }: EndpointSpec,
  { size }: ImageJob,
  input: Readonly<Record<string, unknown>>,
  sizes: Sizes,
): readonly string[] {
  const wanted = size?.ratio
  const said = input['aspect_ratio'] ?? input['image_size']
  const inside = rule.rule === 'ratio' ? rule.inside : undefined
  const sent = inside === undefined || said === undefined ? said : toJson(said)[inside]
  if (rule.rule === 'none') {
    const takes = sizes.pixels || sizes.names.length > 0
    return sent === undefined && !takes ? [] : ['the size is not said']
  }
  if (sizes.pixels !== (rule.rule === 'pixels')) return ['pixels are taken for a list']
  return wanted === undefined ? [] : faultsOfShape({ wanted, sent }, rule, size, sizes)
}

/** What the schema itself says of sizes. */
interface Sizes {
  /** It takes `{width, height}`. */
  readonly pixels: boolean
  /** Else the shapes that it lists. */
  readonly names: readonly string[]
}

function sizesOf({ input, components }: Endpoint): Sizes {
  const field = input.properties?.['image_size'] ?? input.properties?.['aspect_ratio']
  const branches = [field ?? {}, ...(field?.anyOf ?? [])].map((one) =>
    resolveSchema(one, components),
  )
  const inner = branches.flatMap(({ properties }) => Object.values(properties ?? {}))
  return {
    pixels: branches.some(({ properties }) => properties?.['width'] !== undefined),
    names: [...branches, ...inner]
      .flatMap(listedValues)
      .map(String)
      .filter((name) => parseImageSize(name)?.ratio !== undefined),
  }
}

interface Shape {
  readonly wanted: Ratio
  readonly sent: unknown
}

function faultsOfShape(
  { wanted, sent }: Shape,
  rule: Exclude<EndpointSpec['size'], { rule: 'none' }>,
  size: ImageJob['size'],
  { names }: Sizes,
): readonly string[] {
  if (rule.rule === 'pixels') {
    const pixels = pixelsIn.safeParse(sent).data ?? parseImageSize(String(sent))?.pixels
    return pixels === undefined
      ? [`no pixels: ${String(sent)}`]
      : faultsOfPixels(pixels, size, rule)
  }
  const shapes = names.flatMap((name) => {
    const shape = parseImageSize(name)?.ratio
    return shape === undefined ? [] : [{ ...shape, name }]
  })
  // Of equally near ones any is right.
  const near = nearestRatio(wanted, shapes)
  const chosen = shapes.find(({ name }) => name === sent)
  const distance = (shape: Pixels | undefined) =>
    shape === undefined
      ? Infinity
      : Math.abs(Math.log(wanted.width / wanted.height / (shape.width / shape.height)))
  if (near === undefined) return sent === undefined ? [] : ['unlisted']
  return distance(chosen) - distance(near) < 1e-9 ? [] : [`${String(sent)}, nearest ${near?.name}`]
}

function faultsOfPixels(
  pixels: Pixels,
  size: ImageJob['size'],
  { limits }: Extract<EndpointSpec['size'], { rule: 'pixels' }>,
): readonly string[] {
  const exact = size?.pixels
  const kept =
    exact === undefined || (pixels.width === exact.width && pixels.height === exact.height)
  return [
    ...(isLegal(pixels, limits) ? [] : [`illegal ${pixels.width}x${pixels.height}`]),
    ...(exact !== undefined && isLegal(exact, limits) && !kept ? ['legal size changed'] : []),
  ]
}
