import { readdirSync } from 'node:fs'
import path from 'node:path'

import { afterAll, beforeAll, expect, test } from 'vitest'
import * as z from 'zod'

import { startSimulator, type Simulator } from '../../simulator/start-simulator.ts'
import { descendantsOf, stillRunning } from '../support/processes.ts'
import { runNpm } from '../support/run-npm.ts'
import { ACCESS_KEY } from '../support/start-gateway.ts'
import { openServeFolder, type Served } from '../support/start-serve.ts'
import { until } from '../support/start-stack.ts'

const { folder, start } = openServeFolder(afterAll)
const headers = { authorization: `Bearer ${ACCESS_KEY}` }
let fal: Simulator

beforeAll(async () => {
  fal = await startSimulator({ retired: [] })
})
afterAll(async () => {
  await fal.close()
})

/** A chat that is being answered as a stream. */
interface Stream {
  /** Known before the picture is. */
  readonly jobId: string
  /** All that came, and whether its end came too. */
  readonly whole: Promise<{ readonly text: string; readonly cut: boolean }>
}

async function beginStream(url: string, prompt: string): Promise<Stream> {
  const messages = [{ role: 'user', content: prompt }]
  const response = await fetch(`${url}/v1/chat/completions`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ model: 'flux-dev', messages, stream: true }),
  })
  const jobId = response.headers.get('x-job-id') ?? ''
  expect(response.status).toBe(200)
  return { jobId, whole: readAll(response) }
}

async function readAll({ body }: Response): ReturnType<() => Stream['whole']> {
  let text = ''
  try {
    for await (const piece of body?.pipeThrough(new TextDecoderStream()) ?? []) text += piece
    return { text, cut: false }
  } catch {
    return { text, cut: true }
  }
}

const job = z.object({ id: z.string(), status: z.string() })
const list = z.object({ data: z.array(z.object({ id: z.string() })) })

async function statusOf({ url }: Served, id: string): Promise<string> {
  const response = await fetch(`${url}/v1/images/jobs/${id}`, { headers })
  return job.parse(await response.json()).status
}

test('SIGTERM lets running streams end, takes no new ones, and loses no job that it cuts', async () => {
  const env = { STOP_SECONDS: '4' }
  const served = await start(fal.url, { env })
  const programs = descendantsOf(served.pid)
  const short = Array.from({ length: 16 }, (_, one) => `[[run:1500ms]] cat ${one}`)
  const long = Array.from({ length: 4 }, (_, one) => `[[run:60s]] dog ${one}`)
  const streams = await Promise.all(
    [...short, ...long].map((prompt) => beginStream(served.url, prompt)),
  )
  served.kill('SIGTERM')
  await until(() => served.log().includes('stopping'))
  await until(() =>
    fetch(`${served.url}/healthz`).then(
      () => false,
      () => true,
    ),
  )
  expect(await served.ended).toBe(0)
  expect(stillRunning(programs)).toEqual([])

  const ends = await Promise.all(streams.map(({ whole }) => whole))
  for (const { text, cut } of ends.slice(0, short.length)) {
    expect(cut).toBe(false)
    expect(text).toContain('![Generated Image](')
    expect(text.endsWith('data: [DONE]\n\n')).toBe(true)
  }
  const cut = ends.slice(short.length)
  expect(cut.map(({ text }) => text.includes('[DONE]'))).toEqual(long.map(() => false))
  expect(served.log()).toContain('found by its job id')

  const again = await start(fal.url)
  const found = await Promise.all(streams.map(({ jobId }) => statusOf(again, jobId)))
  expect(found).toEqual([...short.map(() => 'completed'), ...long.map(() => 'in_progress')])
  const listed = await (await fetch(`${again.url}/v1/images/jobs`, { headers })).json()
  const { data } = list.parse(listed)
  expect(data.map(({ id }) => id).toSorted()).toEqual(streams.map(({ jobId }) => jobId).toSorted())
  again.kill('SIGTERM')
  expect(await again.ended).toBe(0)
})

test.for(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)('%s leaves nothing behind', async (signal) => {
  const served = await start(fal.url)
  // Its connection stays open and idle.
  await (await fetch(`${served.url}/healthz`)).text()
  const programs = descendantsOf(served.pid)
  expect(programs.map(({ name }) => name)).toContain('workerd')
  served.kill(signal)
  expect(await served.ended).toBe(0)
  await until(() => stillRunning(programs).length === 0)
  expect(served.lines().slice(-2)).toMatchObject([
    { message: 'stopping: no new requests, running ones have 30 s' },
    { message: 'stopped' },
  ])
  expect(readdirSync(path.join(folder, 'data/run')).toSorted()).toEqual(['lock', 'workerd.capnp'])
})

test('who looks after workerd is killed, and workerd goes too', async () => {
  const served = await start(fal.url)
  const programs = descendantsOf(served.pid)
  served.kill('SIGKILL')
  await served.ended
  await until(() => stillRunning(programs).length === 0)
  // The folder is free again.
  const again = await start(fal.url)
  again.kill('SIGTERM')
  expect(await again.ended).toBe(0)
})

test('workerd is killed, and the gateway ends with its status', async () => {
  const served = await start(fal.url)
  const workerd = descendantsOf(served.pid).find(({ name }) => name === 'workerd')
  process.kill(workerd?.pid ?? 0, 'SIGKILL')
  expect(await served.ended).toBe(137)
  expect(served.lines().at(-1)).toMatchObject({
    level: 'error',
    message: 'workerd ended by itself with status 137',
  })
})

test.for(['SIGTERM', 'SIGKILL'] as const)(
  'npm alone is ended by %s, and the gateway goes too',
  async (signal) => {
    const env = {
      PORT: '0',
      DATA_DIR: path.join(folder, 'npm'),
      WORKER_ACCESS_KEY: ACCESS_KEY,
      FAL_API_KEY: 'test-id:test-secret',
      FAL_QUEUE_URL: `${fal.url}/queue`,
    }
    const script = runNpm(['serve'], env)
    await until(() => script.output().includes('listening on'), 60)
    const programs = script.programs()
    expect(programs.map(({ name }) => name)).toContain('workerd')
    await script.stop(signal)
    await until(() => stillRunning(programs).length === 0)
  },
)
