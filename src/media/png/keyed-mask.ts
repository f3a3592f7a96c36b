import { TRANSPARENT, writeGrey } from './alpha-mask.ts'
import { openPng, sampleAt, type OpenedPng, type PixelFault } from './png-pixels.ts'

/**
 * Turns a mask that is cut out without an alpha channel: programs that make PNGs small keep what is transparent as
 * colours of a palette, or as one colour (PNG specification §11.3.2.1).
 *
 * @returns a grey PNG of the same size in which white is changed, or why there is none; `opaque`: nothing in it is
 *   transparent
 */
export async function toKeyedMask(
  file: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array<ArrayBuffer> | PixelFault | 'opaque'> {
  const png = openPng(file)
  if (typeof png === 'string') return png
  if (png.transparency === undefined) return 'opaque'
  const rows = await toRows(png, png.transparency).catch(() => 'damaged' as const)
  return typeof rows === 'string' ? rows : writeGrey(rows, png.size)
}

async function toRows(
  png: OpenedPng,
  transparency: Uint8Array,
): Promise<Uint8Array<ArrayBuffer> | 'opaque'> {
  const { width, height } = png.size
  const alphaAt =
    png.palette === undefined ? byColour(png, transparency) : byPalette(png, transparency)
  const grey = new Uint8Array((width + 1) * height)
  let [least, at] = [255, 0]
  for await (const row of png.rows()) {
    at += 1
    for (let x = 0; x < width; x += 1, at += 1) {
      const alpha = alphaAt(row, x)
      grey[at] = 255 - alpha
      least = Math.min(least, alpha)
    }
  }
  return least > TRANSPARENT ? 'opaque' : grey
}

type AlphaAt = (row: Uint8Array, x: number) => number

/** Colours that it does not name are opaque. */
function byPalette({ depth }: OpenedPng, alphas: Uint8Array): AlphaAt {
  return (row, x) => alphas[sampleAt(row, x, depth)] ?? 255
}

/** Each sample of the one colour stands in two bytes. */
function byColour({ depth, samples }: OpenedPng, colour: Uint8Array): AlphaAt {
  const wide = Array.from({ length: samples * 2 }, (_, index) => colour[index] ?? 0)
  const isKey = (row: Uint8Array, x: number): boolean =>
    depth === 16
      ? wide.every((byte, index) => row[x * samples * 2 + index] === byte)
      : wide.every(
          (byte, index) =>
            index % 2 === 0 || sampleAt(row, x * samples + (index >> 1), depth) === byte,
        )
  return (row, x) => (isKey(row, x) ? 0 : 255)
}
