import { afterAll, beforeAll, describe, test } from 'vitest'

import { createEndpoints } from '../../simulator/endpoints/endpoints.ts'
import { newerEndpoints } from '../../simulator/endpoints/newer/newer-endpoints.ts'
import { startSimulator, type Simulator } from '../../simulator/start-simulator.ts'
import { createCatalogue } from '../../src/models/catalogue/catalogue.ts'
import { inferSpec } from '../../src/models/images/infer/infer-spec.ts'
import { openEndpointTable } from '../../src/models/schema/endpoint-table.ts'
import { readOpenApi } from '../../src/models/schema/read-openapi.ts'
import { BODIES } from './bodies.ts'
import { fetchDocument } from './fetch-document.ts'
import { createJudge, toJob, waysOf } from './judge.ts'

// What the installed client's types do not know: only the schema that is fetched tells of it.
const known = new Set(openEndpointTable().ids)
// The limits of gpt-image-2 hold for its edits too, but only the former's schema states them; both are curated.
const UNSAID = 'openai/gpt-image-2/edit'
const IDS = Object.entries(newerEndpoints)
  .filter(([, { output }]) => 'images' in output || 'image' in output)
  .map(([id]) => id)
  .filter((id) => !known.has(id) && id !== UNSAID)

let simulator: Simulator

beforeAll(async () => {
  simulator = await startSimulator()
})

afterAll(async () => {
  await simulator.close()
})

describe('endpoints known only by their live schema take every job', () => {
  const endpoints = createEndpoints([])
  const faultsOf = createJudge()
  const checked = { endpoints: 0, requests: 0, faults: 0 }

  test.for(IDS)('%s', async (id, { expect }) => {
    const schema = readOpenApi(id, await fetchDocument(simulator.url, id))
    const inferred = schema && inferSpec(schema)
    if (inferred?.kind !== 'image') throw new Error(`${id} is no image endpoint`)
    const { spec } = inferred
    const found = endpoints.find(id)
    if ('missing' in found) throw new Error(found.missing)
    const wrong = waysOf(spec).flatMap((given) =>
      BODIES.flatMap((body) => {
        checked.requests += 1
        const job = toJob(body, spec, given, found.endpoint)
        const faults = faultsOf(found.endpoint, spec, job)
        return faults.map((fault) => `${given} ${JSON.stringify(body)} ${fault}`)
      }),
    )
    checked.endpoints += 1
    checked.faults += wrong.length
    expect(wrong.slice(0, 5)).toEqual([])
  })

  test('and that is at least 20 of them', ({ expect }) => {
    process.stdout.write(
      `${checked.endpoints} live schemas, ${checked.requests} requests, ${checked.faults} faults\n`,
    )
    expect(checked.endpoints).toBeGreaterThanOrEqual(20)
  })
})

test('a model that makes no pictures is refused by name', async ({ expect }) => {
  const catalogue = createCatalogue('imagen4-preview')
  const id = 'fal-ai/kling-video/v2/master/text-to-video'
  expect(catalogue.unknownEndpoint(id)).toBe(id)
  const document = await fetchDocument(simulator.url, id)
  expect(() => catalogue.resolveWith(id, document)).toThrow(
    expect.objectContaining({
      problem: expect.objectContaining({
        message: `'${id}' is not an image model: it makes video.`,
      }),
    }),
  )
})
