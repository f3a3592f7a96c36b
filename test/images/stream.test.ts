import { BadRequestError } from 'openai'
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

const NO_USAGE = {
  total_tokens: 0,
  input_tokens: 0,
  output_tokens: 0,
  input_tokens_details: { text_tokens: 0, image_tokens: 0 },
}

function stream(prompt: string, more: Record<string, unknown> = {}): Promise<Response> {
  return stack.post('/images/generations', { model: 'flux-2', prompt, stream: true, ...more })
}

// Shows: openai-node/images-stream
test('the official client gets one completed event, its facts from the picture itself', async () => {
  const events = await stack.openai.images.generate({
    model: 'flux-dev',
    // It takes a moment, so that its price is known when it is done.
    prompt: 'a cat [[run:500ms]]',
    quality: 'high',
    stream: true,
  })
  const all = await Array.fromAsync(events)
  expect(all).toEqual([
    {
      type: 'image_generation.completed',
      b64_json: expect.any(String),
      created_at: expect.closeTo(Date.now() / 1000, -2),
      size: '1024x768',
      quality: 'high',
      background: 'auto',
      output_format: 'jpeg',
      usage: { ...NO_USAGE, cost: 0.025 },
    },
  ])
  const picture = sharp(Buffer.from(all[0]?.b64_json ?? '', 'base64'))
  expect(await picture.metadata()).toMatchObject({ format: 'jpeg', width: 1024, height: 768 })
})

test('there is one completed event for every picture, in order', async () => {
  const events = await stack.openai.images.generate({
    model: 'flux-dev',
    prompt: 'two cats',
    n: 2,
    stream: true,
  })
  const all = await Array.fromAsync(events)
  expect(all.map(({ type }) => type)).toEqual(Array(2).fill('image_generation.completed'))
  expect(new Set(all.map(({ b64_json }) => b64_json)).size).toBe(2)
  expect(stack.asked()).toEqual({ submit: 1, 'status-stream': 1, result: 1, cdn: 2 })
})

test('events have names, the job’s headers are there, and there is no [DONE]', async () => {
  const response = await stream('a cat')
  expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
  expect(response.headers.get('x-job-id')).toMatch(/^job_/)
  const text = await response.text()
  expect(text).toMatch(/^event: image_generation\.completed\ndata: \{.*\}\n\n$/)
})

test('a large picture arrives whole, its first letters long before its last', async () => {
  const response = await stream('a cat [[bytes:16MB]] [[cdn:slow]]')
  let text = ''
  let pieces = 0
  const decoder = new TextDecoder()
  for await (const piece of response.body ?? []) {
    pieces += 1
    text += decoder.decode(piece, { stream: true })
  }
  expect(pieces).toBeGreaterThan(20)
  const event = z
    .object({ b64_json: z.string() })
    .parse(JSON.parse(/^data: (.*)$/m.exec(text)?.[1] ?? ''))
  const made = stack.fal.journal.entries().find(({ kind }) => kind === 'cdn')
  const picture = await (await fetch(`${stack.fal.url}${made?.path}`)).arrayBuffer()
  expect(event.b64_json === Buffer.from(picture).toString('base64')).toBe(true)
})

const MB = 1024 * 1024

async function pause(): Promise<void> {
  await new Promise((resolve) => {
    setTimeout(resolve, 500)
  })
}

test.for([
  ['/images/generations', { prompt: 'a cat [[bytes:16MB]]', n: 4 }, 1],
  // A response’s pictures stand in its stream twice.
  ['/responses', { input: 'a cat [[bytes:16MB]] --n 4', tools: [{ type: 'image_generation' }] }, 2],
] as const)('on %s four pictures of 16 MB need little memory', async ([path, body, times]) => {
  const idle = memoryOf(stack.gateway.pid)
  const response = await stack.post(path, { model: 'flux-2', stream: true, ...body })
  let length = 0
  let peak = 0
  for await (const piece of response.body ?? []) {
    // A reader who is slow at first must not make the gateway hold what he has not read.
    if (length === 0) await pause()
    length += piece.byteLength
    peak = Math.max(peak, memoryOf(stack.gateway.pid))
  }
  expect(length / (times * 4 * 16 * MB * (4 / 3))).toBeCloseTo(1, 2)
  process.stdout.write(
    `4 x 16 MB on a stream of ${path}: ${Math.round(peak - idle)} MB over idle\n`,
  )
  expect(peak - idle).toBeLessThan(32)
})

test('what fails before the first byte is an HTTP error', async () => {
  const call = stack.openai.images.generate({ model: 'nobody', prompt: 'a cat', stream: true })
  await expect(call).rejects.toMatchObject({ status: 404, code: 'model_not_found' })
})

test.for([-1, 4, 1.5, '2'])('partial_images %j is refused', async (partial_images) => {
  const response = await stream('a cat', { partial_images })
  expect(response.status).toBe(400)
  expect(await response.json()).toMatchObject({ error: { param: 'partial_images' } })
  expect(stack.asked()).toEqual({})
})

test('null means the default in every field of the stream', async () => {
  const response = await stream('a cat', { partial_images: null, n: null, size: null })
  expect(await response.text()).toContain('event: image_generation.completed')
  const plain = await stream('a cat', { stream: null })
  expect(plain.headers.get('content-type')).toBe('application/json')
})

async function drain(events: AsyncIterable<unknown>): Promise<void> {
  for await (const event of events) expect(event).toBeDefined()
}

// Shows: openai-node/images-stream, openai-node/stream-errors
test('a prompt that is refused after the first byte makes the official client throw', async () => {
  const events = await stack.openai.images.generate({
    model: 'flux-dev',
    prompt: 'a cat [[fail:content_policy_violation]]',
    stream: true,
  })
  const failure: unknown = await drain(events).catch((error: unknown) => error)
  expect(failure).toMatchObject({ code: 'content_policy_violation', param: 'prompt' })
  expect(failure).not.toBeInstanceOf(BadRequestError)
})

test('a picture that cannot be had makes it throw too, and leaves nothing open', async () => {
  const events = await stack.openai.images.generate({
    model: 'flux-dev',
    prompt: 'a cat [[cdn:404]]',
    n: 2,
    stream: true,
  })
  await expect(drain(events)).rejects.toMatchObject({ code: 'upstream_failed' })
  expect(stack.fal.journal.openStreams()).toBe(0)
})

test('a picture that breaks off for good breaks the stream off', async () => {
  const response = await stream('a cat [[bytes:3MB]] [[cdn:break]]')
  await expect(response.text()).rejects.toThrow()
  const events = await stack.openai.images.generate({
    model: 'flux-2',
    prompt: 'a dog [[bytes:3MB]] [[cdn:break]]',
    stream: true,
  })
  await expect(drain(events)).rejects.toThrow()
})
