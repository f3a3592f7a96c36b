import { expect, test } from 'vitest'

import type { GeneratedImage } from '../../job/image/image-result.ts'
import { ProblemError } from '../../job/problem.ts'
import type { OpenMedia } from '../../ports/opened-media.ts'
import { beginImage } from './image-reading.ts'

const SIGNAL = new AbortController().signal

function generated(url: string): GeneratedImage {
  return { url, contentType: undefined, pixels: undefined }
}

/** A 3 x 2 PNG's signature and header, and noise behind it up to so many bytes. */
function pngBytes(length: number): Uint8Array<ArrayBuffer> {
  const bytes = Uint8Array.from({ length }, (_, index) => (index * 31) % 251)
  bytes.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52])
  new DataView(bytes.buffer).setUint32(16, 3)
  new DataView(bytes.buffer).setUint32(20, 2)
  return bytes
}

/** Opens bytes as a byte stream, as `fetch` does; the first `broken` times it breaks off after `after`. */
function opens(
  bytes: Uint8Array<ArrayBuffer>,
  { broken = 0, after = 0, length }: { broken?: number; after?: number; length?: number } = {},
): { open: OpenMedia; offsets: number[] } {
  const offsets: number[] = []
  const open: OpenMedia = async (_url, _signal, offset) => {
    offsets.push(offset)
    const fails = offsets.length <= broken
    const rest = bytes.slice(offset, fails ? offset + after : undefined)
    const body = new ReadableStream({
      type: 'bytes',
      pull(controller) {
        if (rest.byteLength > 0) controller.enqueue(rest.slice())
        if (fails) controller.error(new Error('connection lost'))
        else {
          controller.close()
          controller.byobRequest?.respond(0)
        }
      },
    })
    return { body, length: length === undefined ? undefined : length - offset }
  }
  return { open, offsets }
}

async function base64Of(reading: Awaited<ReturnType<typeof beginImage>>): Promise<string> {
  let text = ''
  for await (const piece of reading.base64()) text += new TextDecoder().decode(piece)
  return text
}

test.for([30, 384 * 1024 - 1, 384 * 1024, 384 * 1024 + 1, 1_000_000])(
  '%i bytes become their base64, whatever the pieces',
  async (length) => {
    const bytes = pngBytes(length)
    const reading = await beginImage(generated('https://a'), opens(bytes).open, SIGNAL)
    expect(reading.image).toMatchObject({
      contentType: 'image/png',
      pixels: { width: 3, height: 2 },
    })
    expect((await base64Of(reading)) === bytes.toBase64()).toBe(true)
  },
)

test('a data URI is its base64 already, and its header is read', async () => {
  const bytes = pngBytes(500)
  const image = generated(`data:image/png;base64,${bytes.toBase64()}`)
  const reading = await beginImage(image, opens(new Uint8Array()).open, SIGNAL)
  expect(reading.image).toMatchObject({ contentType: 'image/png', pixels: { width: 3, height: 2 } })
  expect(await base64Of(reading)).toBe(bytes.toBase64())
})

test('an image that breaks off is taken up where it stood', async () => {
  const bytes = pngBytes(1_000_000)
  const { open, offsets } = opens(bytes, { broken: 2, after: 500_000, length: 1_000_000 })
  const reading = await beginImage(generated('https://a'), open, SIGNAL)
  expect((await base64Of(reading)) === bytes.toBase64()).toBe(true)
  expect(offsets[0]).toBe(0)
  expect(offsets).toHaveLength(3)
  // Only whole steps count: base64 is written three bytes at a time.
  for (const offset of offsets) expect(offset % (384 * 1024)).toBe(0)
})

test('an image that keeps breaking off is given up', async () => {
  const { open } = opens(pngBytes(100), { broken: 99 })
  await expect(beginImage(generated('https://a'), open, SIGNAL)).rejects.toThrow(ProblemError)
})

test.for([
  [pngBytes(100), 200],
  [new Uint8Array(), undefined],
] as const)(
  'a small picture shorter than announced, or empty, fails before anything is written',
  async ([bytes, length]) => {
    const { open } = opens(bytes, length === undefined ? {} : { length })
    await expect(beginImage(generated('https://a'), open, SIGNAL)).rejects.toThrow(ProblemError)
  },
)

test('a large picture shorter than announced is never passed off as whole', async () => {
  const { open } = opens(pngBytes(600_000), { length: 700_000 })
  const reading = await beginImage(generated('https://a'), open, SIGNAL)
  await expect(base64Of(reading)).rejects.toThrow(ProblemError)
})
