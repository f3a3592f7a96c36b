import sharp, { type Sharp } from 'sharp'
import { expect, test } from 'vitest'

import { readImageHeader } from '../../src/media/images/image-header.ts'
import { toWhiteMask } from '../../src/media/png/alpha-mask.ts'
import { toKeyedMask } from '../../src/media/png/keyed-mask.ts'
import { toPaintedMask } from '../../src/media/png/painted-mask.ts'
import { readPngChunks, writePngChunks } from '../../src/media/png/png-chunks.ts'

const [WIDTH, HEIGHT] = [61, 37]

type Rgba = readonly [number, number, number, number]

function inside(x: number, y: number): boolean {
  return x > 10 && x < 40 && y > 5 && y < 30
}

/** A mask of two colours, one inside. */
function paint(within: Rgba, around: Rgba) {
  const pixels = Array.from({ length: WIDTH * HEIGHT }, (_, index) =>
    inside(index % WIDTH, Math.floor(index / WIDTH)) ? within : around,
  )
  return sharp(Uint8Array.from(pixels.flat()), {
    raw: { width: WIDTH, height: HEIGHT, channels: 4 },
  })
}

const [WHITE, BLACK, RED]: readonly Rgba[] = [
  [255, 255, 255, 255],
  [0, 0, 0, 255],
  [255, 0, 0, 255],
]

async function bytesOf(picture: Sharp): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await picture.toBuffer())
}

const grey = (mask: Sharp) => mask.removeAlpha().toColourspace('b-w')

test.for<[string, (mask: Sharp) => Sharp]>([
  ['colours and alpha', (mask) => mask.png()],
  ['colours and alpha, filtered', (mask) => mask.png({ adaptiveFiltering: true })],
  ['colours', (mask) => mask.removeAlpha().png()],
  ['grey', (mask) => grey(mask).png()],
  ['a palette', (mask) => mask.removeAlpha().png({ palette: true })],
  ['a palette of two', (mask) => mask.removeAlpha().png({ palette: true, colours: 2 })],
  ['16 bits', (mask) => grey(mask).toColourspace('grey16').png()],
])('what is white is changed, opaque black and white in %s', async ([, write]) => {
  const file = await bytesOf(write(paint(WHITE ?? [0, 0, 0, 0], BLACK ?? [0, 0, 0, 0])))
  expect(['opaque', 'no_alpha']).toContain(await toWhiteMask(file))
  const white = await toPaintedMask(file)
  if (typeof white === 'string') throw new Error(white)
  const { data, info } = await sharp(white).raw().toBuffer({ resolveWithObject: true })
  expect(info).toMatchObject({ width: WIDTH, height: HEIGHT })
  const made = Array.from({ length: WIDTH * HEIGHT }, (_, index) => data[index * info.channels])
  const wanted = made.map((_, index) =>
    inside(index % WIDTH, Math.floor(index / WIDTH)) ? 255 : 0,
  )
  expect(made).toEqual(wanted)
})

test.for<[string, Rgba, Rgba, string]>([
  ['all white', [255, 255, 255, 255], [255, 255, 255, 255], 'one_colour'],
  ['all black', [0, 0, 0, 255], [0, 0, 0, 255], 'one_colour'],
  ['hardly transparent', [0, 0, 0, 254], [0, 0, 0, 255], 'one_colour'],
  ['a little transparent', [0, 0, 0, 128], [0, 0, 0, 255], 'one_colour'],
  ['two greys', [150, 150, 150, 255], [100, 100, 100, 255], 'one_colour'],
  ['painted red', RED ?? [0, 0, 0, 0], [0, 0, 0, 255], 'coloured'],
])('in a mask %s nothing may change', async ([, within, around, fault]) => {
  const file = await bytesOf(paint(within, around).png())
  expect(await toWhiteMask(file)).toBe('opaque')
  expect(await toPaintedMask(file)).toBe(fault)
})

