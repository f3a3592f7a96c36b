import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'

import { openDoorway, type Doorway } from '../support/doorway.ts'
import { startGateway } from '../support/start-gateway.ts'
import { startStack, until, type Stack } from '../support/start-stack.ts'
import { impatient, order, orderAndLeave, read } from './orders.ts'

// Eight images of an endpoint that makes four at once are two requests to fal.

let doorway: Doorway
let stack: Stack
let folder: string

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'split-'))
  doorway = await openDoorway()
  stack = await startStack({
    ledger: folder,
    env: { PUBLIC_URL: doorway.url },
    webhookRetryMs: 200,
  })
  doorway.leadTo(stack.gateway.url)
})
afterAll(async () => {
  await stack.close()
  await doorway.close()
  rmSync(folder, { recursive: true, force: true })
})
beforeEach(() => {
  stack.fal.journal.clear()
})

const count = (kind: 'submit' | 'cancel'): number => stack.fal.journal.count(kind)
const jobs = () => stack.fal.journal.jobs()
const areIn = (state: string) => (): boolean =>
  jobs().length === 2 && jobs().every((job) => job.state === state)

test.for(['IN_QUEUE', 'IN_PROGRESS'])(
  'left while both parts are %s and sent again with its key: all of it, made once',
  async (state) => {
    const prompt = `eight cats ${state} [[${state === 'IN_QUEUE' ? 'queue' : 'run'}:3s]]`
    const key = { 'idempotency-key': `split-${state}` }
    const body = { prompt, n: 8 }
    await orderAndLeave(stack, body, key, areIn(state))
    const again = await order(stack, body, key)
    expect(new Set(again.urls).size).toBe(8)
    expect(again.headers.get('x-adjusted')).toBeNull()
    expect([count('submit'), count('cancel')]).toEqual([2, 0])
  },
)

test('sent again by the official client after its timeout: all of it, made once', async () => {
  const prompt = 'eight cats for the impatient [[queue:3s]]'
  const { data } = await impatient(stack, 1500).images.generate({ model: 'flux-dev', prompt, n: 8 })
  expect(new Set(data?.map(({ url }) => url)).size).toBe(8)
  expect([count('submit'), count('cancel')]).toEqual([2, 0])
})

test(
  'left for good while one part has begun: nothing of it is cancelled, so that it can be had whole',
  { timeout: 40_000 },
  async () => {
    const body = { prompt: 'a begun split [[queue:0ms*1]] [[queue:14s]]', n: 8 }
    const key = { 'idempotency-key': 'begun' }
    await orderAndLeave(stack, body, key, () => jobs().length === 2)
    await until(() => jobs().every(({ state }) => state === 'COMPLETED'), 20)
    expect(count('cancel')).toBe(0)
    const again = await order(stack, body, key)
    expect(new Set(again.urls).size).toBe(8)
    expect(again.headers.get('x-adjusted')).toBeNull()
    expect(count('submit')).toBe(2)
  },
)

test('killed after fal took both parts: what fal tells of them later is found, 8 of 8 in order', async () => {
  // The second submit goes out when the first has been answered.
  const body = { prompt: 'eight killed cats [[answer:1s]] [[run:2s]]', n: 8 }
  const headers = { 'idempotency-key': 'killed' }
  const first = order(stack, body, headers).catch(() => undefined)
  await until(() => jobs().length === 2)
  doorway.shut()
  await stack.gateway.close()
  await first
  const other = await startGateway(stack.fal.url, { PUBLIC_URL: doorway.url }, { ledger: folder })
  doorway.leadTo(other.url)
  try {
    await until(() => deliveries() === 2)
    const again = async () =>
      read(
        await fetch(`${other.url}/v1/images/generations`, {
          method: 'POST',
          headers: { authorization: 'Bearer sk-test-access-key', ...headers },
          body: JSON.stringify({ model: 'flux-dev', ...body }),
        }),
      )
    const found = await again()
    expect(found).toMatchObject({ status: 200 })
    expect(new Set(found.urls).size).toBe(8)
    expect(await again()).toMatchObject({ urls: found.urls })
    expect(count('submit')).toBe(2)
  } finally {
    await other.close()
  }
})

function deliveries(): number {
  return stack.fal.journal
    .entries()
    .filter(({ kind, status }) => kind === 'webhook-delivery' && status === 200).length
}
