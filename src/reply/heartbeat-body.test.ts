import { afterEach, beforeEach, expect, test, vi } from 'vitest'

import { ProblemError } from '../job/problem.ts'
import { writeHeartbeatBody } from './heartbeat-body.ts'
import type { JsonAnswer } from './json-answer.ts'

// The clock alone is set by hand: two real minutes are in test/jobs/two-minutes.long.test.ts.
beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

type Answer = Pick<JsonAnswer<unknown>, 'body'>

const LATE = { empty: { data: [] }, jobId: 'job_1' } as const

/** What a reader has after so many seconds, at whose end the answer is there. */
async function readAfter(seconds: number, end: (answer: PromiseWithResolvers<Answer>) => void) {
  const answer = Promise.withResolvers<Answer>()
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>()
  const text = new Response(readable).text()
  const written = writeHeartbeatBody(writable, answer.promise, LATE)
  await vi.advanceTimersByTimeAsync(seconds * 1000)
  end(answer)
  await Promise.all([written.catch(() => undefined), text.catch(() => undefined)])
  return text
}

const body = '{"data":[]}'

async function* breakOff() {
  yield new TextEncoder().encode('{"data":[')
  await Promise.reject(new Error('fal broke off'))
}

test('an answer that is there stands alone', async () => {
  expect(await readAfter(0, ({ resolve }) => resolve({ body }))).toBe(body)
})

test('white space comes before it every ten seconds', async () => {
  expect(await readAfter(65, ({ resolve }) => resolve({ body }))).toBe(`${' '.repeat(6)}${body}`)
})

test('a failure stands beside the empty list, with the job’s id', async () => {
  const text = await readAfter(25, ({ reject }) => {
    reject(new ProblemError({ kind: 'content_rejected', message: 'no' }))
  })
  expect(text.slice(0, 3)).toBe('  {')
  expect(JSON.parse(text)).toEqual({
    error: expect.objectContaining({ job_id: 'job_1' }),
    data: [],
  })
})

test('an answer that breaks off makes the body break off', async () => {
  await expect(readAfter(15, ({ resolve }) => resolve({ body: breakOff() }))).rejects.toThrow()
})
