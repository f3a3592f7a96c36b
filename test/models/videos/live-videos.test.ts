import { afterAll, beforeAll, describe, test } from 'vitest'

import { videoEndpoints } from '../../../simulator/endpoints/newer/video-endpoints.ts'
import { startSimulator, type Simulator } from '../../../simulator/start-simulator.ts'
import { readOpenApi } from '../../../src/models/schema/read-openapi.ts'
import { inferVideoSpec, isVideoSchema } from '../../../src/models/videos/infer/infer-spec.ts'
import { fetchDocument } from '../fetch-document.ts'
import { checkEndpoint, VIDEO_IDS } from './all-endpoints.ts'

// What the installed client's types do not know: only the schema that is fetched tells of it.
const IDS = Object.keys(videoEndpoints)

let simulator: Simulator

beforeAll(async () => {
  simulator = await startSimulator()
})

afterAll(async () => {
  await simulator.close()
})

describe('video endpoints known only by their live schema take every job', () => {
  const checked = { endpoints: 0, requests: 0 }

  test.for(IDS)('%s', async (id, { expect }) => {
    expect(VIDEO_IDS).not.toContain(id)
    const schema = readOpenApi(id, await fetchDocument(simulator.url, id))
    if (schema === undefined || !isVideoSchema(schema)) throw new Error(`${id} makes no video`)
    const { requests, faults } = checkEndpoint(inferVideoSpec(schema))
    checked.endpoints += 1
    checked.requests += requests
    expect(faults.slice(0, 5)).toEqual([])
  })

  test('and that is at least 20 of them', ({ expect }) => {
    process.stdout.write(`${checked.endpoints} live video schemas, ${checked.requests} requests\n`)
    expect(checked.endpoints).toBeGreaterThanOrEqual(20)
  })
})
