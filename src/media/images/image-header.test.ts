import { describe, test } from 'vitest'

import { IMAGES } from './image-header.fixture.ts'
import { readImageHeader, type ImageHeader } from './image-header.ts'

type Row = readonly [
  name: keyof typeof IMAGES,
  contentType: ImageHeader['contentType'],
  width: number,
  height: number,
]

const ROWS: readonly Row[] = [
  ['png', 'image/png', 31, 17],
  ['interlaced', 'image/png', 39, 24],
  ['jpeg', 'image/jpeg', 31, 17],
  ['progressive', 'image/jpeg', 40, 23],
  ['exif', 'image/jpeg', 33, 18],
  ['grey', 'image/jpeg', 29, 11],
  ['lossy', 'image/webp', 35, 19],
  ['lossless', 'image/webp', 36, 20],
  ['alpha', 'image/webp', 37, 21],
  ['dot', 'image/webp', 1, 1],
  ['gif', 'image/gif', 38, 22],
]

const bytesOf = (name: keyof typeof IMAGES) => Uint8Array.fromBase64(IMAGES[name])

function join(...parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(parts.flatMap((part) => [...part]))
}

describe('a real picture tells its kind and its size', () => {
  test.for(ROWS)('%s', ([name, contentType, width, height], { expect }) => {
    expect(readImageHeader(bytesOf(name))).toEqual({ contentType, pixels: { width, height } })
  })

  test.for(ROWS)(
    '%s, in the middle of a buffer',
    ([name, contentType, width, height], { expect }) => {
      const inside = join(new Uint8Array(7).fill(0xff), bytesOf(name)).subarray(7)
      expect(readImageHeader(inside)).toEqual({ contentType, pixels: { width, height } })
    },
  )
})

describe('a picture that is cut off', () => {
  test.for(ROWS)('%s: never a wrong size, never an exception', ([name, ...facts], { expect }) => {
    const whole = bytesOf(name)
    const [contentType, width, height] = facts
    const seen = new Set<string>()
    for (let length = 0; length <= whole.length; length++) {
      seen.add(JSON.stringify(readImageHeader(whole.subarray(0, length)) ?? 'unknown'))
    }
    expect([...seen]).toEqual([
      '"unknown"',
      JSON.stringify({ contentType }),
      JSON.stringify({ contentType, pixels: { width, height } }),
    ])
  })
})

/** An application segment (ITU T.81, B.2.4.6) of so many bytes, full of what looks like markers. */
function segment(marker: number, length: number): Uint8Array {
  const bytes = new Uint8Array(length + 2).fill(0xff)
  bytes.set([0xff, marker, length >> 8, length & 0xff])
  return bytes
}

describe('a JPEG with much before its size', () => {
  const [start, rest] = [bytesOf('jpeg').subarray(0, 2), bytesOf('jpeg').subarray(2)]
  const profile = [
    segment(0xe1, 65_535),
    segment(0xe2, 65_535),
    segment(0xfe, 2),
    segment(0xc4, 40),
  ]

  test('is read through its profile, its preview and its tables', ({ expect }) => {
    expect(readImageHeader(join(start, ...profile, rest))).toEqual({
      contentType: 'image/jpeg',
      pixels: { width: 31, height: 17 },
    })
  })

  test('is a JPEG of unknown size when the bytes end before it', ({ expect }) => {
    const cut = join(start, ...profile).subarray(0, 100_000)
    expect(readImageHeader(cut)).toEqual({ contentType: 'image/jpeg', pixels: undefined })
  })

  test('whose segments make no sense has no size, and is done with at once', ({ expect }) => {
    const nonsense = new Uint8Array(200_000)
    nonsense.set([0xff, 0xd8, 0xff])
    expect(readImageHeader(nonsense)?.pixels).toBeUndefined()
    const endless = join(start, ...Array.from({ length: 2000 }, () => segment(0xe0, 2)))
    expect(readImageHeader(endless)?.pixels).toBeUndefined()
  })
})

const text = (content: string) => new TextEncoder().encode(content)

describe('what is no picture', () => {
  test.for<[string, Uint8Array]>([
    ['nothing', new Uint8Array()],
    ['HTML', text('<!doctype html><title>503</title>')],
    ['JSON', text('{"detail":"not found"}')],
    ['SVG', text('<svg xmlns="http://www.w3.org/2000/svg" width="4" height="4"/>')],
    ['a RIFF that is a sound', text('RIFF....WAVEfmt ')],
    ['base64 of a PNG', text(IMAGES.png)],
    ['AVIF', text('....ftypavif')],
    ['a BMP', text('BM000000')],
  ])('%s', ([, bytes], { expect }) => {
    expect(readImageHeader(bytes)).toBeUndefined()
  })

  test('a picture without an extent has no size', ({ expect }) => {
    const flat = bytesOf('png')
    flat.set([0, 0, 0, 0], 20)
    expect(readImageHeader(flat)).toEqual({ contentType: 'image/png', pixels: undefined })
  })

  test('noise behind a true beginning never throws, and never gives a size of 0', ({ expect }) => {
    let state = 20_261_123
    const next = (): number => (state = Math.imul(state, 1_664_525) + 1_013_904_223) >>> 24
    const wrong: ImageHeader[] = []
    for (const [name] of ROWS) {
      const beginning = bytesOf(name).subarray(0, 16)
      for (let round = 0; round < 500; round++) {
        const noise = Uint8Array.from({ length: next() }, next)
        const header = readImageHeader(join(beginning, noise))
        const { width, height } = header?.pixels ?? { width: 1, height: 1 }
        if (header !== undefined && !(width > 0 && height > 0)) wrong.push(header)
      }
    }
    expect(wrong).toEqual([])
  })
})
