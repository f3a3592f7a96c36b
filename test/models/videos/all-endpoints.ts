import { test } from 'vitest'

import { createEndpoints, type Endpoint } from '../../../simulator/endpoints/endpoints.ts'
import * as videos from '../../../src/models/generated/videos.ts'
import { openEndpointTable } from '../../../src/models/schema/endpoint-table.ts'
import { inferVideoSpec } from '../../../src/models/videos/infer/infer-spec.ts'
import type { VideoEndpointSpec } from '../../../src/models/videos/video-spec.ts'
import { WISHES } from './jobs.ts'
import { createVideoJudge, toVideoJob, type Given } from './judge.ts'

const endpoints = createEndpoints([])
const table = openEndpointTable(videos)
const faultsOf = createVideoJudge()
const WAYS: readonly Given[] = ['least', 'most']

/** The ids of all video endpoints of fal's client. */
export const VIDEO_IDS = table.ids

function endpointOf(id: string): Endpoint {
  const found = endpoints.find(id)
  if ('missing' in found) throw new Error(found.missing)
  return found.endpoint
}

/** What the generated table says of an endpoint. */
function specOf(id: string): VideoEndpointSpec {
  const schema = table.schemaOf(id)
  if (schema === undefined) throw new Error(`${id} is not in the table`)
  return inferVideoSpec(schema)
}

/** What is wrong with the inputs made of wishes for one endpoint, and how many were made. */
export function checkEndpoint(
  spec: VideoEndpointSpec,
  wishes = WISHES,
): {
  requests: number
  faults: readonly string[]
} {
  const endpoint = endpointOf(spec.id)
  const jobs = WAYS.flatMap((given) =>
    wishes.map((wish) => ({ given, wish, job: toVideoJob(wish, spec, given, endpoint) })),
  )
  const faults = jobs.flatMap(({ given, wish, job }) =>
    faultsOf(endpoint, spec, job).map((fault) => `${given} ${JSON.stringify(wish)} ${fault}`),
  )
  return { requests: jobs.length, faults }
}

/** How many requests each endpoint takes with every wish. */
const LEAST = 100

/** @param step 1: every endpoint takes every wish; 8: each an eighth of them, all of them among eight endpoints */
export function testEveryVideoEndpoint(step: number): void {
  const checked = { requests: 0, least: Infinity, faults: 0 }

  test.for(VIDEO_IDS.map((id, index) => [id, index % step] as const))(
    '%s',
    ([id, turn], { expect }) => {
      const wishes = WISHES.filter((_, index) => index % step === turn)
      const { requests, faults } = checkEndpoint(specOf(id), wishes)
      checked.requests += requests
      checked.least = Math.min(checked.least, requests)
      checked.faults += faults.length
      expect(faults.slice(0, 5)).toEqual([])
    },
  )

  test(`and that is all of them, at least ${LEAST / step} requests each`, ({ expect }) => {
    process.stdout.write(
      `${VIDEO_IDS.length} video endpoints, ${checked.requests} requests (at least ${checked.least} each), ${checked.faults} faults\n`,
    )
    expect(VIDEO_IDS.length).toBeGreaterThan(440)
    expect(checked.least).toBeGreaterThanOrEqual(LEAST / step)
  })
}
