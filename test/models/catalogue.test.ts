import { describe, test } from 'vitest'
import * as z from 'zod'

import { createEndpoints, type Endpoint } from '../../simulator/endpoints.ts'
import { listedValues, type JsonSchema } from '../../simulator/json-schema.ts'
import { createInputValidator } from '../../simulator/validate-input.ts'
import type { ImageJob } from '../../src/job/image-job.ts'
import { nearestRatio, parseImageSize, type Pixels } from '../../src/job/image-size.ts'
import { toFalInput } from '../../src/models/fal-input.ts'
import { FAMILIES } from '../../src/models/families/index.ts'
import { isLegal } from '../../src/models/fit-pixels.ts'
import type { EndpointSpec, ModelSpec } from '../../src/models/model-spec.ts'
import { imageOptions, readImageOptions } from '../../src/openai/image-options.ts'
import { BODIES } from './bodies.ts'

// Nothing is retired here: the specs are held against the schemas, whether or not an endpoint still runs.
const endpoints = createEndpoints([])
const complain = createInputValidator()

function schemaOf({ id }: EndpointSpec): Endpoint {
  const found = endpoints.find(id)
  if ('missing' in found) throw new Error(found.missing)
  return found.endpoint
}

/** Fields that fal's schemas had in August 2026, after the client's types were made (fal API reference, §9.4). */
const LATER_FIELDS = new Set([
  'fal-ai/nano-banana-2 system_prompt',
  'fal-ai/nano-banana-pro system_prompt',
  'bytedance/seedream/v5/lite/text-to-image return_byteplus_urls',
])

/** Fields that a job's own words become. */
const MAPPED_FIELDS = new Set([
  'prompt',
  'num_images',
  'image_size',
  'aspect_ratio',
  'resolution',
  'output_format',
])

const MODELS = FAMILIES.map((model) => [model.generate.id, model] as const)

const properties = (spec: EndpointSpec) => schemaOf(spec).input.properties ?? {}
const listed = (spec: EndpointSpec, field: string) => listedValues(properties(spec)[field])
const inOrder = (values: readonly (string | number)[] | undefined) =>
  (values ?? [])
    .map(String)
    .filter((value) => value !== 'auto')
    .toSorted()

/** What a spec says of its endpoint's input, in the words of the schema. */
function claimsOf({ generate: spec }: ModelSpec) {
  const { size } = spec
  return {
    ratios: inOrder(size.rule === 'ratio' ? size.ratios : []),
    resolutions: inOrder(size.rule === 'ratio' ? size.resolutions : []),
    sizes: inOrder(
      size.rule === 'pixels' ? size.presets : size.rule === 'listed' ? size.sizes : [],
    ),
    anyPixels: size.rule === 'pixels',
    formats: inOrder(spec.formats),
    counts: spec.maxImages > 1,
  }
}

function truthOf({ generate: spec }: ModelSpec) {
  const size = properties(spec)['image_size']
  const many = 'num_images' in properties(spec)
  return {
    ratios: inOrder(listed(spec, 'aspect_ratio')),
    resolutions: inOrder(listed(spec, 'resolution')),
    sizes: inOrder(listedValues(size)),
    anyPixels: size?.anyOf?.some(({ $ref }) => $ref?.endsWith('/ImageSize')) === true,
    formats: inOrder(listed(spec, 'output_format')),
    // fal has the field at seedream 5 pro as well, but states no maximum for it.
    counts: many && spec.id !== 'bytedance/seedream/v5/pro/text-to-image',
  }
}

const DEFAULT_SIZE = z.union([
  z.string(),
  z.object({ width: z.number(), height: z.number() }).transform((at) => `${at.width}x${at.height}`),
])

