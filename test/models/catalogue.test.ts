import { describe, test } from 'vitest'
import * as z from 'zod'

import { createEndpoints, type Endpoint } from '../../simulator/endpoints/endpoints.ts'
import { listedValues } from '../../simulator/endpoints/json-schema.ts'
import { FAMILIES } from '../../src/models/images/families/index.ts'
import { endpointsOf, type EndpointSpec } from '../../src/models/model-spec.ts'
import { BODIES } from './bodies.ts'
import { createJudge, toJob } from './judge.ts'

// Nothing is retired here: the specs are held against the schemas, whether or not an endpoint still runs.
const endpoints = createEndpoints([])
const faultsOf = createJudge()

const check = (spec: EndpointSpec, body: Record<string, unknown>) =>
  faultsOf(schemaOf(spec), spec, toJob(body, spec)).filter(
    (fault) => !LATER_FIELDS.has(`${spec.id} ${fault.replace(': unknown', '')}`),
  )

function schemaOf({ id }: EndpointSpec): Endpoint {
  const found = endpoints.find(id)
  if ('missing' in found) throw new Error(found.missing)
  return found.endpoint
}

/** Fields that fal's schemas had in August 2026, after the client's types were made (fal API reference, §9.4). */
const LATER_FIELDS = new Set([
  'fal-ai/nano-banana-2 system_prompt',
  'fal-ai/nano-banana-pro system_prompt',
  'fal-ai/nano-banana-2/edit system_prompt',
  'fal-ai/nano-banana-pro/edit system_prompt',
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

const ENDPOINTS = new Map(FAMILIES.flatMap(endpointsOf).map((spec) => [spec.id, spec]))
const SPECS = [...ENDPOINTS]

const properties = (spec: EndpointSpec) => schemaOf(spec).input.properties ?? {}
const listed = (spec: EndpointSpec, field: string) => listedValues(properties(spec)[field])
const inOrder = (values: readonly (string | number)[] | undefined) =>
  (values ?? [])
    .map(String)
    .filter((value) => value !== 'auto')
    .toSorted()

/** What a spec says of its endpoint's input, in the words of the schema. */
function claimsOf(spec: EndpointSpec) {
  const { size } = spec
  return {
    ratios: inOrder(size.rule === 'ratio' ? size.ratios : []),
    resolutions: inOrder(size.rule === 'ratio' ? size.resolutions : []),
    sizes: inOrder(
      size.rule === 'pixels' ? size.presets : size.rule === 'listed' ? size.sizes : [],
    ),
    anyPixels: size.rule === 'pixels',
    formats: inOrder(spec.formats?.map((format) => spec.formatWords?.[format] ?? format)),
    counts: spec.maxImages > 1,
  }
}

function truthOf(spec: EndpointSpec) {
  const size = properties(spec)['image_size']
  const many = 'num_images' in properties(spec)
  return {
    ratios: inOrder(listed(spec, 'aspect_ratio')),
    resolutions: inOrder(listed(spec, 'resolution')),
    sizes: inOrder(listedValues(size)),
    anyPixels: size?.anyOf?.some(({ $ref }) => $ref?.endsWith('/ImageSize')) === true,
    formats: inOrder(listed(spec, 'output_format')),
    // fal has the field at seedream 5 pro as well, but states no maximum for it.
    counts: many && !spec.id.startsWith('bytedance/seedream/v5/pro/'),
  }
}

const DEFAULT_SIZE = z.union([
  z.string(),
  z.object({ width: z.number(), height: z.number() }).transform((at) => `${at.width}x${at.height}`),
])

describe('every curated endpoint is in fal’s own schema', () => {
  test.for(SPECS)('%s: ratios, resolutions, sizes, formats and counts', ([, spec], { expect }) => {
    expect(claimsOf(spec)).toEqual(truthOf(spec))
  })

  test.for(SPECS)('%s: the fields that may be passed on', ([, spec], { expect }) => {
    const known = Object.keys(properties(spec))
    const unknown = spec.fields.filter(
      (field) => !known.includes(field) && !LATER_FIELDS.has(`${spec.id} ${field}`),
    )
    const reached = new Set([
      ...spec.fields,
      ...[spec.quality, spec.background, spec.sources, spec.mask].map((one) => one?.field),
      // Kept back on purpose: docs/decisions/2026-11-23-pictures-by-url.md.
      'sync_mode',
    ])
    const missing = known.filter((field) => !reached.has(field) && !MAPPED_FIELDS.has(field))
    expect({ unknown, missing }).toEqual({ unknown: [], missing: [] })
    expect(new Set(spec.fields).size).toBe(spec.fields.length)
  })

  test.for(SPECS)('%s: words for quality, moderation, background', ([, spec], { expect }) => {
    const ladders = [spec.quality, spec.moderation, spec.background]
    const strange = ladders.flatMap((ladder) =>
      ladder === undefined
        ? []
        : Object.values(ladder.values).filter((word) => !listed(spec, ladder.field).includes(word)),
    )
    expect(strange).toEqual([])
  })

  test.for(SPECS)('%s: the defaults', ([, spec], { expect }) => {
    const { size } = spec
    const field = size.rule === 'ratio' ? 'aspect_ratio' : 'image_size'
    const said = DEFAULT_SIZE.safeParse(properties(spec)[field]?.default).data
    const known = size.rule === 'none' ? undefined : size.default
    // "auto" is the endpoint's own choice. The types make 1-mini an alias of 1.5, whose default is another.
    const isOwn = said !== 'auto' && spec.id !== 'fal-ai/gpt-image-1-mini'
    if (said !== undefined && isOwn) expect(known).toBe(said)
    const format = properties(spec)['output_format']?.default
    if (format !== undefined) expect(format).toBe(spec.formatWords?.jpeg ?? spec.defaultFormat)
  })

  test.for(SPECS)('%s: the length of a prompt', ([, spec], { expect }) => {
    const { minLength, maxLength } = properties(spec)['prompt'] ?? {}
    const { min, max } = spec.promptLength ?? {}
    if (minLength !== undefined) expect(min).toBeGreaterThanOrEqual(minLength)
    if (maxLength !== undefined) expect(max).toBeLessThanOrEqual(maxLength)
  })
})

describe('every job becomes an input that the endpoint takes', () => {
  const checked = { jobs: 0 }

  test.for(SPECS)('%s', ([, spec], { expect }) => {
    const wrong = BODIES.flatMap((body) => {
      checked.jobs += 1
      return check(spec, body).map((fault) => `${JSON.stringify(body)} ${fault}`)
    })
    expect(wrong).toEqual([])
  })

  test('at least 60 jobs for each of them', ({ expect }) => {
    process.stdout.write(
      `${SPECS.length} endpoints x ${BODIES.length} jobs = ${checked.jobs} jobs checked\n`,
    )
    expect(BODIES.length).toBeGreaterThanOrEqual(60)
    expect(checked.jobs).toBe(SPECS.length * BODIES.length)
  })
})

describe('the check bites', () => {
  const flux = ENDPOINTS.get('fal-ai/flux/dev')
  const imagen = ENDPOINTS.get('fal-ai/imagen4/preview')

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
    const faults = flux === undefined ? [] : check({ ...flux, ...spoilt }, body)
    expect(faults.join('\n')).toMatch(fault)
  })

  test('a ratio that is not the nearest', ({ expect }) => {
    const size = { rule: 'ratio', ratios: ['1:1', '9:16'], default: '1:1' } as const
    const faults = imagen === undefined ? [] : check({ ...imagen, size }, { size: '16:9' })
    expect(faults).toEqual(['1:1, nearest 16:9'])
  })
})
