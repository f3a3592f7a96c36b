import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

import { expect, test } from 'vitest'

import { startSimulator } from '../../simulator/start-simulator.ts'
import { ACCESS_KEY, startGateway } from '../support/start-gateway.ts'

const DIST = path.join(import.meta.dirname, '../../dist')

test('the Worker is one file that needs nothing beside it, not even the page', () => {
  // `serve` is for npm run serve, and not deployed.
  expect(readdirSync(DIST)).toEqual(['index.js', 'page', 'serve'])
  const bundle = readFileSync(path.join(DIST, 'index.js'), 'utf8')
  const imported = [...bundle.matchAll(/\bfrom\s*["']([^"']+)["']|\bimport\(["']([^"']+)["']\)/g)]
  const outside = imported.map((match) => match[1] ?? match[2] ?? '')
  expect(outside.filter((name) => !/^(?:cloudflare|node):/.test(name))).toEqual([])
})

test('pasted into the dashboard it works with two variables, no binding and no flag', async () => {
  const fal = await startSimulator({ retired: [] })
  const gateway = await startGateway(fal.url, {}, { flags: [] })
  const generate = async (more: Record<string, unknown>): Promise<Response> =>
    fetch(`${gateway.url}/v1/images/generations`, {
      method: 'POST',
      headers: { authorization: `Bearer ${ACCESS_KEY}` },
      body: JSON.stringify({ prompt: 'a cat', ...more }),
    })
  expect(await (await generate({})).json()).toMatchObject({ data: [{ url: expect.any(String) }] })
  expect(await (await generate({ response_format: 'b64_json', n: 2 })).json()).toMatchObject({
    data: [{ b64_json: expect.any(String) }, { b64_json: expect.any(String) }],
  })
  expect(await (await fetch(gateway.url)).text()).toMatch(/^fal-openai-worker is running\./)
  await gateway.close()
  await fal.close()
})
