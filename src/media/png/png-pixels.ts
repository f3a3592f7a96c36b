import type { Pixels } from '../../job/image/image-size.ts'
import { MAX_PIXELS } from './alpha-mask.ts'
import { readPngChunks } from './png-chunks.ts'
import { pngRows, predict } from './png-rows.ts'

/** Why the pixels of a PNG cannot be read. */
export type PixelFault = 'interlaced' | 'damaged' | 'too_large'

/** How a PNG writes its pixels. */
export interface PngFormat {
  readonly size: Pixels
  readonly depth: number
  readonly samples: number
  /** The colours of a palette, three bytes each; undefined: there is none. */
  readonly palette: Uint8Array | undefined
  /** Its chunk `tRNS`: a palette's alphas, else the one colour that is transparent; undefined: there is none. */
  readonly transparency: Uint8Array | undefined
}

/** A PNG whose pixels can be read. */
export interface OpenedPng extends PngFormat {
  /** Row by row, the filters undone; a row is good until the next. Throws when the data is broken or too short. */
  rows(): AsyncGenerator<Uint8Array, void, void>
}

export function openPng(file: Uint8Array<ArrayBuffer>): OpenedPng | PixelFault {
  const chunks = readPngChunks(file) ?? []
  const dataOf = (name: string) => chunks.find(({ type }) => type === name)?.data
  const header = dataOf('IHDR')
  if (header === undefined || header.byteLength < 13) return 'damaged'
  const format = readFormat(header, dataOf('PLTE'), dataOf('tRNS'))
  if (typeof format === 'string') return format
  const data = chunks.filter(({ type }) => type === 'IDAT').map((chunk) => chunk.data)
  return { ...format, rows: () => readRows(data, format) }
}

function readFormat(
  header: Uint8Array,
  palette: Uint8Array | undefined,
  transparency: Uint8Array | undefined,
): PngFormat | PixelFault {
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
  return { size, depth, samples, palette: colour === 3 ? palette : undefined, transparency }
}

async function* readRows(
  data: readonly Uint8Array<ArrayBuffer>[],
  { size, depth, samples }: PngFormat,
): AsyncGenerator<Uint8Array, void, void> {
  const rowBytes = Math.ceil((size.width * samples * depth) / 8)
  const stride = Math.max(1, (samples * depth) / 8)
  let above = new Uint8Array(rowBytes)
  let row = 0
  for await (const filtered of pngRows(data, 1 + rowBytes)) {
    if (row === size.height) return
    above = restoreRow(filtered, above, stride)
    row += 1
    yield above
  }
  if (row !== size.height) throw new TypeError('the picture ends before its last row')
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

/** A sample as it is written; of 16 bits the upper eight. */
export function sampleAt(row: Uint8Array, index: number, depth: number): number {
  if (depth === 8) return row[index] ?? 0
  if (depth === 16) return row[index * 2] ?? 0
  const bit = index * depth
  return ((row[bit >> 3] ?? 0) >> (8 - depth - (bit & 7))) & (2 ** depth - 1)
}
