import { afterAll, beforeAll, expect, test } from 'vitest'
import * as z from 'zod'

import { ACCESS_KEY, startGateway, type Gateway } from '../support/start-gateway.ts'
import { startStack, until, type Stack } from '../support/start-stack.ts'

// What keeps a connection alive after the first minute is in two-minutes.long.test.ts.

let stack: Stack
/** It waits for no job longer than a second. */
let hasty: Gateway
let spoken: Uint8Array<ArrayBuffer>

beforeAll(async () => {
  stack = await startStack()
  hasty = await startGateway(stack.fal.url, { JOB_TIMEOUT_SECONDS: '1' })
  const speech = await stack.post('/audio/speech', { model: 'tts-1', input: 'Good evening.' })
  expect(speech.status).toBe(200)
  spoken = await speech.bytes()
})
afterAll(async () => {
  await hasty.close()
  await stack.close()
})

const HEADERS = { authorization: `Bearer ${ACCESS_KEY}` }

function speak(url: string, more: Readonly<Record<string, unknown>>): Promise<Response> {
  return fetch(`${url}/v1/audio/speech`, {
    method: 'POST',
    headers: { ...HEADERS, 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'tts-1', ...more }),
  })
}

function write(url: string, fields: Readonly<Record<string, string>>): Promise<Response> {
  const body = new FormData()
  body.append('file', new Blob([spoken]), 'speech.mp3')
  body.append('model', 'gpt-transcribe')
  for (const [name, value] of Object.entries(fields)) body.append(name, value)
  return fetch(`${url}/v1/audio/transcriptions`, { method: 'POST', headers: HEADERS, body })
}

const job = z.looseObject({ id: z.string(), status: z.string() })

async function completed(id: string): Promise<unknown> {
  let found: unknown
  await until(async () => {
    found = await (await stack.request(`/jobs/${id}`)).json()
    return job.parse(found).status === 'completed'
  })
  return found
}

/** Pings come every 2.5 s. */
const SLOW = '[[run:6s]]'

test.concurrent('speech in events is kept alive by pings, and its job is found while it goes on', async () => {
  const wish = { input: `Good evening. ${SLOW}`, stream_format: 'sse' }
  const response = await speak(stack.gateway.url, wish)
  const id = response.headers.get('x-job-id') ?? ''
  const before = job.parse(await (await stack.request(`/jobs/${id}`)).json())
  expect(before.status).toMatch(/queued|in_progress/)
  const text = await response.text()
  expect(text).toContain('speech.audio.done')
  expect(text).toMatch(/^: ping$/m)
  expect(await completed(id)).toMatchObject({ id, result: { object: 'audio' } })
})

test.concurrent('so is a transcript in events', async () => {
  const response = await write(stack.gateway.url, { stream: 'true', 'keywords[]': SLOW })
  const id = response.headers.get('x-job-id') ?? ''
  const text = await response.text()
  expect(text).toContain('transcript.text.done')
  expect(text).toMatch(/^: ping$/m)
  expect(await completed(id)).toMatchObject({ result: { text: 'Good evening.' } })
})

test.for([
  ['speech', () => speak(hasty.url, { input: 'Hello. [[run:4s]]' })],
  ['a transcript', () => write(hasty.url, { 'keywords[]': '[[run:4s]]' })],
  ['subtitles', () => write(hasty.url, { 'keywords[]': '[[run:4s]]', response_format: 'srt' })],
] as const)(
  '%s beyond the longest wait is 504 with its id, and can still be fetched',
  async ([, ask]) => {
    stack.fal.journal.clear()
    const response = await ask()
    const answer: unknown = await response.json()
    const id = response.headers.get('x-job-id') ?? ''
    expect(answer).toMatchObject({ error: { code: 'job_timeout', job_id: id } })
    expect([response.status, response.headers.get('x-should-retry')]).toEqual([504, 'false'])
    expect(await completed(id)).toHaveProperty('result')
    expect(stack.asked()).toMatchObject({ submit: 1 })
  },
)
