import type { Pixels } from '../../job/image/image-size.ts'
import { readPngChunks, writePngChunks } from './png-chunks.ts'
import { pngRows, predict } from './png-rows.ts'

/** Why a mask cannot be turned. */
export type MaskFault =
  | 'not_png'
  | 'no_alpha'
  /** It could say what is changed by what is transparent in it, but nothing is. */
  | 'opaque'
  | 'interlaced'
  | 'damaged'
  | 'too_large'

/**
 * A mask of more pixels is refused: 4096 x 4096 is beyond what any of fal's inpainting endpoints takes, and
 * a compressed image of a few kilobytes can claim to be of any size.
 */
export const MAX_PIXELS = 4096 * 4096

/**
 * Turns OpenAI's mask (transparent = change) into fal's (white = change, black = keep).
 *
 * Of the image only the alpha channel is decoded: PNG's filters work on bytes at the same place of their
 * pixel, so the alpha bytes can be restored without the colours (PNG specification §9).
 *
 * @returns a grey PNG of the same size, or why there is none
 */
export async function toWhiteMask(
  file: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array<ArrayBuffer> | MaskFault> {
  const chunks = readPngChunks(file)
  const header = chunks?.find(({ type }) => type === 'IHDR')?.data
  if (chunks === undefined || header === undefined || header.byteLength < 13) return 'not_png'
  const layout = readLayout(header)
  if (typeof layout === 'string') return layout
  const data = chunks.filter(({ type }) => type === 'IDAT').map((chunk) => chunk.data)
  const rows = await toMaskRows(data, layout)
  if (typeof rows === 'string') return rows
  return writeGrey(rows, layout.size)
}

/** Rows of grey, each behind a zero, as a PNG. */
export async function writeGrey(
  rows: Uint8Array<ArrayBuffer>,
  size: Pixels,
): Promise<Uint8Array<ArrayBuffer>> {
  const compressed = new Response(
    new Response(rows).body?.pipeThrough(new CompressionStream('deflate')),
  )
  return writePngChunks([
    { type: 'IHDR', data: greyHeader(size) },
    { type: 'IDAT', data: new Uint8Array(await compressed.arrayBuffer()) },
    { type: 'IEND', data: new Uint8Array() },
  ])
}

interface Layout {
  readonly size: Pixels
  /** Bytes of a pixel, and where in them the (first byte of the) alpha is. */
  readonly stride: number
  readonly alpha: number
}

function readLayout(header: Uint8Array): Layout | MaskFault {
  const view = new DataView(header.buffer, header.byteOffset, header.byteLength)
  const size = { width: view.getUint32(0), height: view.getUint32(4) }
  const [depth, colour, , , interlace] = header.subarray(8)
  // 4 is grey with alpha, 6 is colour with alpha; both have 8 or 16 bits a sample.
  const samples = colour === 4 ? 2 : 4
  if (colour !== 4 && colour !== 6) return 'no_alpha'
  if (interlace !== 0) return 'interlaced'
  if (size.width === 0 || size.height === 0) return 'damaged'
  if (size.width * size.height > MAX_PIXELS) return 'too_large'
  const bytes = depth === 16 ? 2 : 1
  return { size, stride: samples * bytes, alpha: (samples - 1) * bytes }
}

/** 8 bits of grey, no interlacing. */
function greyHeader({ width, height }: Pixels): Uint8Array<ArrayBuffer> {
  const header = new Uint8Array(13)
  const view = new DataView(header.buffer)
  view.setUint32(0, width)
  view.setUint32(4, height)
  header[8] = 8
  return header
}

/** From here on down a place is transparent enough to be changed: half. */
export const TRANSPARENT = 127

/** Rows of grey, each behind its filter byte (0, none). */
async function toMaskRows(
  data: readonly Uint8Array<ArrayBuffer>[],
  { size, stride, alpha }: Layout,
): Promise<Uint8Array<ArrayBuffer> | 'damaged' | 'opaque'> {
  const { width, height } = size
  const rowBytes = 1 + width * stride
  const rows = new Uint8Array((width + 1) * height)
  let above = new Uint8Array(width)
  let row = 0
  let least = 255
  try {
    for await (const bytes of pngRows(data, rowBytes)) {
      if (row === height) break
      const alphas = restore(bytes, above, stride, alpha)
      for (let x = 0; x < width; x += 1) {
        const value = alphas[x] ?? 0
        rows[row * (width + 1) + 1 + x] = 255 - value
        least = Math.min(least, value)
      }
      above = alphas
      row += 1
    }
  } catch {
    return 'damaged'
  }
  if (row !== height) return 'damaged'
  return least > TRANSPARENT ? 'opaque' : rows
}

/** The alpha bytes of one row, its filter undone (PNG specification §9.2). */
function restore(
  row: Uint8Array,
  above: Uint8Array,
  stride: number,
  alpha: number,
): Uint8Array<ArrayBuffer> {
  const filter = row[0] ?? 0
  const alphas = new Uint8Array(above.byteLength)
  for (let x = 0; x < alphas.byteLength; x += 1) {
    const left = alphas[x - 1] ?? 0
    const up = above[x] ?? 0
    const corner = x === 0 ? 0 : (above[x - 1] ?? 0)
    alphas[x] = (row[1 + x * stride + alpha] ?? 0) + predict(filter, left, up, corner)
  }
  return alphas
}
