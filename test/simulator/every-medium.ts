import { Ajv } from 'ajv'
import { afterAll, beforeAll, test } from 'vitest'
import { z } from 'zod'

import { createEndpoints, type Endpoint } from '../../simulator/endpoints/endpoints.ts'
import { REFERENCE, resolveSchema, type JsonSchema } from '../../simulator/endpoints/json-schema.ts'
import { categoryOf } from '../../simulator/endpoints/model-entries.ts'
import { startSimulator, type Simulator } from '../../simulator/start-simulator.ts'
import { createCaller, type Caller } from './caller.ts'

type Components = Endpoint['components']

/** A value that the schema takes; addresses are of files elsewhere, which are taken on trust. */
function toValue(name: string, schema: JsonSchema, components: Components): unknown {
  const resolved = resolveSchema(schema, components)
  const { type, anyOf, items } = resolved
  if (resolved.enum) return resolved.enum[0]
  if (anyOf?.[0]) return toValue(name, anyOf[0], components)
  if (type === 'array') return [toValue(name, items ?? {}, components)]
  if (type === 'object') return toObject(resolved, components)
  if (type === 'boolean') return true
  if (type === 'number' || type === 'integer') return Math.max(4, resolved.minimum ?? 4)
  return /urls?$/.test(name) ? 'https://example.com/file' : 'a short text'
}

function toObject({ properties = {}, required = [] }: JsonSchema, components: Components) {
  const values: Record<string, unknown> = {}
  for (const name of required) values[name] = toValue(name, properties[name] ?? {}, components)
  return values
}

function makeInput({ input, components }: Endpoint): Record<string, unknown> {
  const needed = input.required ?? []
  const named = 'prompt' in (input.properties ?? {}) ? ['prompt', ...needed] : needed
  return Object.fromEntries(
    named.map((name) => [name, toValue(name, input.properties?.[name] ?? {}, components)]),
  )
}

const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false })

/** What the answer lacks by the endpoint's own output type. */
function complaints({ outputName, components }: Endpoint, answer: unknown): readonly string[] {
  const validate = ajv.compile({
    $ref: `${REFERENCE}${outputName}`,
    components: { schemas: components },
  })
  validate(answer)
  return (validate.errors ?? []).map(
    ({ instancePath, message = '' }) => `${instancePath} ${message}`,
  )
}

const endpoints = createEndpoints([])
const all = endpoints.ids().flatMap((id) => {
  const found = endpoints.find(id)
  return 'endpoint' in found ? found.endpoint : []
})
/** The client's types give its files another endpoint's type. */
const MISTYPED = 'mirelo-ai/sfx-v1.5/video-to-audio'

const isOf = (medium: RegExp) => (endpoint: Endpoint) =>
  medium.test(categoryOf(endpoint)) && !endpoint.id.endsWith('/stream') && endpoint.id !== MISTYPED

async function judge(caller: Caller, endpoint: Endpoint): Promise<readonly string[]> {
  const { status, body, headers } = await caller.finish(endpoint.id, makeInput(endpoint))
  const units = Number(headers.get('x-fal-billable-units'))
  const problems = [
    ...(status === 200 ? [] : [`status ${status} ${JSON.stringify(body).slice(0, 300)}`]),
    ...(units > 0 ? [] : [`units ${units}`]),
    ...complaints(endpoint, body),
  ]
  return problems.map((problem) => `${endpoint.id}: ${problem}`)
}

async function judgeAll(caller: Caller, some: readonly Endpoint[]): Promise<readonly string[]> {
  const problems: string[] = []
  for (const endpoint of some) problems.push(...(await judge(caller, endpoint)))
  return problems
}

/** Wherever it lies in the answer. */
function findUrls(value: unknown): readonly string[] {
  if (typeof value === 'string') return z.url().safeParse(value).success ? [value] : []
  if (typeof value !== 'object' || value === null) return []
  return Object.values(value).flatMap(findUrls)
}

const MEDIA = [
  ['every video endpoint answers by its own type', /-to-video$/, 440],
  ['every sound endpoint answers by its own type', /-to-(audio|speech)$/, 80],
  ['every endpoint that hears answers by its own type', /^(audio|speech)-to-text$/, 10],
] as const

/** @param step 1: every endpoint is asked; 12: every twelfth of each medium */
export function testEveryMedium(step: number): void {
  let simulator: Simulator
  let caller: Caller

  beforeAll(async () => {
    simulator = await startSimulator()
    caller = createCaller(simulator)
  })
  afterAll(() => simulator.close())

  test.for(MEDIA)('%s', async ([, medium, least], { expect }) => {
    const some = all.filter(isOf(medium))
    expect(some.length).toBeGreaterThan(least)
    const asked = some.filter((_, index) => index % step === 0)
    expect(await judgeAll(caller, asked)).toEqual([])
  })

  test('every file that a video endpoint answers with is there', async ({ expect }) => {
    const videos = all.filter(isOf(/-to-video$/)).filter((_, index) => index % (20 * step) === 0)
    for (const endpoint of videos) {
      const { body } = await caller.finish(endpoint.id, makeInput(endpoint))
      const urls = findUrls(body)
      expect(urls, endpoint.id).not.toEqual([])
      for (const url of urls) {
        expect((await fetch(url, { method: 'HEAD' })).status, url).toBe(200)
      }
    }
  })
}