test.for<[string, (photo: Sharp) => Sharp]>([
  ['a JPEG', (photo) => photo.jpeg()],
  ['a PNG', (photo) => photo.png()],
  ['a WebP', (photo) => photo.webp()],
])('%s is as large as it is shown', async ([, write]) => {
  for (const orientation of [1, 2, 3, 4, 5, 6, 7, 8]) {
    const photo = write(paint([1, 2, 3, 255], [4, 5, 6, 255])).withMetadata({ orientation })
    const pixels = orientation < 5 ? [WIDTH, HEIGHT] : [HEIGHT, WIDTH]
    const header = readImageHeader(await bytesOf(photo))
    expect([header?.pixels?.width, header?.pixels?.height]).toEqual(pixels)
  }
})

test.for([
  ['4d4d002a00000008000101120003000000010006000000000000', true],
  ['49492a0008000000010012010300010000000600000000000000', true],
  ['4d4d002a00000008000101120003000000010003000000000000', false],
  ['4d4d002a00000008000101120003000000010009000000000000', false],
  ['4d4d002affffffff000101120003000000010006000000000000', false],
  ['4d4d002a00000008ffff', false],
  ['', false],
] as const)('EXIF of %s', async ([tiff, turned]) => {
  const photo = await bytesOf(paint([1, 2, 3, 255], [4, 5, 6, 255]).jpeg())
  const exif = Buffer.from(`457869660000${tiff}`, 'hex')
  const length = exif.byteLength + 2
  const head = Uint8Array.of(0xff, 0xd8, 0xff, 0xe1, length >> 8, length & 255)
  const whole = new Uint8Array([...head, ...exif, ...photo.subarray(2)])
  const pixels = turned ? { width: HEIGHT, height: WIDTH } : { width: WIDTH, height: HEIGHT }
  expect(readImageHeader(whole)).toEqual({ contentType: 'image/jpeg', pixels })
})

const [HOLE]: readonly Rgba[] = [[0, 0, 0, 0]]

/** The chunk that says what is transparent, put where it stands: before the pixels. */
function withTransparency(file: Uint8Array, transparency: Uint8Array): Uint8Array<ArrayBuffer> {
  const chunks = readPngChunks(new Uint8Array(file)) ?? []
  const first = chunks.findIndex(({ type }) => type === 'IDAT')
  const chunk = { type: 'tRNS', data: new Uint8Array(transparency) }
  return writePngChunks(chunks.toSpliced(first, 0, chunk))
}

test.for<[string, () => Promise<Uint8Array<ArrayBuffer>>]>([
  [
    'colours of a palette',
    () => bytesOf(paint(HOLE ?? [0, 0, 0, 0], WHITE ?? [0, 0, 0, 0]).png({ palette: true })),
  ],
  [
    'one grey',
    async () =>
      withTransparency(
        await bytesOf(grey(paint(BLACK ?? [0, 0, 0, 0], WHITE ?? [0, 0, 0, 0])).png()),
        Uint8Array.of(0, 0),
      ),
  ],
  [
    'one colour',
    async () =>
      withTransparency(
        await bytesOf(
          paint(RED ?? [0, 0, 0, 0], WHITE ?? [0, 0, 0, 0])
            .removeAlpha()
            .png(),
        ),
        Uint8Array.of(0, 255, 0, 0, 0, 0),
      ),
  ],
])('what is transparent is changed, kept as %s', async ([, make]) => {
  const file = await make()
  expect(await toWhiteMask(file)).toBe('no_alpha')
  const white = await toKeyedMask(file)
  if (typeof white === 'string') throw new Error(white)
  const { data, info } = await sharp(white).raw().toBuffer({ resolveWithObject: true })
  const made = Array.from({ length: WIDTH * HEIGHT }, (_, index) => data[index * info.channels])
  const wanted = made.map((_, index) =>
    inside(index % WIDTH, Math.floor(index / WIDTH)) ? 255 : 0,
  )
  expect(made).toEqual(wanted)
})

test('a palette in which nothing is transparent is none of these', async () => {
  const mask = paint(WHITE ?? [0, 0, 0, 0], BLACK ?? [0, 0, 0, 0]).removeAlpha()
  expect(await toKeyedMask(await bytesOf(mask.png({ palette: true })))).toBe('opaque')
})
