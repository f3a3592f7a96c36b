import { deflateSync } from 'node:zlib'

import sharp from 'sharp'
import { expect, test } from 'vitest'

import { toWhiteMask } from '../../src/media/png/alpha-mask.ts'
import { writePngChunks } from '../../src/media/png/png-chunks.ts'

const WIDTH = 61
const HEIGHT = 37

/** Alpha that no filter predicts too well: a gradient with a hole and some noise. */
const alphas = Uint8Array.from({ length: WIDTH * HEIGHT }, (_, index) => {
  const [x, y] = [index % WIDTH, Math.floor(index / WIDTH)]
  const hole = (x - 30) ** 2 + (y - 18) ** 2 < 120
  return hole ? 0 : (x * 4 + y * 3 + ((index * 7919) % 13)) % 256
})

function colours(channels: 1 | 3): Uint8Array {
  return Uint8Array.from({ length: WIDTH * HEIGHT * channels }, (_, index) => (index * 31) % 256)
}

/** The mask as a PNG of 8 bits, with or without filters, of grey or colour. */
async function aMask(
  channels: 1 | 3,
  options: { adaptiveFiltering?: boolean; progressive?: boolean } = {},
): Promise<Uint8Array<ArrayBuffer>> {
  const size = { width: WIDTH, height: HEIGHT }
  const picture = sharp(colours(channels), { raw: { ...size, channels } })
    .joinChannel(Buffer.from(alphas), { raw: { ...size, channels: 1 } })
    .toColourspace(channels === 3 ? 'rgb' : 'b-w')
  return new Uint8Array(await picture.png({ adaptiveFiltering: true, ...options }).toBuffer())
}

/** The same with 16 bits a sample, which sharp does not write from raw samples; every row filtered by `Up`. */
function aDeepMask(): Uint8Array<ArrayBuffer> {
  const row = (y: number): Buffer => {
    const samples = Array.from({ length: WIDTH * 4 }, (_, index) =>
      index % 4 === 3 ? (alphas[y * WIDTH + Math.floor(index / 4)] ?? 0) * 257 : index * 100,
    )
    const bytes = Buffer.alloc(WIDTH * 8)
    for (const [index, sample] of samples.entries()) bytes.writeUInt16BE(sample & 0xffff, index * 2)
    return bytes
  }
  const rows = Array.from({ length: HEIGHT }, (_, y) => {
    const above = y === 0 ? Buffer.alloc(WIDTH * 8) : row(y - 1)
    return Buffer.concat([Buffer.of(2), row(y).map((byte, index) => byte - (above[index] ?? 0))])
  })
  const header = Buffer.alloc(13)
  header.writeUInt32BE(WIDTH, 0)
  header.writeUInt32BE(HEIGHT, 4)
  header.set([16, 6], 8)
  return writePngChunks([
    { type: 'IHDR', data: new Uint8Array(header) },
    { type: 'IDAT', data: new Uint8Array(deflateSync(Buffer.concat(rows))) },
    { type: 'IEND', data: new Uint8Array() },
  ])
}

test.for([
  ['colour, filtered', () => aMask(3)],
  ['colour, unfiltered', () => aMask(3, { adaptiveFiltering: false })],
  ['grey, filtered', () => aMask(1)],
  ['colour of 16 bits', async () => aDeepMask()],
] as const)('what is transparent becomes white: %s', async ([, make]) => {
  const white = await toWhiteMask(await make())
  if (typeof white === 'string') throw new Error(white)
  const { data, info } = await sharp(white).raw().toBuffer({ resolveWithObject: true })
  expect(info).toMatchObject({ width: WIDTH, height: HEIGHT })
  const grey = Array.from({ length: alphas.length }, (_, index) => data[index * info.channels])
  expect(grey).toEqual(Array.from(alphas, (alpha) => 255 - alpha))
})

test('a mask of four megapixels is turned', async () => {
  const size = { width: 2048, height: 2048 }
  const mask = await sharp({
    create: { ...size, channels: 4, background: { r: 1, g: 2, b: 3, alpha: 0 } },
  })
    .png()
    .toBuffer()
  const white = await toWhiteMask(new Uint8Array(mask))
  if (typeof white === 'string') throw new Error(white)
  const { channels } = await sharp(white).stats()
  expect(channels[0]).toMatchObject({ min: 255, max: 255 })
})

test('what cannot be turned is told apart', async () => {
  const good = await aMask(3)
  const plain = await sharp(good).removeAlpha().png().toBuffer()
  expect(await toWhiteMask(new Uint8Array(plain))).toBe('no_alpha')
  expect(await toWhiteMask(await aMask(3, { progressive: true }))).toBe('interlaced')
  const jpeg = await sharp(good).jpeg().toBuffer()
  expect(await toWhiteMask(new Uint8Array(jpeg))).toBe('not_png')
  expect(await toWhiteMask(new Uint8Array())).toBe('not_png')
  expect(await toWhiteMask(good.slice(0, good.length - 20))).toBe('not_png')
  const spoilt = good.slice()
  spoilt.fill(0, 60, 120)
  expect(await toWhiteMask(spoilt)).toBe('damaged')
  const huge = good.slice()
  new DataView(huge.buffer).setUint32(16, 100_000)
  new DataView(huge.buffer).setUint32(20, 100_000)
  expect(await toWhiteMask(huge)).toBe('too_large')
})
