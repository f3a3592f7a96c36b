import { describe, test } from 'vitest'

import { checkEndpoint, specOf, VIDEO_IDS } from './all-endpoints.ts'

describe('every video endpoint of fal’s client takes every job', () => {
  const checked = { requests: 0, least: Infinity, faults: 0 }

  test.for(VIDEO_IDS)('%s', (id, { expect }) => {
    const { requests, faults } = checkEndpoint(specOf(id))
    checked.requests += requests
    checked.least = Math.min(checked.least, requests)
    checked.faults += faults.length
    expect(faults.slice(0, 5)).toEqual([])
  })

  test('and that is all of them, at least 100 requests each', ({ expect }) => {
    process.stdout.write(
      `${VIDEO_IDS.length} video endpoints, ${checked.requests} requests (at least ${checked.least} each), ${checked.faults} faults\n`,
    )
    expect(VIDEO_IDS.length).toBeGreaterThan(440)
    expect(checked.least).toBeGreaterThanOrEqual(100)
  })
})
