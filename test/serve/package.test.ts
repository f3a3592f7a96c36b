import { readFileSync, statSync } from 'node:fs'
import path from 'node:path'

import OpenAI from 'openai'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as z from 'zod'

import { startSimulator, type Simulator } from '../../simulator/start-simulator.ts'
import { ACCESS_KEY } from '../support/start-gateway.ts'
import { openServeFolder, type Served } from '../support/start-serve.ts'
import { until } from '../support/start-stack.ts'
import { freePort } from './free-port.ts'
import { installPackage, type Installed } from './install-package.ts'

const serving = openServeFolder(afterAll)
const headers = { authorization: `Bearer ${ACCESS_KEY}` }
let fal: Simulator
let installed: Installed

beforeAll(async () => {
  fal = await startSimulator({ retired: [] })
  installed = await installPackage(serving.folder)
})
afterAll(async () => {
  await fal.close()
})

const start = (port = 0): Promise<Served> =>
  serving.start(fal.url, { ...installed, args: ['--port', String(port)] })

async function end(served: Served): Promise<void> {
  served.kill('SIGTERM')
  expect(await served.ended).toBe(0)
}

function clientOf({ url }: Served): OpenAI {
  return new OpenAI({ baseURL: `${url}/v1`, apiKey: ACCESS_KEY })
}

const list = z.object({ data: z.array(z.object({ id: z.string() })) })

async function jobsOf({ url }: Served): Promise<readonly string[]> {
  const response = await fetch(`${url}/v1/images/jobs`, { headers })
  return list.parse(await response.json()).data.map(({ id }) => id)
}

test('holds what runs the gateway, and asks for workerd alone', () => {
  const kinds = new Set(installed.files.map((file) => file.replace(/-[\w-]{8}(?=\.\w+$)/, '')))
  expect([...kinds].toSorted()).toEqual([
    'LICENSE',
    'README.md',
    'dist/index.js',
    'dist/page/_headers',
    'dist/page/assets/index.css',
    'dist/page/assets/index.js',
    'dist/page/favicon.svg',
    'dist/page/index.html',
    'dist/page/openapi.json',
    'dist/serve/entry.js',
    'dist/serve/main.js',
    'dist/serve/supervise.sh',
    'package.json',
    'serve/fal-openai-worker.service',
  ])
  const home = path.join(serving.folder, 'node_modules/fal-openai-worker')
  const packed: unknown = JSON.parse(readFileSync(path.join(home, 'package.json'), 'utf8'))
  expect(packed).toMatchObject({
    name: 'fal-openai-worker',
    bin: { 'fal-openai-worker': 'dist/serve/main.js' },
    dependencies: { workerd: expect.stringMatching(/^\d/) },
  })
  for (const name of ['scripts', 'devDependencies', 'optionalDependencies']) {
    expect(packed).not.toHaveProperty(name)
  }
})

test('answers on the asked port, makes a picture, and knows a repeat after it was started again', async () => {
  const port = await freePort()
  const first = await start(port)
  expect(first.url).toBe(`http://127.0.0.1:${port}`)
  const data = path.join(serving.folder, 'data')
  expect(statSync(data).uid).toBe(installed.uid ?? process.getuid?.())
  const repeated = { headers: { 'Idempotency-Key': 'one' } }
  const wish = { model: 'flux-dev', prompt: 'a cat' }
  const made = await clientOf(first).images.generate(wish, repeated).withResponse()
  const picture = await fetch(made.data.data?.[0]?.url ?? '')
  expect([picture.status, picture.headers.get('content-type')?.slice(0, 6)]).toEqual([
    200,
    'image/',
  ])
  await end(first)

  const second = await start(port)
  const again = await clientOf(second).images.generate(wish, repeated).withResponse()
  expect(again.data.data).toEqual(made.data.data)
  expect(again.response.headers.get('x-fal-request-id')).toBe(
    made.response.headers.get('x-fal-request-id'),
  )
  expect(fal.journal.count('submit')).toBe(1)
  expect(await jobsOf(second)).toEqual([made.response.headers.get('x-job-id')])
  await end(second)
})

test('what the ledger meant to do later is done after it was started again', async () => {
  const first = await start()
  const leave = new AbortController()
  const messages = [{ role: 'user', content: '[[queue:10m]] a dog' }]
  await fetch(`${first.url}/v1/chat/completions`, {
    method: 'POST',
    headers: { ...headers, 'idempotency-key': 'two' },
    body: JSON.stringify({ model: 'flux-dev', messages, stream: true }),
    signal: leave.signal,
  })
  expect(await jobsOf(first)).toHaveLength(2)
  leave.abort()
  await until(() => first.log().includes('"hung_up"'))
  await end(first)
  expect(fal.journal.count('cancel')).toBe(0)

  const second = await start()
  await until(() => fal.journal.count('cancel') === 1, 20)
  await end(second)
})
