import { test } from 'vitest'

import { createEndpoints, type Endpoint } from '../../simulator/endpoints/endpoints.ts'
import { inferSpec } from '../../src/models/images/infer/infer-spec.ts'
import type { EndpointSpec } from '../../src/models/model-spec.ts'
import { openEndpointTable } from '../../src/models/schema/endpoint-table.ts'
import { BODIES } from './bodies.ts'
import { createJudge, toJob, waysOf } from './judge.ts'

const endpoints = createEndpoints([])
const table = openEndpointTable()
const faultsOf = createJudge()

function endpointOf(id: string): Endpoint {
  const found = endpoints.find(id)
  if ('missing' in found) throw new Error(found.missing)
  return found.endpoint
}

function specOf(id: string): EndpointSpec {
  const schema = table.schemaOf(id)
  const inferred = schema && inferSpec(schema)
  if (inferred?.kind !== 'image') throw new Error(`${id} is no image endpoint`)
  return inferred.spec
}

/** How many requests each endpoint takes with every body. */
const LEAST = 40

/** @param step 1: every endpoint takes every body; 8: each an eighth of them, all of them among eight endpoints */
export function testEveryEndpoint(step: number): void {
  const checked = { requests: 0, least: Infinity, faults: 0 }

  test.for(table.ids.map((id, index) => [id, index % step] as const))(
    '%s',
    ([id, turn], { expect }) => {
      const spec = specOf(id)
      const endpoint = endpointOf(id)
      const bodies = BODIES.filter((_, index) => index % step === turn)
      const jobs = waysOf(spec).flatMap((given) =>
        bodies.map((body) => ({ body, given, job: toJob(body, spec, given, endpoint) })),
      )
      checked.requests += jobs.length
      checked.least = Math.min(checked.least, jobs.length)
      const wrong = jobs.flatMap(({ body, given, job }) =>
        faultsOf(endpoint, spec, job).map((fault) => `${given} ${JSON.stringify(body)} ${fault}`),
      )
      checked.faults += wrong.length
      expect(wrong.slice(0, 5)).toEqual([])
    },
  )

  test(`and that is all of them, at least ${LEAST / step} requests each`, ({ expect }) => {
    process.stdout.write(
      `${table.ids.length} endpoints, ${checked.requests} requests (at least ${checked.least} each), ${checked.faults} faults\n`,
    )
    expect(table.ids.length).toBeGreaterThan(500)
    expect(checked.least).toBeGreaterThanOrEqual(LEAST / step)
  })
}
