import type { Pixels } from '../../job/image/image-size.ts'
import { MAX_PIXELS, writeGrey } from './alpha-mask.ts'
import { readPngChunks } from './png-chunks.ts'
import { pngRows, predict } from './png-rows.ts'

/** Why a mask without a transparent place is none. */
export type PaintedFault =
  /** All black, all white, or nothing between. */
  | 'one_colour'
  /** A photo, or painted in colours: what of it is changed? */
  | 'coloured'
  | 'interlaced'
  | 'damaged'
  | 'too_large'

/** Nearer than this to black, or to white. */
const BLACK = 63
const WHITE = 192
/** So far the three colours of a grey may lie apart. */
const GREY = 32

interface Format {
  readonly size: Pixels
  readonly depth: number
  readonly samples: number
  /** The colours of a palette, three bytes each; undefined: there is none. */
  readonly palette: Uint8Array | undefined
}

/**
 * Reads a mask that is painted, not cut out: what is white in it is changed, what is black stays.
 *
 * @param file a PNG in which nothing is transparent, or which has no alpha
 * @returns a grey PNG of the same size, or why there is none
 */
export async function toPaintedMask(
  file: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array<ArrayBuffer> | PaintedFault> {
  const chunks = readPngChunks(file) ?? []
  const header = chunks.find(({ type }) => type === 'IHDR')?.data
  if (header === undefined || header.byteLength < 13) return 'damaged'
  const palette = chunks.find(({ type }) => type === 'PLTE')?.data
  const format = readFormat(header, palette)
  if (typeof format === 'string') return format
  const data = chunks.filter(({ type }) => type === 'IDAT').map((chunk) => chunk.data)
  const rows = await toGreyRows(data, format).catch(() => 'damaged' as const)
  return typeof rows === 'string' ? rows : writeGrey(rows, format.size)
}

function readFormat(header: Uint8Array, palette: Uint8Array | undefined): Format | PaintedFault {
  const view = new DataView(header.buffer, header.byteOffset, header.byteLength)
  const size = { width: view.getUint32(0), height: view.getUint32(4) }
  const [depth = 0, colour = 0, , , interlace] = header.subarray(8)
  const samples = new Map([
    [0, 1],
    [2, 3],
    [3, 1],
    [4, 2],
    [6, 4],
  ]).get(colour)
  if (interlace !== 0) return 'interlaced'
  if (samples === undefined || ![1, 2, 4, 8, 16].includes(depth)) return 'damaged'
  if (size.width === 0 || size.height === 0) return 'damaged'
  if (size.width * size.height > MAX_PIXELS) return 'too_large'
  if (colour === 3 && palette === undefined) return 'damaged'
  return { size, depth, samples, palette: colour === 3 ? palette : undefined }
}

async function toGreyRows(
  data: readonly Uint8Array<ArrayBuffer>[],
  format: Format,
): Promise<Uint8Array<ArrayBuffer> | PaintedFault> {
  const { size, depth, samples } = format
  const rowBytes = Math.ceil((size.width * samples * depth) / 8)
  const stride = Math.max(1, (samples * depth) / 8)
  const rows = new Uint8Array((size.width + 1) * size.height)
  let above = new Uint8Array(rowBytes)
  let [least, most, row] = [255, 0, 0]
  for await (const filtered of pngRows(data, 1 + rowBytes)) {
    if (row === size.height) break
    const bytes = restoreRow(filtered, above, stride)
    for (let x = 0; x < size.width; x += 1) {
      const grey = greyAt(bytes, x, format)
      if (grey === undefined) return 'coloured'
      rows[row * (size.width + 1) + 1 + x] = grey
      least = Math.min(least, grey)
      most = Math.max(most, grey)
    }
    above = bytes
    row += 1
  }
  if (row !== size.height) return 'damaged'
  return least <= BLACK && most >= WHITE ? rows : 'one_colour'
}

function restoreRow(
  filtered: Uint8Array,
  above: Uint8Array,
  stride: number,
): Uint8Array<ArrayBuffer> {
  const filter = filtered[0] ?? 0
  const bytes = new Uint8Array(above.byteLength)
  for (let at = 0; at < bytes.byteLength; at += 1) {
    const left = bytes[at - stride] ?? 0
    const corner = at < stride ? 0 : (above[at - stride] ?? 0)
    bytes[at] = (filtered[at + 1] ?? 0) + predict(filter, left, above[at] ?? 0, corner)
  }
  return bytes
}

/** The brightness of a pixel, 0 to 255; undefined: it has a colour. */
function greyAt(
  row: Uint8Array,
  x: number,
  { depth, samples, palette }: Format,
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

/** Of 16 bits the upper eight. */
function sampleAt(row: Uint8Array, index: number, depth: number): number {
  if (depth === 8) return row[index] ?? 0
  if (depth === 16) return row[index * 2] ?? 0
  const bit = index * depth
  return ((row[bit >> 3] ?? 0) >> (8 - depth - (bit & 7))) & (2 ** depth - 1)
}

function toGrey(red: number, green: number, blue: number): number | undefined {
  const [least, most] = [Math.min(red, green, blue), Math.max(red, green, blue)]
  return most - least > GREY ? undefined : (least + most) >> 1
}
