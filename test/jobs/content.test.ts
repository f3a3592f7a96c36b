import { afterAll, beforeAll, expect, test } from 'vitest'
import * as z from 'zod'

import { startStack, until, type Stack } from '../support/start-stack.ts'

let stack: Stack

beforeAll(async () => {
  stack = await startStack()
})
afterAll(() => stack.close())

const JOB = z.object({ id: z.string(), status: z.string() })

const ASYNC = { headers: { prefer: 'respond-async' } }

async function order(path: string, body: unknown): Promise<string> {
  const response = await stack.post(path, body, ASYNC)
  return JOB.parse(await response.json()).id
}

async function isDone(id: string): Promise<boolean> {
  const response = await stack.request(`/jobs/${id}`)
  return JOB.parse(await response.json()).status === 'completed'
}

test('the bytes of a sound are fal’s, whole or in part, and fal is paid once', async () => {
  const id = await order('/audio/speech', { model: 'tts-1', input: 'Good evening.' })
  await until(() => isDone(id))
  const response = await stack.request(`/jobs/${id}/content`)
  expect(response.status).toBe(200)
  expect(response.headers.get('content-type')).toBe('audio/mpeg')
  expect(response.headers.get('cache-control')).toContain('private')
  const bytes = Buffer.from(await response.arrayBuffer())
  const made = stack.fal.journal.entries().find(({ kind }) => kind === 'cdn')
  const cdn = await fetch(`${stack.fal.url}${made?.path ?? ''}`)
  expect(bytes.equals(Buffer.from(await cdn.arrayBuffer()))).toBe(true)
  const part = await stack.request(`/jobs/${id}/content`, { headers: { range: 'bytes=4-9' } })
  expect(part.status).toBe(206)
  expect(Buffer.from(await part.arrayBuffer()).equals(bytes.subarray(4, 10))).toBe(true)
  expect(stack.fal.journal.count('submit')).toBe(1)
})

test('what is not ready, or of another kind, is a clear 400; a stranger finds nothing', async () => {
  const waiting = await order('/audio/speech', { model: 'tts-1', input: 'later [[queue:60s]]' })
  const early = await stack.request(`/jobs/${waiting}/content`)
  expect(early.status).toBe(400)
  expect(await early.text()).toContain('The job is not ready: it is queued.')
  const image = await order('/images/generations', { prompt: 'a cat' })
  await until(() => isDone(image))
  const wrong = await stack.request(`/jobs/${image}/content`)
  expect(wrong.status).toBe(400)
  expect(await wrong.text()).toContain('neither a sound nor a video')
  expect((await stack.request('/jobs/job_made-up/content')).status).toBe(404)
})
