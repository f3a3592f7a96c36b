import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'

import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import * as z from 'zod'

import { aPictureOf } from '../support/pictures.ts'
import { startStack, type Stack } from '../support/start-stack.ts'

let stack: Stack

beforeAll(async () => {
  stack = await startStack()
})
afterAll(() => stack.close())
beforeEach(() => {
  stack.fal.journal.clear()
})

const MEGABYTE = 1_000_000

function digest(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

async function edit(files: readonly Buffer[]): Promise<Response> {
  const form = new FormData()
  form.append('prompt', 'put them together')
  form.append('model', 'nano-banana-2')
  form.append('response_format', 'url')
  for (const bytes of files) form.append('image[]', new Blob([new Uint8Array(bytes)]), 'a.png')
  return stack.request('/images/edits', { method: 'POST', body: form })
}

/** The addresses that fal was given for the pictures. */
function sent(): readonly string[] {
  return z.object({ image_urls: z.array(z.string()) }).parse(input()).image_urls
}

function input(): unknown {
  return stack.fal.journal.jobs()[0]?.input
}

/** What the journal keeps of a long text. */
function kept(bytes: Buffer): { bytes: number; sha256: string } {
  const text = Buffer.from(`data:image/png;base64,${bytes.toString('base64')}`)
  return { bytes: text.length, sha256: digest(text) }
}

async function bytesAt(url: string): Promise<Buffer> {
  return Buffer.from(await (await fetch(url)).arrayBuffer())
}

function memory(): number {
  const status = readFileSync(`/proc/${stack.gateway.pid}/status`, 'utf8')
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024
}

test('pictures of 4 MB together go into the request, larger ones into fal’s storage', async () => {
  const small = [await aPictureOf(2 * MEGABYTE), await aPictureOf(2 * MEGABYTE)]
  await edit(small)
  expect(input()).toMatchObject({ image_urls: small.map(kept) })
  stack.fal.journal.clear()
  const large = [await aPictureOf(3 * MEGABYTE), await aPictureOf(2 * MEGABYTE)]
  await edit(large)
  const stored = await Promise.all(sent().map(bytesAt))
  expect(stored.map(digest)).toEqual(large.map(digest))
})

test('four pictures of 10 MB arrive whole, in little memory', { timeout: 60_000 }, async () => {
  const pictures = await Promise.all([10, 10, 10, 10].map((size) => aPictureOf(size * MEGABYTE)))
  await edit([await aPictureOf(MEGABYTE)])
  stack.fal.journal.clear()
  const idle = memory()
  let peak = idle
  const timer = setInterval(() => {
    peak = Math.max(peak, memory())
  }, 5)
  const response = await edit(pictures)
  clearInterval(timer)
  expect(response.status).toBe(200)
  const stored = await Promise.all(sent().map(bytesAt))
  expect(stored.map(digest)).toEqual(pictures.map(digest))
  process.stdout.write(`4 x 10 MB uploaded: ${Math.round(peak - idle)} MB over idle\n`)
  expect(peak - idle).toBeLessThan(32)
})

test('a picture of 30 MB is handed on in parts', { timeout: 60_000 }, async () => {
  const picture = await aPictureOf(30 * MEGABYTE)
  const response = await edit([picture])
  expect(response.status).toBe(200)
  expect(digest(await bytesAt(sent()[0] ?? ''))).toBe(digest(picture))
})

test('a picture of 51 MB is 413 with the limit', { timeout: 60_000 }, async () => {
  const response = await edit([await aPictureOf(51 * MEGABYTE)])
  expect(response.status).toBe(413)
  expect(await response.json()).toMatchObject({
    error: { code: 'request_too_large', message: expect.stringContaining('50 MB') },
  })
  expect(stack.fal.journal.count('submit')).toBe(0)
})
