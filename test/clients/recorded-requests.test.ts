import { createHash } from 'node:crypto'

import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import * as z from 'zod'

import { aMask, aPicture } from '../support/pictures.ts'
import { startStack, type Stack } from '../support/start-stack.ts'

// Requests of clients that are not installed here, as they were seen on the wire: openai-python 3.22.1, and
// openai-node 7.57.0 for its odd nested part. Names, order, file names and types are theirs, down to the bytes.

let stack: Stack
let first: Buffer
let second: Buffer
let mask: Buffer

beforeAll(async () => {
  stack = await startStack()
  first = await aPicture(64, 48)
  second = await aPicture(48, 64)
  mask = await aMask(64, 48)
})
afterAll(() => stack.close())
beforeEach(() => {
  stack.fal.journal.clear()
})

const pythonHeaders = {
  accept: 'application/json',
  'user-agent': 'OpenAI/Python 3.22.1',
  'x-stainless-lang': 'python',
  'x-stainless-package-version': '3.22.1',
  'x-stainless-async': 'false',
  'x-stainless-retry-count': '0',
  'x-stainless-read-timeout': '600',
}

type Part = readonly [disposition: string, type: string | undefined, body: string | Buffer]

function multipart(boundary: string, parts: readonly Part[]): Buffer {
  const pieces = parts.flatMap(([disposition, type, body]) => [
    `--${boundary}\r\nContent-Disposition: form-data; ${disposition}\r\n`,
    type === undefined ? '\r\n' : `Content-Type: ${type}\r\n\r\n`,
    body,
    '\r\n',
  ])
  return Buffer.concat([...pieces, `--${boundary}--\r\n`].map((piece) => Buffer.from(piece)))
}

async function send(path: string, parts: readonly Part[]): Promise<number> {
  const boundary = '2f9ad1e5b2d04f0fa9d1c52f5f8f86ad'
  const response = await stack.request(path, {
    method: 'POST',
    headers: { ...pythonHeaders, 'content-type': `multipart/form-data; boundary=${boundary}` },
    body: new Uint8Array(multipart(boundary, parts)),
  })
  const { data } = z.object({ data: z.array(z.unknown()) }).parse(await response.json())
  expect(response.status).toBe(200)
  return data.length
}

const jobInput = z.object({ image_urls: z.array(z.string()) })

/** The endpoint of the only job, and the hashes of the pictures in it. */
function onlyJob() {
  const [job, ...others] = stack.fal.journal.jobs()
  expect(others).toEqual([])
  return { endpoint: job?.endpoint, pictures: jobInput.parse(job?.input).image_urls.map(ofUri) }
}

function digest(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex')
}

function ofUri(uri: string): string {
  return digest(Buffer.from(uri.slice(uri.indexOf(',') + 1), 'base64'))
}

// Shows: openai-python/edits
test('openai-python edits one picture, whose part comes last', async () => {
  const pictures = await send('/images/edits', [
    ['name="prompt"', undefined, 'make it blue'],
    ['name="model"', undefined, 'nano-banana-2'],
    ['name="n"', undefined, '2'],
    ['name="image"; filename="a.png"', 'image/png', first],
  ])
  expect(pictures).toBe(2)
  expect(onlyJob()).toEqual({ endpoint: 'fal-ai/nano-banana-2/edit', pictures: [digest(first)] })
})

// Shows: openai-python/edits-many
test('openai-python edits several pictures inside a mask', async () => {
  await send('/images/edits', [
    ['name="prompt"', undefined, 'a hat'],
    ['name="model"', undefined, 'gpt-image-2'],
    ['name="image[]"; filename="a.png"', 'image/png', first],
    ['name="image[]"; filename="z.png"', 'image/png', second],
    ['name="mask"; filename="m.png"', 'image/png', mask],
  ])
  const { endpoint, pictures } = onlyJob()
  expect(endpoint).toMatch(/gpt-image-2\/edit$/)
  expect(pictures).toEqual([digest(first), digest(second)])
})

// Shows: openai-python/bytes
test('openai-python edits bare bytes, which have neither a file name nor a type', async () => {
  await send('/images/edits', [
    ['name="prompt"', undefined, 'make it blue'],
    ['name="model"', undefined, 'nano-banana-2'],
    ['name="image"; filename="upload"', 'application/octet-stream', first],
  ])
  expect(onlyJob().pictures).toEqual([digest(first)])
})

// Shows: openai-node/edits
test('openai-node’s nested part does no harm', async () => {
  await send('/images/edits', [
    ['name="model"', undefined, 'nano-banana-2'],
    ['name="prompt"', undefined, 'make it blue'],
    ['name="svg[model]"', undefined, 'x'],
    ['name="image[]"; filename="a.png"', 'image/png', first],
    ['name="image[]"; filename="b.webp"', 'application/octet-stream', second],
    ['name="stream"', undefined, 'false'],
  ])
  expect(onlyJob().pictures).toEqual([digest(first), digest(second)])
})

// Shows: openai-python/variations
test('openai-python varies a picture with nothing but that picture', async () => {
  const pictures = await send('/images/variations', [
    ['name="image"; filename="a.png"', 'image/png', first],
  ])
  expect(pictures).toBe(1)
  expect(stack.fal.journal.jobs()).toHaveLength(1)
})

// Shows: openai-python/images
test('openai-python generates with size auto and no response_format', async () => {
  const response = await stack.post(
    '/images/generations',
    { prompt: 'a cat', model: 'flux-dev', n: 1, size: 'auto' },
    { headers: pythonHeaders },
  )
  expect(await response.json()).toMatchObject({ data: [{ url: expect.stringMatching(/^http/) }] })
})

// Shows: openai-python/models
test.each(['fal-ai%2Fflux%2Fdev', 'fal-ai/flux/dev'])(
  'a model’s id may stand as %s',
  async (id) => {
    const response = await stack.request(`/models/${id}`, { headers: pythonHeaders })
    expect(await response.json()).toMatchObject({ id: expect.any(String), object: 'model' })
  },
)