describe('every curated endpoint is in fal’s own schema', () => {
  test.for(MODELS)(
    '%s: ratios, resolutions, sizes, formats and counts',
    ([, model], { expect }) => {
      expect(claimsOf(model)).toEqual(truthOf(model))
    },
  )

  test.for(MODELS)('%s: the fields that may be passed on', ([, { generate }], { expect }) => {
    const known = Object.keys(properties(generate))
    const unknown = generate.fields.filter(
      (field) => !known.includes(field) && !LATER_FIELDS.has(`${generate.id} ${field}`),
    )
    const reached = new Set([
      ...generate.fields,
      ...[generate.quality, generate.background].map((ladder) => ladder?.field),
      // Kept back on purpose: docs/decisions/2026-11-23-pictures-by-url.md.
      'sync_mode',
    ])
    const missing = known.filter((field) => !reached.has(field) && !MAPPED_FIELDS.has(field))
    expect({ unknown, missing }).toEqual({ unknown: [], missing: [] })
    expect(new Set(generate.fields).size).toBe(generate.fields.length)
  })

  test.for(MODELS)('%s: words for quality, moderation, background', ([, model], { expect }) => {
    const spec = model.generate
    const ladders = [spec.quality, spec.moderation, spec.background]
    const strange = ladders.flatMap((ladder) =>
      ladder === undefined
        ? []
        : Object.values(ladder.values).filter((word) => !listed(spec, ladder.field).includes(word)),
    )
    expect(strange).toEqual([])
  })

  test.for(MODELS)('%s: the defaults', ([, { generate: spec }], { expect }) => {
    const { size } = spec
    const field = size.rule === 'ratio' ? 'aspect_ratio' : 'image_size'
    const said = DEFAULT_SIZE.safeParse(properties(spec)[field]?.default).data
    const known = size.rule === 'none' ? undefined : size.default
    // "auto" is the endpoint's own choice. The types make 1-mini an alias of 1.5, whose default is another.
    const isOwn = said !== 'auto' && spec.id !== 'fal-ai/gpt-image-1-mini'
    if (said !== undefined && isOwn) expect(known).toBe(said)
    const format = properties(spec)['output_format']?.default
    if (format !== undefined) expect(spec.defaultFormat).toBe(format)
  })

  test.for(MODELS)('%s: the length of a prompt', ([, { generate: spec }], { expect }) => {
    const { minLength, maxLength } = properties(spec)['prompt'] ?? {}
    const { min, max } = spec.promptLength ?? {}
    if (minLength !== undefined) expect(min).toBeGreaterThanOrEqual(minLength)
    if (maxLength !== undefined) expect(max).toBeLessThanOrEqual(maxLength)
  })
})

const options = z.object(imageOptions)

function toJob(body: Record<string, unknown>): ImageJob {
  return { ...readImageOptions(options.parse(body), body), prompt: 'a cat in a hat' }
}

const pixelsIn = z.object({ width: z.number(), height: z.number() })

/** Everything that is wrong with the inputs made of one job for one endpoint. */
function faultsOf(spec: EndpointSpec, job: ImageJob): readonly string[] {
  const { inputs, adjusted } = toFalInput(job, spec)
  const endpoint = schemaOf(spec)
  const schema = endpoint.input.properties ?? {}
  return [
    ...inputs.flatMap((input) => [
      ...complain(endpoint, toJson(input)).map(({ loc, msg }) => `${loc.join('.')}: ${msg}`),
      ...Object.keys(input)
        .filter((field) => !(field in schema) && !LATER_FIELDS.has(`${spec.id} ${field}`))
        .map((field) => `${field}: unknown`),
      ...faultsOfSize(spec, job, input, schema),
    ]),
    ...faultsOfShares(spec, job, inputs),
    ...adjusted.filter((note) => !/^[\w.,:=+>-]+$/.test(note)).map((note) => `strange: ${note}`),
  ]
}

const jsonObject = z.record(z.string(), z.json())

function toJson(input: unknown): z.infer<typeof jsonObject> {
  return jsonObject.parse(JSON.parse(JSON.stringify(input)))
}

