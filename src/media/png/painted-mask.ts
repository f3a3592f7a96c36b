import { writeGrey } from './alpha-mask.ts'
import { openPng, sampleAt, type OpenedPng, type PixelFault, type PngFormat } from './png-pixels.ts'

/** Why a mask without a transparent place is none. */
export type PaintedFault =
  /** All black, all white, or nothing between. */
  | 'one_colour'
  /** A photo, or painted in colours: what of it is changed? */
  | 'coloured'
  | PixelFault

/** Nearer than this to black, or to white. */
const BLACK = 63
const WHITE = 192
/** So far the three colours of a grey may lie apart. */
const GREY = 32

/**
 * Reads a mask that is painted, not cut out: what is white in it is changed, what is black stays.
 *
 * @param file a PNG in which nothing is transparent, or which has no alpha
 * @returns a grey PNG of the same size, or why there is none
 */
export async function toPaintedMask(
  file: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array<ArrayBuffer> | PaintedFault> {
  const png = openPng(file)
  if (typeof png === 'string') return png
  const rows = await toGreyRows(png).catch(() => 'damaged' as const)
  return typeof rows === 'string' ? rows : writeGrey(rows, png.size)
}

async function toGreyRows(png: OpenedPng): Promise<Uint8Array<ArrayBuffer> | PaintedFault> {
  const { size } = png
  const grey = new Uint8Array((size.width + 1) * size.height)
  let [least, most, at] = [255, 0, 0]
  for await (const row of png.rows()) {
    at += 1
    for (let x = 0; x < size.width; x += 1, at += 1) {
      const value = greyAt(row, x, png)
      if (value === undefined) return 'coloured'
      grey[at] = value
      least = Math.min(least, value)
      most = Math.max(most, value)
    }
  }
  return least <= BLACK && most >= WHITE ? grey : 'one_colour'
}

/** The brightness of a pixel, 0 to 255; undefined: it has a colour. */
function greyAt(
  row: Uint8Array,
  x: number,
  { depth, samples, palette }: PngFormat,
): number | undefined {
  const first = x * samples
  const sample = (index: number): number => sampleAt(row, index, depth)
  if (palette !== undefined) {
    const place = sample(first) * 3
    return toGrey(palette[place] ?? 0, palette[place + 1] ?? 0, palette[place + 2] ?? 0)
  }
  const scaled = (index: number): number =>
    depth < 8 ? (sample(index) * 255) / (2 ** depth - 1) : sample(index)
  return samples < 3 ? scaled(first) : toGrey(scaled(first), scaled(first + 1), scaled(first + 2))
}

function toGrey(red: number, green: number, blue: number): number | undefined {
  const [least, most] = [Math.min(red, green, blue), Math.max(red, green, blue)]
  return most - least > GREY ? undefined : (least + most) >> 1
}
