import { createServer, type ServerResponse } from 'node:http'

import OpenAI from 'openai'
import type { ImageGenStreamEvent } from 'openai/resources/images'
import sharp from 'sharp'
import { afterEach, expect, test } from 'vitest'

import { ACCESS_KEY, startGateway, type Gateway } from '../support/start-gateway.ts'

/** A fal whose models stream as they please: what the pretend fal is too regular to do. */
interface OddFal {
  readonly openai: OpenAI
  readonly calls: () => number
  close(): Promise<void>
}

/** @param base where this server's pictures are, by their colour: `${base}/0a0a0a` */
type Stream = (response: ServerResponse, base: string) => Promise<void> | void

let odd: OddFal | undefined

afterEach(async () => {
  await odd?.close()
  odd = undefined
})

async function startOddFal(stream: Stream): Promise<OddFal> {
  let calls = 0
  const server = createServer((request, response) => {
    const base = `http://${request.headers.host}/pictures`
    const [, colour] = /^\/pictures\/(\w{6})$/.exec(request.url ?? '') ?? []
    if (request.method === 'POST') {
      calls += 1
      void stream(response, base)
    } else if (colour === undefined) response.writeHead(404).end()
    else void paint(colour).then((picture) => response.end(picture))
  }).listen(0, '127.0.0.1')
  await new Promise((resolve) => {
    server.once('listening', resolve)
  })
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : 0
  const gateway: Gateway = await startGateway(`http://127.0.0.1:${port}`)
  return {
    openai: new OpenAI({ baseURL: `${gateway.url}/v1`, apiKey: ACCESS_KEY }),
    calls: () => calls,
    async close() {
      await gateway.close()
      server.closeAllConnections()
      server.close()
    },
  }
}

const RED = 'ff0000'
const GREEN = '00ff00'
const BLUE = '0000ff'

function paint(colour: string): Promise<Buffer> {
  const create = { width: 8, height: 8, channels: 3, background: `#${colour}` } as const
  return sharp({ create }).png().toBuffer()
}

async function inline(colour: string): Promise<unknown> {
  const url = `data:image/png;base64,${(await paint(colour)).toString('base64')}`
  return { images: [{ url, content_type: 'image/png' }] }
}

function begin(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'x-fal-request-id': 'r-1' })
}

async function send(response: ServerResponse, ...frames: unknown[]): Promise<void> {
  if (!response.headersSent) begin(response)
  for (const frame of frames) response.write(`data: ${JSON.stringify(await frame)}\n\n`)
}

async function generate(partial_images = 3): Promise<AsyncIterable<ImageGenStreamEvent>> {
  const body = { model: 'flux-dev', prompt: 'a cat', partial_images, stream: true } as const
  if (odd === undefined) throw new Error('no fal')
  return odd.openai.images.generate(body)
}

/** The kinds of the events, and the colours of their pictures: `partial_image ff0000`. */
async function tell(events: Iterable<ImageGenStreamEvent>): Promise<string[]> {
  return Promise.all(
    [...events].map(async ({ type, b64_json }) => {
      const pixels = await sharp(Buffer.from(b64_json, 'base64')).raw().toBuffer()
      const colour = pixels.subarray(0, 3).toString('hex')
      return `${type.replace('image_generation.', '')} ${colour}`
    }),
  )
}

const ALL = [`partial_image ${RED}`, `partial_image ${GREEN}`, `completed ${BLUE}`]

