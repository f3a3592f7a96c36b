import { crc32 } from '../../lib/bytes/crc32.ts'

/** One chunk of a PNG file (PNG specification §5.3). */
interface PngChunk {
  readonly type: string
  readonly data: Uint8Array<ArrayBuffer>
}

const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)

/** The chunks of a PNG file; undefined when it is none, or ends in the middle of one. */
export function readPngChunks(file: Uint8Array<ArrayBuffer>): readonly PngChunk[] | undefined {
  if (!SIGNATURE.every((byte, index) => file[index] === byte)) return undefined
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength)
  const chunks: PngChunk[] = []
  let at = SIGNATURE.byteLength
  while (at + 12 <= file.byteLength) {
    const length = view.getUint32(at)
    const type = String.fromCodePoint(...file.subarray(at + 4, at + 8))
    if (at + 12 + length > file.byteLength) return undefined
    chunks.push({ type, data: file.subarray(at + 8, at + 8 + length) })
    if (type === 'IEND') return chunks
    at += 12 + length
  }
  return undefined
}

/** Chunks as a PNG file. */
export function writePngChunks(chunks: readonly PngChunk[]): Uint8Array<ArrayBuffer> {
  const length = chunks.reduce((sum, { data }) => sum + 12 + data.byteLength, SIGNATURE.byteLength)
  const file = new Uint8Array(length)
  const view = new DataView(file.buffer)
  file.set(SIGNATURE)
  let at = SIGNATURE.byteLength
  for (const { type, data } of chunks) {
    view.setUint32(at, data.byteLength)
    file.set(new TextEncoder().encode(type), at + 4)
    file.set(data, at + 8)
    const end = at + 8 + data.byteLength
    view.setUint32(end, crc32(file.subarray(at + 4, end)))
    at = end + 4
  }
  return file
}
