import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test'
import { expect, test } from 'vitest'

import { testSettings } from '../../src/settings/settings.fixture.ts'
import worker from '../../src/worker.ts'

const settings = testSettings()

/** A data set as the binding is one; the local runtime has none that keeps anything. */
function createDataset() {
  const points: unknown[] = []
  return { points, writeDataPoint: (point: unknown) => void points.push(point) }
}

async function ask(env: object, path: string, body: object): Promise<Response> {
  const context = createExecutionContext()
  const request = new Request<unknown, IncomingRequestCfProperties>(
    `https://gateway.example/v1/${path}`,
    {
      method: 'POST',
      headers: { authorization: 'Bearer sk-a', 'content-type': 'application/json' },
      body: JSON.stringify({ model: 'nano-banana', ...body }),
    },
  )
  const response = await worker.fetch(request, env, context)
  const text = await response.text()
  await waitOnExecutionContext(context)
  return new Response(text, response)
}

const number = expect.any(Number)
const endpoint = 'fal-ai/nano-banana'

test('a job is one data point when it has ended, whole or as a stream', async () => {
  const USAGE = createDataset()
  const env = { ...settings, USAGE }
  const prompt = 'a cat [[run:300ms]]'
  await ask(env, 'images/generations', { prompt, n: 2 })
  await ask(env, 'chat/completions', {
    messages: [{ role: 'user', content: prompt }],
    stream: true,
  })
  expect(USAGE.points).toEqual([
    {
      indexes: ['alice'],
      blobs: ['alice', 'nano-banana', endpoint, 'completed', 'priced'],
      doubles: [2, 2, 0.0796, number, number, number, number, number],
    },
    {
      indexes: ['alice'],
      blobs: ['alice', 'nano-banana', endpoint, 'completed', 'priced'],
      doubles: [1, 1, 0.0398, number, number, number, number, number],
    },
  ])
})

test('a failed job is one, without a job there is none, and an unknown cost is said to be that', async () => {
  const USAGE = createDataset()
  const env = { ...settings, USAGE }
  await ask(env, 'images/generations', { prompt: '' })
  await ask(env, 'images/generations', { prompt: 'a cat [[submit:404]]', model: 'flux-dev' })
  await ask(env, 'images/generations', { prompt: 'a cat [[no-units]]' })
  await ask(env, 'images/generations', { prompt: 'a cat [[infra:runner_server_error]]' })
  expect(USAGE.points).toMatchObject([
    { blobs: ['alice', 'nano-banana', endpoint, 'completed', 'unpriced'] },
    { blobs: ['alice', 'nano-banana', endpoint, 'upstream_failed', 'priced'] },
  ])
})

test('a data set that is out of order costs no picture', async () => {
  const USAGE = {
    writeDataPoint() {
      throw new TypeError('out of order')
    },
  }
  const response = await ask({ ...settings, USAGE }, 'images/generations', { prompt: 'a cat' })
  expect(response.status).toBe(200)
})

test('a binding of that name that is no data set is a mistake of the owner', async () => {
  const response = await ask({ ...settings, USAGE: {} }, 'images/generations', { prompt: 'a cat' })
  expect(response.status).toBe(500)
  expect(await response.text()).toContain('binding USAGE is wrong')
})