function faultsOfShares(
  { maxImages }: EndpointSpec,
  { count }: ImageJob,
  inputs: readonly Readonly<Record<string, unknown>>[],
): readonly string[] {
  const made = inputs.map((input) => Number(input['num_images'] ?? 1))
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
  schema: Readonly<Record<string, JsonSchema>>,
): readonly string[] {
  const wanted = size?.ratio
  const sent = input['aspect_ratio'] ?? input['image_size']
  if (wanted === undefined) return []
  if (rule.rule === 'pixels') {
    const pixels = pixelsIn.safeParse(sent).data ?? parseImageSize(String(sent))?.pixels
    return pixels === undefined
      ? [`no pixels: ${String(sent)}`]
      : faultsOfPixels(pixels, size, rule)
  }
  const names = listedValues(schema[rule.rule === 'ratio' ? 'aspect_ratio' : 'image_size'])
  const shapes = names.flatMap((name) => {
    const shape = parseImageSize(String(name))?.ratio
    return shape === undefined ? [] : [{ ...shape, name }]
  })
  // Of equally near ones any is right.
  const near = nearestRatio(wanted, shapes)
  const chosen = shapes.find(({ name }) => name === sent)
  const distance = (shape: Pixels | undefined) =>
    shape === undefined
      ? Infinity
      : Math.abs(Math.log(wanted.width / wanted.height / (shape.width / shape.height)))
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

describe('every job becomes an input that the endpoint takes', () => {
  const checked = { jobs: 0, inputs: 0 }

  test.for(MODELS)('%s', ([, { generate: spec }], { expect }) => {
    const wrong = BODIES.flatMap((body) => {
      const job = toJob(body)
      checked.jobs += 1
      checked.inputs += toFalInput(job, spec).inputs.length
      return faultsOf(spec, job).map((fault) => `${JSON.stringify(body)} ${fault}`)
    })
    expect(wrong).toEqual([])
  })

  test('at least 60 jobs for each of them', ({ expect }) => {
    process.stdout.write(
      `${MODELS.length} endpoints x ${BODIES.length} jobs = ${checked.jobs} jobs, ${checked.inputs} inputs checked\n`,
    )
    expect(BODIES.length).toBeGreaterThanOrEqual(60)
    expect(checked.jobs).toBe(MODELS.length * BODIES.length)
  })
})

describe('the check bites', () => {
  const flux = FAMILIES.find(({ generate }) => generate.id === 'fal-ai/flux/dev')
  const imagen = FAMILIES.find(({ generate }) => generate.id === 'fal-ai/imagen4/preview')

  test.for<[string, Partial<EndpointSpec>, Record<string, unknown>, RegExp]>([
    ['a count too high', { maxImages: 10 }, { n: 10 }, /num_images: .*less than or equal to 4/],
    [
      'a strange format',
      { formats: ['gif'] },
      { output_format: 'gif' },
      /output_format: Input should be/,
    ],
    ['an unknown field', { fields: ['colour'] }, { colour: 1 }, /colour: unknown/],
    [
      'a strange preset',
      { size: { rule: 'listed', sizes: ['1024x1024'], default: undefined } },
      { size: '1:1' },
      /image_size: Input should be/,
    ],
    [
      'a field that is not there',
      { size: { rule: 'ratio', ratios: ['1:1'], default: undefined } },
      { size: '1:1' },
      /aspect_ratio: unknown/,
    ],
  ])('%s', ([, spoilt, body, fault], { expect }) => {
    const spec = { ...flux?.generate, ...spoilt }
    expect(spec).toMatchObject({ id: 'fal-ai/flux/dev' })
    const faults = flux === undefined ? [] : faultsOf({ ...flux.generate, ...spoilt }, toJob(body))
    expect(faults.join('\n')).toMatch(fault)
  })

  test('a ratio that is not the nearest', ({ expect }) => {
    const size = { rule: 'ratio', ratios: ['1:1', '9:16'], default: '1:1' } as const
    const faults =
      imagen === undefined ? [] : faultsOf({ ...imagen.generate, size }, toJob({ size: '16:9' }))
    expect(faults).toEqual(['1:1, nearest 16:9'])
  })
})
