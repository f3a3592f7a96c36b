import { connect } from 'node:net'

import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'

import { ACCESS_KEY } from '../support/start-gateway.ts'
import { FREED_SECONDS, startStack, until, type Stack } from '../support/start-stack.ts'

let stack: Stack

beforeAll(async () => {
  stack = await startStack()
})
afterAll(() => stack.close())
beforeEach(() => {
  stack.fal.journal.clear()
})

const CHAT = '/v1/chat/completions'
const IMAGES = '/v1/images/generations'
const IMAGES_STREAM = '/v1/images/generations?streamed'
const RESPONSES = '/v1/responses'
const RESPONSES_STREAM = '/v1/responses?streamed'
const ALL = [IMAGES, IMAGES_STREAM, CHAT, RESPONSES, RESPONSES_STREAM]

function bodyOf(path: string, prompt: string): Record<string, unknown> {
  const stream = path === CHAT || path.endsWith('?streamed')
  if (path === CHAT) return { ...FLUX, stream, messages: [{ role: 'user', content: prompt }] }
  return path.startsWith(RESPONSES)
    ? { ...FLUX, stream, input: prompt }
    : { ...FLUX, stream, prompt }
}

const FLUX = { model: 'flux-dev' }

/** Sends a request by hand, and breaks the connection off with a reset once `when` holds. */
async function hangUp(
  path: string,
  prompt: string,
  when: () => boolean,
  more: Record<string, unknown> = {},
): Promise<void> {
  const { port } = new URL(stack.gateway.url)
  const socket = connect(Number(port), '127.0.0.1')
  socket.on('error', () => undefined)
  const body = JSON.stringify({ ...bodyOf(path, prompt), ...more })
  socket.write(
    `POST ${path} HTTP/1.1\r\nhost: gateway\r\nauthorization: Bearer ${ACCESS_KEY}\r\n` +
      `content-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  )
  socket.resume()
  await until(when)
  socket.resetAndDestroy()
}

function streaming(): boolean {
  return stack.fal.journal.openStreams() === 1
}

test.for(ALL)('hanging up on %s while in the queue cancels once', async (path) => {
  await hangUp(path, 'a cat [[queue:5s]] [[run:1s]]', streaming)
  await until(() => stack.fal.journal.count('cancel') > 0)
  await until(() => stack.fal.journal.openStreams() === 0)
  expect(stack.asked()).toEqual({ submit: 1, 'status-stream': 1, status: 1, cancel: 1 })
  expect(stack.fal.journal.jobs()[0]).toMatchObject({
    state: 'COMPLETED',
    errorType: 'client_cancelled',
  })
})

test.for(ALL)(
  'hanging up on %s while the picture is being made cancels nothing: it is paid for',
  async (path) => {
    await hangUp(path, `a cat for ${path} [[run:1s]]`, () => {
      const [job] = stack.fal.journal.jobs()
      return streaming() && job?.state === 'IN_PROGRESS'
    })
    await until(() => stack.fal.journal.openStreams() === 0)
    await until(() => stack.fal.journal.jobs()[0]?.state === 'COMPLETED')
    expect(stack.fal.journal.count('cancel')).toBe(0)
    expect(stack.fal.journal.jobs()[0]).toMatchObject({ outcome: 200 })
  },
)

test.for([IMAGES, RESPONSES])(
  'a request to %s that is sent again when its connection broke gets the picture that is being made',
  async (path) => {
    const prompt = `a cat twice for ${path} [[run:2s]]`
    await hangUp(path, prompt, () => jobsAre('IN_PROGRESS') && streaming())
    await until(() => stack.fal.journal.openStreams() === 0)
    const again = await stack.post(path.replace('/v1', ''), bodyOf(path, prompt))
    expect(again.status).toBe(200)
    await again.text()
    expect(stack.fal.journal.count('submit')).toBe(1)
    // It has been delivered: the same words once more are another picture.
    await (await stack.post(path.replace('/v1', ''), bodyOf(path, prompt))).text()
    expect(stack.fal.journal.count('submit')).toBe(2)
  },
)

test('hanging up before fal has taken the job submits it no more, wherever', async () => {
  // fal's limit holds each submit back for a second; the callers do not wait so long.
  const submits = () => stack.fal.journal.count('submit')
  await Promise.all(
    ALL.map((path) =>
      hangUp(path, `a cat ${path} [[submit:429*1]]`, () => submits() === ALL.length),
    ),
  )
  await new Promise((resolve) => {
    setTimeout(resolve, 1500)
  })
  expect(stack.asked()).toEqual({ submit: ALL.length })
})

// Shows: openai-node/leaving
test('breaking out of the official client’s stream cancels too', async () => {
  const stream = await stack.openai.chat.completions.create({
    model: 'flux-dev',
    messages: [{ role: 'user', content: 'a cat [[queue:5s]]' }],
    stream: true,
  })
  for await (const chunk of stream) {
    if (chunk.choices[0]?.delta.content?.startsWith('Making') === true) break
  }
  await until(() => stack.fal.journal.count('cancel') === 1)
  await until(() => stack.fal.journal.openStreams() === 0)
  expect(stack.asked()).toEqual({ submit: 1, 'status-stream': 1, status: 1, cancel: 1 })
})

test.for([CHAT, IMAGES_STREAM, RESPONSES_STREAM])(
  'a client of %s that closes politely is noticed within 3 s',
  async (path) => {
    const leaving = new AbortController()
    const body = bodyOf(path, 'a cat [[queue:9s]]')
    const { signal } = leaving
    const response = await stack.post(path.replace('/v1', ''), body, { signal })
    await until(streaming)
    leaving.abort()
    await until(() => stack.fal.journal.count('cancel') === 1, FREED_SECONDS)
    await until(() => stack.fal.journal.openStreams() === 0, FREED_SECONDS)
    expect(response.headers.get('x-job-id')).toMatch(/^job_/)
    expect(stack.asked()).toEqual({ submit: 1, 'status-stream': 1, status: 1, cancel: 1 })
  },
)

test('every waiting part of a job for many pictures is cancelled once', async () => {
  await hangUp(CHAT, 'a cat [[queue:5s]] --n 8', () => stack.fal.journal.openStreams() === 6, {
    model: 'flux-2-pro',
  })
  await until(() => stack.fal.journal.count('cancel') === 8)
  await until(() => stack.fal.journal.openStreams() === 0)
  const jobs = stack.fal.journal.jobs()
  expect(jobs.map(({ cancels }) => cancels)).toEqual([1, 1, 1, 1, 1, 1, 1, 1])
})

test('parts that have begun are not cancelled, followed or not', async () => {
  await hangUp(
    CHAT,
    'a cat [[run:2s]] --n 8',
    () => stack.fal.journal.openStreams() === 6 && jobsAre('IN_PROGRESS'),
    { model: 'flux-2-pro' },
  )
  await until(() => stack.fal.journal.openStreams() === 0)
  await until(() => jobsAre('COMPLETED'))
  expect(stack.fal.journal.count('cancel')).toBe(0)
  expect(stack.fal.journal.jobs().map(({ outcome }) => outcome)).toEqual(Array(8).fill(200))
})

function jobsAre(state: string): boolean {
  return stack.fal.journal.jobs().every((job) => job.state === state)
}
