import { afterEach, beforeEach, describe, test } from 'vitest'
import { z } from 'zod'

import { startSimulator, type Simulator } from '../../simulator/start-simulator.ts'
import { createCaller, readImages, type Caller } from './caller.ts'

let simulator: Simulator
let caller: Caller

beforeEach(async () => {
  simulator = await startSimulator()
  caller = createCaller(simulator)
})
afterEach(() => simulator.close())

const FLUX = 'fal-ai/flux/dev'
const VEO = 'fal-ai/veo3.1'

async function make(lifecycle: object): Promise<string> {
  const headers = { 'x-fal-object-lifecycle-preference': JSON.stringify(lifecycle) }
  const { body } = await caller.finish(FLUX, { prompt: 'a cat', image_size: 'square' }, headers)
  return readImages(body)[0]?.url ?? ''
}

async function statusOf(url: string): Promise<number> {
  return (await fetch(url, { method: 'HEAD' })).status
}

const preferences = () => simulator.journal.jobs().at(-1)?.preferences

describe('headers that ask something of the platform', () => {
  test('are told in the journal', async ({ expect }) => {
    await caller.submit(FLUX, { prompt: 'a cat' })
    expect(preferences()).toEqual({
      priority: 'normal',
      storeIo: true,
      lifecycle: { access: 'allow' },
      tags: {},
      noFallback: false,
      noRetry: false,
    })
    await caller.submit(
      FLUX,
      { prompt: 'a cat' },
      {
        'x-fal-request-start-timeout': '30',
        'x-fal-queue-priority': 'low',
        'x-fal-store-io': '0',
        'x-fal-object-lifecycle-preference':
          '{"expiration_duration_seconds":3600,"initial_acl":{"default":"hide"}}',
        'x-fal-tags': 'caller=alice, team = art',
        'x-app-fal-disable-fallback': 'true',
        'x-fal-no-retry': '1',
        'x-fal-runner-hint': 'here',
      },
    )
    expect(preferences()).toEqual({
      startTimeoutMs: 30_000,
      priority: 'low',
      storeIo: false,
      lifecycle: { access: 'hide', seconds: 3600 },
      tags: { caller: 'alice', team: 'art' },
      noFallback: true,
      noRetry: true,
      runnerHint: 'here',
    })
  })

  test.for([
    ['x-fal-request-start-timeout', 'soon'],
    ['x-fal-request-start-timeout', '0'],
    ['x-fal-queue-priority', 'high'],
    ['x-fal-object-lifecycle-preference', '3600'],
    ['x-fal-object-lifecycle-preference', '{"expiration_duration_seconds":-1}'],
    ['x-fal-object-lifecycle-preference', '{"initial_acl":{"default":"nobody"}}'],
    ['x-fal-tags', 'alice'],
    ['x-fal-tags', Array.from({ length: 11 }, (_, index) => `t${index}=x`).join(',')],
  ] as const)('%s: %s is refused', async ([name, value], { expect }) => {
    const input = { prompt: 'a cat' }
    const headers = { [name]: value }
    const answer = await caller.call(`/queue/${FLUX}`, { method: 'POST', input, headers })
    expect(answer).toMatchObject({ status: 400, body: { detail: expect.stringContaining(name) } })
    expect(simulator.journal.jobs()).toEqual([])
  })
})

describe('the start timeout', () => {
  test.for(['x-fal-request-start-timeout', 'x-fal-request-timeout'])(
    '%s: what did not begin in time never begins',
    async (name, { expect }) => {
      const job = await caller.submit(VEO, { prompt: 'late [[queue:1m]]' }, { [name]: '0.05' })
      const { body } = await caller.wait(job)
      expect(body).toMatchObject({ error_type: 'request_timeout' })
      const { status, headers } = await caller.call(job.response_url)
      expect(status).toBe(504)
      expect(headers.get('x-fal-request-timeout-type')).toBe('user')
      expect(headers.get('x-fal-billable-units')).toBe('0')
    },
  )

  test('what has begun goes on', async ({ expect }) => {
    const headers = { 'x-fal-request-start-timeout': '0.05' }
    const { status } = await caller.finish(VEO, { prompt: 'in time [[run:200ms]]' }, headers)
    expect(status).toBe(200)
  })
})

test('low priority waits until nobody else does', async ({ expect }) => {
  const first = await caller.submit(FLUX, { prompt: 'first [[queue:300ms]]' })
  const low = await caller.submit(FLUX, { prompt: 'low' }, { 'x-fal-queue-priority': 'low' })
  const last = await caller.submit(FLUX, { prompt: 'last [[queue:300ms]]' })
  const { body } = await caller.call(low.status_url)
  expect(body).toMatchObject({ status: 'IN_QUEUE', queue_position: 2 })
  await Promise.all([first, last].map((job) => caller.wait(job)))
  expect((await caller.wait(low)).status).toBe(200)
})

describe('what is not kept', () => {
  test('forget: the job is unknown some time after its end', async ({ expect }) => {
    const job = await caller.submit(FLUX, { prompt: 'a cat [[forget:100ms]]' })
    await caller.wait(job)
    await expect.poll(() => caller.call(job.status_url)).toMatchObject({ status: 404 })
    expect(await caller.call(job.response_url)).toMatchObject({
      status: 404,
      body: { status: 'NOT_FOUND' },
    })
  })

  test('a file lives as long as its lifecycle says, and shows itself to whom it says', async ({
    expect,
  }) => {
    expect(await statusOf(await make({ initial_acl: { default: 'hide' } }))).toBe(404)
    expect(await statusOf(await make({ initial_acl: { default: 'forbid' } }))).toBe(403)
    expect(await statusOf(await make({ expiration_duration_seconds: null }))).toBe(200)
    const short = await make({ expiration_duration_seconds: 0.2 })
    await expect.poll(() => statusOf(short)).toBe(404)
  })

  test('so does an upload', async ({ expect }) => {
    const place = z.object({ upload_url: z.url(), file_url: z.url() })
    const { body } = await caller.call('/rest/storage/upload/initiate', {
      method: 'POST',
      input: { file_name: 'a.txt', content_type: 'text/plain' },
      headers: { 'x-fal-object-lifecycle': '{"expiration_duration_seconds":0.3}' },
    })
    const { upload_url, file_url } = place.parse(body)
    await fetch(upload_url, { method: 'PUT', body: 'words' })
    expect(await (await fetch(file_url)).text()).toBe('words')
    await expect.poll(async () => (await fetch(file_url)).status).toBe(404)
  })
})
