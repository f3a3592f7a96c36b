import { expect, test } from 'vitest'

import type { GeneratedImage } from '../job/image-result.ts'
import type { OpenPicture } from '../job/opened-picture.ts'
import { ProblemError } from '../job/problem.ts'
import { beginPicture } from './picture-reading.ts'

const SIGNAL = new AbortController().signal

function anImage(url: string): GeneratedImage {
  return { url, contentType: undefined, pixels: undefined }
}

/** A 3 x 2 PNG's signature and header, and noise behind it up to so many bytes. */
function aPicture(length: number): Uint8Array<ArrayBuffer> {
  const bytes = Uint8Array.from({ length }, (_, index) => (index * 31) % 251)
  bytes.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52])
  new DataView(bytes.buffer).setUint32(16, 3)
  new DataView(bytes.buffer).setUint32(20, 2)
  return bytes
}

/** Opens bytes as a byte stream, as `fetch` does; `broken` times it breaks off at once. */
function opens(bytes: Uint8Array<ArrayBuffer>, broken = 0, length?: number): OpenPicture {
  let opened = 0
  return async () => {
    opened += 1
    const fails = opened <= broken
    const body = new ReadableStream({
      type: 'bytes',
      start(controller) {
        if (fails) controller.error(new Error('connection lost'))
        else {
          if (bytes.byteLength > 0) controller.enqueue(bytes.slice())
          controller.close()
        }
      },
    })
    return { body, length }
  }
}

async function base64Of(reading: Awaited<ReturnType<typeof beginPicture>>): Promise<string> {
  let text = ''
  for await (const piece of reading.base64()) text += new TextDecoder().decode(piece)
  return text
}

test.for([30, 192 * 1024 - 1, 192 * 1024, 192 * 1024 + 1, 1_000_000])(
  '%i bytes become their base64, whatever the pieces',
  async (length) => {
    const bytes = aPicture(length)
    const reading = await beginPicture(anImage('https://a.example/x'), opens(bytes), SIGNAL)
    expect(reading.image).toMatchObject({
      contentType: 'image/png',
      pixels: { width: 3, height: 2 },
    })
    expect((await base64Of(reading)) === bytes.toBase64()).toBe(true)
  },
)

test('a data URI is its base64 already, and its header is read', async () => {
  const bytes = aPicture(500)
  const image = anImage(`data:image/png;base64,${bytes.toBase64()}`)
  const reading = await beginPicture(image, opens(new Uint8Array()), SIGNAL)
  expect(reading.image).toMatchObject({ contentType: 'image/png', pixels: { width: 3, height: 2 } })
  expect(await base64Of(reading)).toBe(bytes.toBase64())
})

test('a beginning that breaks off is read again, three times at most', async () => {
  const reading = await beginPicture(anImage('https://a'), opens(aPicture(100), 2), SIGNAL)
  expect(await base64Of(reading)).toBe(aPicture(100).toBase64())
  await expect(beginPicture(anImage('https://a'), opens(aPicture(100), 3), SIGNAL)).rejects.toThrow(
    ProblemError,
  )
})

test.for([
  [aPicture(100), 200],
  [aPicture(300_000), 400_000],
  [new Uint8Array(), undefined],
] as const)(
  'a picture shorter than announced, or empty, is never passed off as whole',
  async ([bytes, length]) => {
    const reading = await beginPicture(anImage('https://a'), opens(bytes, 0, length), SIGNAL)
    await expect(base64Of(reading)).rejects.toThrow(ProblemError)
  },
)
