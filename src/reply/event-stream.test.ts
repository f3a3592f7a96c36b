import { expect, test } from 'vitest'

import { ProblemError } from '../job/problem.ts'
import type { ServerEvents } from '../openai/surface.ts'
import { eventStream } from './event-stream.ts'

async function* some(count: number, failure?: Error): ServerEvents {
  for (let index = 0; index < count; index += 1) yield [{ data: { index } }]
  if (failure !== undefined) throw failure
  yield [{ event: 'done', data: '[DONE]' }]
}

function hangUp(): void {
  // Nothing runs that would have to be ended.
}

/** What is written, and how often the end was told. */
async function read(events: ServerEvents, jobId?: string): Promise<[string, number]> {
  let ends = 0
  const end = (): void => {
    ends += 1
  }
  const body = eventStream(events, { hangUp, end, ...(jobId !== undefined && { jobId }) })
  return [await new Response(body).text(), ends]
}

test('events are written one by one, and the end is told once', async () => {
  expect(await read(some(2))).toEqual([
    'data: {"index":0}\n\ndata: {"index":1}\n\nevent: done\ndata: [DONE]\n\n',
    1,
  ])
})

test('a failure is an error event in OpenAI’s words, and nothing of ours leaks', async () => {
  const problem = new ProblemError({ kind: 'content_rejected', message: 'No.' })
  const [text] = await read(some(1, problem))
  expect(text).toContain('event: error\ndata: {"type":"error","error":{"message":"No."')
  const [internal] = await read(some(0, new Error('secret of the machine')))
  expect(internal).toContain('"type":"server_error"')
  expect(internal).not.toContain('secret')
})

async function* lines(text: string): ServerEvents {
  yield [{ data: { text } }]
}

test('a failure says where the job can be found', async () => {
  const [text] = await read(some(0, new ProblemError({ kind: 'cancelled' })), 'job_x')
  expect(text).toContain('"job_id":"job_x"')
})

test('text cannot break out of its line', async () => {
  const [text] = await read(lines('a\n\nevent: error\r\ndata: x'))
  expect(text).toBe('data: {"text":"a\\n\\nevent: error\\r\\ndata: x"}\n\n')
})

test('a reader who leaves aborts the work, wherever it stands', async () => {
  const told: string[] = []
  const body = eventStream(some(5), {
    hangUp: () => told.push('hang up'),
    end: () => told.push('end'),
  })
  const reader = body.getReader()
  await reader.read()
  await reader.cancel()
  expect(told).toEqual(['hang up', 'end'])
})

async function* broken(text: string): AsyncGenerator<Uint8Array, void, void> {
  yield new TextEncoder().encode(text.slice(0, 9))
  throw new ProblemError({ kind: 'internal' })
}

test('an event is written in pieces, and one that breaks off breaks the body off', async () => {
  const told: string[] = []
  const body = eventStream(some(2), {
    hangUp: () => told.push('hang up'),
    end: () => told.push('end'),
    write: broken,
  })
  const reader = body.getReader()
  expect(new TextDecoder().decode((await reader.read()).value)).toBe('data: {"i')
  await expect(reader.read()).rejects.toThrow('internal')
  expect(told).toEqual(['hang up', 'end'])
})

test('a surface may say a failure in its own events', async () => {
  const body = eventStream(some(0, new ProblemError({ kind: 'cancelled' })), {
    hangUp,
    end: hangUp,
    toFailure: ({ code }) => [{ event: 'failed', data: { code } }, { data: { last: true } }],
  })
  expect(await new Response(body).text()).toBe(
    'event: failed\ndata: {"code":"job_cancelled"}\n\ndata: {"last":true}\n\n',
  )
})

async function* together(): ServerEvents {
  yield [{ data: { index: 0 } }, { data: { index: 1 } }]
  yield []
  yield [{ data: '[DONE]' }]
}

test('events that are known together go out in one piece, and none makes no piece', async () => {
  const reader = eventStream(together(), { hangUp, end: hangUp }).getReader()
  const pieces: string[] = []
  for (let step = await reader.read(); !step.done; step = await reader.read()) {
    pieces.push(new TextDecoder().decode(step.value))
  }
  expect(pieces).toEqual(['data: {"index":0}\n\ndata: {"index":1}\n\n', 'data: [DONE]\n\n'])
})

test('what breaks the events off is told to whoever keeps the record', async () => {
  const told: unknown[] = []
  const failure = new ProblemError({ kind: 'cancelled' })
  const failed = (error: unknown): void => void told.push(error)
  await new Response(eventStream(some(1, failure), { hangUp, end: hangUp, failed })).text()
  const write = broken
  const body = eventStream(some(1), { hangUp, end: hangUp, failed, write })
  await expect(new Response(body).text()).rejects.toThrow('internal')
  expect(told).toEqual([failure, new ProblemError({ kind: 'internal' })])
})
