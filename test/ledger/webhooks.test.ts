import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import * as z from 'zod'

import { openDoorway, type Doorway } from '../support/doorway.ts'
import { startStack, until, type Stack } from '../support/start-stack.ts'

let doorway: Doorway
let stack: Stack

beforeAll(async () => {
  doorway = await openDoorway()
  stack = await startStack({ ledger: 'temporary', env: { PUBLIC_URL: doorway.url } })
  doorway.leadTo(stack.gateway.url)
})
afterAll(async () => {
  await stack.close()
  await doorway.close()
})
beforeEach(() => {
  stack.fal.journal.clear()
})

const jobs = z.object({
  data: z.array(z.object({ id: z.string(), model: z.string(), status: z.optional(z.string()) })),
})

async function listed(): Promise<z.infer<typeof jobs>['data']> {
  const response = await stack.request('/images/jobs')
  expect(response.status).toBe(200)
  return jobs.parse(await response.json()).data
}

/** What fal delivered: to which address, with which headers, and how it was answered. */
function deliveries() {
  return stack.fal.journal
    .entries()
    .filter(({ kind, status }) => kind === 'webhook-delivery' && status !== undefined)
}

const draw = (prompt: string, headers: Record<string, string> = {}) =>
  stack.post('/images/generations', { model: 'flux-dev', prompt }, { headers })

test('a submit whose answer was lost is found again by fal’s webhook', async () => {
  const key = { 'idempotency-key': 'lost-and-found' }
  const first = await draw('a lost cat [[submit:cut-after]]', key)
  expect(first.status).toBe(502)
  await until(() => deliveries().length === 1)
  expect(deliveries()[0]?.status).toBe(200)
  const second = await draw('a lost cat [[submit:cut-after]]', key)
  expect(second.status).toBe(200)
  expect(await second.json()).toMatchObject({ data: [{ url: expect.stringMatching(/^http/) }] })
  expect(stack.fal.journal.count('submit')).toBe(1)
})

test('without a key, too, the picture is on the caller’s list', async () => {
  const before = await listed()
  const first = await draw('another lost cat [[submit:cut-after]]')
  expect(first.status).toBe(502)
  await until(() => deliveries().length === 1)
  const after = await listed()
  expect(after).toHaveLength(before.length + 1)
  expect(after[0]).toMatchObject({ model: 'flux-dev', status: 'completed' })
  const found = await stack.request(`/images/jobs/${after[0]?.id}`)
  expect(await found.json()).toMatchObject({
    status: 'completed',
    result: { data: [{ url: expect.stringMatching(/^http/) }] },
  })
})

test('a job is listed once, with its end, however many requests it has', async () => {
  const before = await listed()
  const response = await stack.post('/images/generations', {
    model: 'flux-dev',
    prompt: 'six cats',
    n: 6,
  })
  const id = response.headers.get('x-job-id')
  await response.json()
  await until(() => deliveries().length === 2)
  const after = await listed()
  expect(after).toHaveLength(before.length + 1)
  expect(after[0]).toMatchObject({ id, status: 'completed' })
})

test('a job that failed is listed as failed', async () => {
  const response = await draw('[[fail:content_policy_violation]]')
  expect(response.status).toBe(400)
  await until(() => deliveries().length === 1)
  expect((await listed())[0]).toMatchObject({ status: 'failed' })
})

test('a webhook that comes twice changes nothing', async () => {
  await (await draw('a cat told of twice')).json()
  await until(() => deliveries().length === 1)
  const before = await listed()
  const { path, headers, body } = doorway.heard.at(-1) ?? { path: '', headers: {}, body: '' }
  const { host: _, connection: __, ...sent } = headers
  const again = await fetch(`${stack.gateway.url}${path}`, { method: 'POST', headers: sent, body })
  expect(again.status).toBe(200)
  expect(await listed()).toEqual(before)
})

test('a lost webhook changes nothing', async () => {
  doorway.shut()
  try {
    const response = await draw('a cat behind a shut door')
    expect(response.status).toBe(200)
    const [newest] = await listed()
    expect(newest?.id).toBe(response.headers.get('x-job-id'))
  } finally {
    doorway.leadTo(stack.gateway.url)
  }
})

test('what fal did not send, or not for us, or not now, is refused alike', async () => {
  await (await draw('a cat to forge')).json()
  await until(() => deliveries().length === 1)
  const before = await listed()
  const [delivery] = deliveries()
  const query = new URLSearchParams(delivery?.query)
  const headers = new Headers()
  for (const [name, value] of Object.entries(delivery?.headers ?? {})) {
    if (name.startsWith('x-fal-')) headers.set(name, String(value))
  }
  const token = query.get('job') ?? ''
  const requestId = headers.get('x-fal-webhook-request-id') ?? ''
  const body = JSON.stringify({ request_id: requestId, status: 'OK', payload: {} })
  const send = (job: string, changed: Record<string, string> = {}, text = body) =>
    fetch(`${stack.gateway.url}/webhooks/fal?job=${encodeURIComponent(job)}&key=x`, {
      method: 'POST',
      body: text,
      headers: { ...Object.fromEntries(headers), ...changed },
    })
  const old = String(Math.floor(Date.now() / 1000) - 301)
  const refused = await Promise.all([
    // Signed by fal, but over another body.
    send(token),
    send(token, { 'x-fal-webhook-signature': 'ab'.repeat(64) }),
    send(token, { 'x-fal-webhook-signature': '' }),
    send(token, { 'x-fal-webhook-signature': 'not hex' }),
    send(token, { 'x-fal-webhook-signature': 'ab' }),
    send(token, { 'x-fal-webhook-signature': 'ab'.repeat(63) }),
    send(token, { 'x-fal-webhook-signature': 'ab'.repeat(128) }),
    send(token, { 'x-fal-webhook-timestamp': old }),
    send(token, { 'x-fal-webhook-timestamp': '' }),
    send(token, { 'x-fal-webhook-request-id': 'another' }),
    send(token, {}, ''),
    send(`${token.slice(0, -4)}AAAA`),
    send(token.slice(0, 40)),
    send(''),
    fetch(`${stack.gateway.url}/webhooks/fal`, { method: 'POST' }),
  ])
  const answers = await Promise.all(
    refused.map(async (response) => `${response.status} ${await response.text()}`),
  )
  expect(new Set(answers).size).toBe(1)
  expect(answers[0]).toMatch(/^403 .*"webhook_refused"/)
  expect(await listed()).toEqual(before)
})
