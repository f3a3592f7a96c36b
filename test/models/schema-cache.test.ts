import { expect, test } from 'vitest'

import { startSimulator } from '../../simulator/start-simulator.ts'
import { startCache } from '../support/start-cache.ts'
import { ACCESS_KEY, startGateway, type Gateway } from '../support/start-gateway.ts'

/** Newer than fal's client, so that only fal itself knows its schema. */
const UNKNOWN = 'ideogram/v4'

const ask = (gateway: Gateway, path: string): Promise<Response> =>
  fetch(`${gateway.url}${path}`, { headers: { authorization: `Bearer ${ACCESS_KEY}` } })

test('a gateway that starts anew takes schemas from the cache, and nobody else can', async () => {
  const fal = await startSimulator()
  const cache = await startCache()
  const seen: unknown[] = []
  for (let start = 0; start < 2; start += 1) {
    const gateway = await startGateway(fal.url, {}, { cache: cache.address })
    const response = await ask(gateway, `/v1/models/${UNKNOWN}`)
    expect(response.status).toBe(200)
    seen.push(await response.json())
    // The key of the entry is a path like any other to those outside.
    const [url = ''] = cache.urls()
    expect((await ask(gateway, url.slice(url.indexOf('/')))).status).toBe(404)
    await gateway.close()
  }
  expect(seen[1]).toEqual(seen[0])
  expect(fal.journal.count('models')).toBe(1)
  expect(cache.urls()).toHaveLength(1)
  await cache.close()
  await fal.close()
})
