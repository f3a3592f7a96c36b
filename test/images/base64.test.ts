import { createHash } from 'node:crypto'

import sharp from 'sharp'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import * as z from 'zod'

import { memoryOf } from '../support/memory-of.ts'
import { startStack, type Stack } from '../support/start-stack.ts'

let stack: Stack

beforeAll(async () => {
  stack = await startStack()
})
afterAll(() => stack.close())
beforeEach(() => {
  stack.fal.journal.clear()
})

const answer = z.looseObject({
  data: z.array(z.object({ b64_json: z.string(), url: z.string().optional() })),
  size: z.string().optional(),
  output_format: z.string().optional(),
})

function generate(prompt: string, more: Record<string, unknown> = {}): Promise<Response> {
  return stack.post('/images/generations', {
    model: 'flux-2',
    prompt,
    response_format: 'b64_json',
    ...more,
  })
}

test('pictures of every size arrive byte for byte', async () => {
  for (const bytes of ['64KB', '191KB', '192KB', '193KB', '3MB']) {
    const response = await generate(`a cat [[bytes:${bytes}]]`)
    const { data } = answer.parse(await response.json())
    const got = Buffer.from(data[0]?.b64_json ?? '', 'base64')
    const path = stack.fal.journal.entries().find(({ kind }) => kind === 'cdn')?.path ?? ''
    const made = Buffer.from(await (await fetch(`${stack.fal.url}${path}`)).arrayBuffer())
    expect(digest(got)).toBe(digest(made))
    stack.fal.journal.clear()
  }
})

function digest(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex')
}

test('size and format come from the picture itself when fal does not tell', async () => {
  const response = await generate('a cat [[no-size]]', { size: '768x512', output_format: 'webp' })
  const body = answer.parse(await response.json())
  expect(body).toMatchObject({ size: '768x512', output_format: 'webp' })
  const picture = sharp(Buffer.from(body.data[0]?.b64_json ?? '', 'base64'))
  expect(await picture.metadata()).toMatchObject({ format: 'webp', width: 768, height: 512 })
})

test('four pictures of 16 MB: the first bytes come before the last picture is read, in little memory', async () => {
  const idle = memoryOf(stack.gateway.pid)
  const response = await generate('a cat [[bytes:16MB]]', { n: 4 })
  const reader = response.body?.getReader()
  const first = await reader?.read()
  expect(first?.value?.byteLength).toBeGreaterThan(0)
  const unread = stack.fal.journal.entries().filter(({ kind }) => kind === 'cdn')
  expect(unread).toHaveLength(4)
  let peak = memoryOf(stack.gateway.pid)
  let length = first?.value?.byteLength ?? 0
  for (let chunk = await reader?.read(); chunk?.done === false; chunk = await reader?.read()) {
    length += chunk.value.byteLength
    peak = Math.max(peak, memoryOf(stack.gateway.pid))
  }
  expect(length).toBeGreaterThan(4 * 16 * 1024 * 1024 * 1.33)
  expect(length).toBeLessThan(4 * 16 * 1024 * 1024 * 1.34)
  process.stdout.write(`4 x 16 MB as base64: ${Math.round(peak - idle)} MB over idle\n`)
  // Held whole they would be 89 MB of text beside 67 MB of bytes.
  expect(peak - idle).toBeLessThan(64)
}, 60_000)

test('a picture that breaks off makes the answer break off', async () => {
  const response = await generate('a cat [[bytes:3MB]] [[cdn:break]]')
  expect(response.status).toBe(200)
  await expect(response.text()).rejects.toThrow()
  const chunked = await generate('a cat [[bytes:3MB]] [[cdn:break]] [[cdn:chunked]]')
  await expect(chunked.text()).rejects.toThrow()
})

test('a picture that breaks off once is taken up where it stood', async () => {
  const response = await generate('a cat [[bytes:3MB]] [[cdn:break*1]]')
  const { data } = answer.parse(await response.json())
  expect(Buffer.from(data[0]?.b64_json ?? '', 'base64')).toHaveLength(3 * 1024 * 1024)
  const reads = stack.fal.journal.entries().filter(({ kind }) => kind === 'cdn')
  expect(reads.map(({ headers }) => headers.range)).toEqual([
    undefined,
    expect.stringMatching(/^bytes=\d+-$/),
  ])
  expect(stack.fal.journal.count('submit')).toBe(1)
})

test('a picture that cannot be had is an HTTP error with the job’s id', async () => {
  const response = await generate('a cat [[cdn:404]]', { n: 2 })
  expect(response.status).toBe(502)
  expect(response.headers.get('x-should-retry')).toBe('false')
  expect(response.headers.get('x-job-id')).toMatch(/^job_/)
})

test('sync_mode is not passed on: the picture arrives by its URL, in pieces', async () => {
  const response = await generate('a cat', { sync_mode: true })
  expect(response.headers.get('x-adjusted')).toBe('sync_mode->url')
  const body = answer.parse(await response.json())
  const picture = sharp(Buffer.from(body.data[0]?.b64_json ?? '', 'base64'))
  expect(await picture.metadata()).toMatchObject({ format: 'png', width: 1024, height: 768 })
  expect(stack.asked()).toEqual({ submit: 1, 'status-stream': 1, result: 1, cdn: 1 })
})

test('pictures inside a network are not fetched, whatever fal says', async () => {
  for (const host of [
    'http://192.168.0.1',
    'https://10.0.0.1',
    'https://printer',
    'https://a.local',
  ]) {
    const response = await generate(`a cat [[media-urls:${host}]]`)
    expect(response.status).toBe(502)
    expect(await response.json()).toMatchObject({ error: { code: 'upstream_failed' } })
  }
})

test('a seed that JavaScript’s numbers cannot hold arrives whole', async () => {
  const response = await stack.post('/images/generations', {
    model: 'flux-dev',
    prompt: 'a cat [[big-seed]]',
  })
  expect(await response.json()).toMatchObject({ seed: '196619188014358661' })
})