test.for<[string, Stream]>([
  [
    'as data, the result too',
    async (response) => {
      await send(response, inline(RED), inline(GREEN), inline(BLUE))
      response.end()
    },
  ],
  [
    'by address',
    async (response, base) => {
      const frames = [RED, GREEN, BLUE].map((colour) => ({
        images: [{ url: `${base}/${colour}` }],
      }))
      await send(response, ...frames)
      response.end()
    },
  ],
  [
    'as one `image`, with progress in between, and pictures that are nowhere',
    async (response, base) => {
      const [gone, last] = ['gone', BLUE].map((name) => ({ image: { url: `${base}/${name}` } }))
      await send(response, { progress: 0.1 }, inline(RED), { progress: 0.5 }, gone)
      await send(response, inline(GREEN), last)
      response.end()
    },
  ],
  [
    'in pieces of a few letters, with CRLF, comments and a last word that is no JSON',
    async (response) => {
      begin(response)
      for (const colour of [RED, GREEN, BLUE]) {
        const text = `: ping\r\n\r\ndata: ${JSON.stringify(await inline(colour))}\r\n\r\n`
        for (let at = 0; at < text.length; at += 7) response.write(text.slice(at, at + 7))
      }
      response.end('data: [DONE]\n\n')
    },
  ],
  [
    'and the connection breaks after the result, and a last word',
    async (response, base) => {
      await send(response, inline(RED), inline(GREEN), { images: [{ url: `${base}/${BLUE}` }] })
      await send(response, { progress: 1 })
      setTimeout(() => response.destroy(), 100)
    },
  ],
])('pictures come %s', async ([, stream]) => {
  odd = await startOddFal(stream)
  const events = await Array.fromAsync(await generate())
  expect(await tell(events)).toEqual(ALL)
  expect(odd.calls()).toBe(1)
})

test('a picture is shown while the model works on, not only when the next one comes', async () => {
  const { promise, resolve: goOn } = Promise.withResolvers<void>()
  odd = await startOddFal(async (response) => {
    await send(response, inline(RED))
    await promise
    await send(response, inline(BLUE))
    response.end()
  })
  const seen: ImageGenStreamEvent[] = []
  for await (const event of await generate()) {
    seen.push(event)
    goOn()
  }
  expect(await tell(seen)).toEqual([`partial_image ${RED}`, `completed ${BLUE}`])
})

test('a result without a stream is delivered all the same', async () => {
  odd = await startOddFal((response, base) => {
    response.writeHead(200, { 'content-type': 'application/json' })
    response.end(JSON.stringify({ images: [{ url: `${base}/${BLUE}` }] }, undefined, 2))
  })
  expect(await tell(await Array.fromAsync(await generate()))).toEqual([`completed ${BLUE}`])
})

const LOST = /may have been charged, and cannot be fetched again/

test.for<[string, Stream, object]>([
  [
    'breaks off',
    async (response) => {
      await send(response, inline(RED), inline(GREEN))
      setTimeout(() => response.destroy(), 100)
    },
    { code: 'upstream_failed', message: expect.stringMatching(LOST) },
  ],
  [
    'says nothing',
    (response) => {
      begin(response)
      response.end()
    },
    { code: 'upstream_failed', message: expect.stringMatching(LOST) },
  ],
  [
    'ends without a result',
    async (response) => {
      await send(response, inline(RED), { progress: 0.9 })
      response.end()
    },
    { code: 'upstream_failed', message: expect.stringMatching(LOST) },
  ],
  [
    'refuses on the way',
    async (response) => {
      const type = 'content_policy_violation'
      await send(response, inline(RED), { detail: [{ loc: ['body', 'prompt'], msg: 'no', type }] })
      response.end()
    },
    { code: 'content_policy_violation' },
  ],
  [
    'fails on the way',
    async (response) => {
      await send(response, inline(RED), { error: { message: 'out of memory: a secret path' } })
      response.end()
    },
    { code: 'upstream_failed', message: expect.not.stringContaining('secret') },
  ],
])('a stream that %s makes the client throw, and is not repeated', async ([, stream, due]) => {
  odd = await startOddFal(stream)
  const events: ImageGenStreamEvent[] = []
  const read = async (): Promise<void> => {
    for await (const event of await generate()) events.push(event)
  }
  await expect(read()).rejects.toMatchObject(due)
  expect(events.every(({ type }) => type === 'image_generation.partial_image')).toBe(true)
  expect(odd.calls()).toBe(1)
})

test('a model that is long in beginning does not leave the caller without a byte', async () => {
  const { promise, resolve: goOn } = Promise.withResolvers<void>()
  odd = await startOddFal(async (response) => {
    await promise
    await send(response, inline(RED), inline(BLUE))
    response.end()
  })
  // The stream is there before the model has said anything.
  const events = await generate()
  goOn()
  const all = await Array.fromAsync(events)
  expect(await tell(all)).toEqual([`partial_image ${RED}`, `completed ${BLUE}`])
})
