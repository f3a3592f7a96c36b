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
export function specOf(id: string): VideoEndpointSpec {
  const schema = table.schemaOf(id)
  if (schema === undefined) throw new Error(`${id} is not in the table`)
  return inferVideoSpec(schema)
}

/** What is wrong with the inputs made of every wish for one endpoint, and how many were made. */
export function checkEndpoint(spec: VideoEndpointSpec): {
  requests: number
  faults: readonly string[]
} {
  const endpoint = endpointOf(spec.id)
  const jobs = WAYS.flatMap((given) =>
    WISHES.map((wish) => ({ given, wish, job: toVideoJob(wish, spec, given, endpoint) })),
  )
  const faults = jobs.flatMap(({ given, wish, job }) =>
    faultsOf(endpoint, spec, job).map((fault) => `${given} ${JSON.stringify(wish)} ${fault}`),
  )
  return { requests: jobs.length, faults }
}
