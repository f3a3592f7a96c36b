import { decompress } from 'fzstd'

import { ProblemError } from '../../job/problem.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** The most that one block holds, whatever it says (RFC 8878 §3.1.1.2.4). */
const BLOCK_BYTES = 128 * 1024
/** The library moves the window at each block: so much in all is a third of a second. */
const MOST_MOVED_BYTES = 2_500_000_000

/**
 * Unpacks a whole body of zstd. What it will hold is counted first, from the heads of its blocks, as four bytes can
 * stand for 128 KB.
 *
 * @throws ProblemError `too_large`; TypeError when it is not zstd, or broken
 */
export function unpackZstd(packed: Bytes, limitBytes: number): Bytes {
  const view = new DataView(packed.buffer, packed.byteOffset, packed.byteLength)
  let at = 0
  let held = 0
  let moved = 0
  while (at < view.byteLength) {
    const frame = walkFrame(view, at)
    at = frame.end
    held += frame.held
    moved += frame.blocks * frame.window
    if (held > limitBytes || frame.window > limitBytes || moved > MOST_MOVED_BYTES) {
      throw new ProblemError({ kind: 'too_large', what: 'The body, unpacked,', limitBytes })
    }
  }
  return new Uint8Array(decompress(packed))
}

interface Frame {
  /** Where the next one begins. */
  readonly end: number
  /** Bytes that it holds at most. */
  readonly held: number
  readonly window: number
  readonly blocks: number
}

/** Goes over a frame's blocks without unpacking them (RFC 8878 §3.1). */
function walkFrame(view: DataView, start: number): Frame {
  const magic = view.getUint32(start, true)
  if (magic >>> 4 === 0x184d2a5) {
    const end = start + 8 + view.getUint32(start + 4, true)
    return { end, held: 0, window: 0, blocks: 0 }
  }
  if (magic !== 0xfd2fb528) throw new TypeError('not zstd')
  const { size, window, hasSum } = readHead(view, start + 4)
  let at = start + 4 + size
  let held = 0
  for (let blocks = 1; ; blocks += 1) {
    const head = view.getUint16(at, true) | (view.getUint8(at + 2) << 16)
    const length = head >> 3
    const kind = (head >> 1) & 3
    // Raw and repeated bytes say what they are; what is packed may be a whole block.
    held += kind < 2 ? length : BLOCK_BYTES
    at += 3 + (kind === 1 ? 1 : length)
    if ((head & 1) === 1) return { end: at + (hasSum ? 4 : 0), held, window, blocks }
  }
}

function readHead(view: DataView, at: number) {
  const flags = view.getUint8(at)
  const isOne = (flags & 0x20) !== 0
  const dictionaryBytes = [0, 1, 2, 4][flags & 3] ?? 0
  const sizeFlag = flags >> 6
  const sizeBytes = sizeFlag === 0 ? Number(isOne) : 2 ** sizeFlag
  const sizeAt = at + (isOne ? 1 : 2) + dictionaryBytes
  const exponent = view.getUint8(at + 1)
  const base = 2 ** (10 + (exponent >> 3))
  return {
    size: sizeAt + sizeBytes - at,
    // Where the frame is one segment, the window is what it holds.
    window: isOne ? readSize(view, sizeAt, sizeBytes) : base + (base / 8) * (exponent & 7),
    hasSum: (flags & 4) !== 0,
  }
}

function readSize(view: DataView, at: number, bytes: number): number {
  if (bytes === 1) return view.getUint8(at)
  if (bytes === 2) return view.getUint16(at, true) + 256
  return bytes === 4 ? view.getUint32(at, true) : Number(view.getBigUint64(at, true))
}
