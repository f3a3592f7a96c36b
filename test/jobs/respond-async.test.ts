import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'

import { startStack, until, type Stack } from '../support/start-stack.ts'

let stack: Stack

beforeAll(async () => {
  stack = await startStack()
})
afterAll(() => stack.close())
beforeEach(() => {
  stack.fal.journal.clear()
})

const ASYNC = { headers: { prefer: 'respond-async' } }

async function begin(prompt: string): Promise<Response> {
  return stack.post('/images/generations', { model: 'flux-dev', prompt }, ASYNC)
}

async function ask(id: string, init?: RequestInit): Promise<unknown> {
  return (await stack.request(`/images/jobs/${id}`, init)).json()
}

test('a job begins without waiting, and is found by its id when it is done', async () => {
  const response = await begin('a cat [[queue:500ms]] [[run:300ms]]')
  const id = response.headers.get('x-job-id') ?? ''
  expect(response.status).toBe(202)
  expect(await response.json()).toEqual({
    id,
    object: 'image.job',
    status: 'queued',
    created_at: expect.closeTo(Date.now() / 1000, -2),
    model: 'flux-dev',
    endpoint: 'fal-ai/flux/dev',
  })
  // The connection is over, and nothing was cancelled for it.
  await until(() => stack.fal.journal.jobs()[0]?.state === 'COMPLETED')
  expect(await ask(id)).toMatchObject({
    status: 'completed',
    result: { data: [{ url: expect.stringMatching(/^http/) }] },
  })
  expect(stack.asked()).toMatchObject({ submit: 1 })
  expect(stack.fal.journal.count('cancel')).toBe(0)
})

test('a stream whose caller prefers it so goes on when the caller leaves', async () => {
  const controller = new AbortController()
  const body = { model: 'flux-dev', prompt: 'a cat [[queue:4s]]', stream: true }
  const response = await stack.post('/images/generations', body, {
    ...ASYNC,
    signal: controller.signal,
  })
  const id = response.headers.get('x-job-id') ?? ''
  expect(response.status).toBe(200)
  controller.abort()
  await until(() => stack.fal.journal.jobs()[0]?.state === 'COMPLETED')
  expect(await ask(id)).toMatchObject({ status: 'completed' })
  expect(stack.fal.journal.count('cancel')).toBe(0)
})

test('a job that waits is taken out of the queue, once', async () => {
  const response = await begin('a cat [[queue:30s]]')
  const id = response.headers.get('x-job-id') ?? ''
  expect(await ask(id, { method: 'DELETE' })).toMatchObject({ id, status: 'cancelled' })
  expect(stack.fal.journal.jobs()).toMatchObject([
    { state: 'COMPLETED', errorType: 'client_cancelled', cancels: 1 },
  ])
  expect(await ask(id)).toMatchObject({ status: 'cancelled' })
})

test('a job that is done stays done', async () => {
  const response = await begin('a cat')
  const id = response.headers.get('x-job-id') ?? ''
  await until(() => stack.fal.journal.jobs()[0]?.state === 'COMPLETED')
  expect(await ask(id, { method: 'DELETE' })).toMatchObject({ status: 'completed' })
})

test("another caller's job cannot be stopped", async () => {
  const response = await begin('a cat [[queue:30s]]')
  const id = response.headers.get('x-job-id') ?? ''
  const refused = await stack.request(`/images/jobs/${id}x`, { method: 'DELETE' })
  expect(refused.status).toBe(404)
  expect(stack.fal.journal.count('cancel')).toBe(0)
  await ask(id, { method: 'DELETE' })
})

test('what fails before fal has accepted is an error as ever', async () => {
  const response = await begin('')
  expect(response.status).toBe(400)
  expect(await response.json()).toMatchObject({ error: { param: 'prompt' } })
})
