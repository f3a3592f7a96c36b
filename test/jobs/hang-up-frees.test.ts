import { connect, type Socket } from 'node:net'

import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'

import { ACCESS_KEY } from '../support/start-gateway.ts'
import { FREED_SECONDS, startStack, until, type Stack } from '../support/start-stack.ts'

// What a client that leaves has opened at fal is closed within three seconds, whatever it was: counted at the
// pretend fal, whose count holds every request, followed jobs, `fal.run` and pictures alike.

let stack: Stack

beforeAll(async () => {
  stack = await startStack()
})
afterAll(() => stack.close())
beforeEach(() => {
  stack.fal.journal.clear()
})

const FLUX = { model: 'flux-dev' }
const EDIT = { model: 'nano-banana-2', image: 'https://example.com/cat.png' }

type Opened = readonly [name: string, path: string, body: Record<string, unknown>]

/** Every way to wait for a picture as a stream. */
const streams = (prompt: string): readonly Opened[] => [
  ['chat', '/chat/completions', { ...FLUX, messages: [{ role: 'user', content: prompt }] }],
  ['images', '/images/generations', { ...FLUX, prompt }],
  ['edits', '/images/edits', { ...EDIT, prompt }],
  ['responses', '/responses', { ...FLUX, input: prompt }],
]

/** What goes on without its reader, or past fal's queue. */
const further = (prompt: string): readonly Opened[] => [
  ['a response in the background', '/responses', { ...FLUX, input: prompt, background: true }],
  ['unfinished pictures', '/images/generations', { ...FLUX, prompt, partial_images: 2 }],
]

/** A request under way, made by hand; what comes back is thrown away. */
interface Client {
  readonly socket: Socket
  /** Whether the answer has begun: only then can the runtime see that nobody reads it. */
  readonly begun: () => boolean
}

function open([, path, body]: Opened, stream: boolean): Client {
  const socket = connect(Number(new URL(stack.gateway.url).port), '127.0.0.1')
  const text = JSON.stringify({ ...body, stream })
  socket.on('error', () => undefined)
  socket.write(
    `POST /v1${path} HTTP/1.1\r\nhost: gateway\r\nauthorization: Bearer ${ACCESS_KEY}\r\n` +
      `content-type: application/json\r\ncontent-length: ${Buffer.byteLength(text)}\r\n\r\n${text}`,
  )
  socket.resume()
  return { socket, begun: () => socket.bytesRead > 0 }
}

/** How a client goes. One that only says that it will send no more is still there: it reads. */
const WAYS: Readonly<Record<string, (socket: Socket) => void>> = {
  'closes the connection': (socket) => socket.destroy(),
  'resets the connection': (socket) => socket.resetAndDestroy(),
}

const openRequests = (): number => stack.fal.journal.openRequests()
const count = (kind: 'cancel' | 'cdn'): number => stack.fal.journal.count(kind)
const jobs = () => stack.fal.journal.jobs()

/** Until fal has all jobs in this state, and each is followed on one connection. */
async function untilFollowed(number: number, state: string): Promise<void> {
  await until(() => openRequests() === number && jobs().every((job) => job.state === state))
}

// Shows: openai-node/leaving
test.for(Object.keys(WAYS))(
  'who %s frees the streams of jobs that wait, and the jobs',
  async (way) => {
    const uses = streams('a cat [[queue:20s]]')
    const clients = uses.map((use) => open(use, true))
    await untilFollowed(uses.length, 'IN_QUEUE')
    await until(() => clients.every(({ begun }) => begun()))
    for (const { socket } of clients) WAYS[way]?.(socket)
    await until(() => count('cancel') === uses.length && openRequests() === 0, FREED_SECONDS)
    expect(jobs().map(({ errorType }) => errorType)).toEqual(uses.map(() => 'client_cancelled'))
    expect(stack.fal.journal.openStreams()).toBe(0)
  },
)

test.for(Object.keys(WAYS))('who %s frees the streams of jobs that have begun', async (way) => {
  const prompt = 'a cat [[run:20s]]'
  const uses = [...streams(prompt), ...further(prompt)]
  const clients = uses.map((use) => open(use, true))
  await untilFollowed(uses.length, 'IN_PROGRESS')
  await until(() => clients.every(({ begun }) => begun()))
  for (const { socket } of clients) WAYS[way]?.(socket)
  await until(() => openRequests() === 0, FREED_SECONDS)
  expect(stack.fal.journal.openStreams()).toBe(0)
  expect(count('cancel')).toBe(0)
})

test.for([
  ['IN_QUEUE', 'a cat [[queue:20s]]'],
  ['IN_PROGRESS', 'a cat [[run:20s]]'],
] as const)(
  'who resets the connection of a plain request frees a job that is %s',
  async ([state, prompt]) => {
    const uses = streams(prompt)
    const clients = uses.map((use) => open(use, false))
    await untilFollowed(uses.length, state)
    for (const { socket } of clients) socket.resetAndDestroy()
    const cancels = state === 'IN_QUEUE' ? uses.length : 0
    await until(() => count('cancel') === cancels && openRequests() === 0, FREED_SECONDS)
  },
)

test('who leaves while pictures are handed on frees the pictures too', async () => {
  const prompt = 'a cat [[bytes:16MB]] [[cdn:slow]]'
  const asBase64: Opened = [
    'images',
    '/images/generations',
    { ...FLUX, prompt, response_format: 'b64_json' },
  ]
  const tools = [{ type: 'image_generation' }]
  const inStream: Opened = ['responses', '/responses', { ...FLUX, input: prompt, tools }]
  const clients = [open(asBase64, false), open(asBase64, true), open(inStream, true)]
  await until(() => count('cdn') === clients.length)
  for (const { socket } of clients) socket.resetAndDestroy()
  await until(() => openRequests() === 0, FREED_SECONDS)
  const pictures = stack.fal.journal.entries().filter(({ kind }) => kind === 'cdn')
  expect(pictures.map(({ closedEarly }) => closedEarly)).toEqual([true, true, true])
})
