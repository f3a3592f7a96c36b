import { joinBytes } from '../../lib/bytes/join-bytes.ts'

/** Reads how long a video is while its bytes pass. */
export interface Mp4Length {
  add(chunk: Uint8Array): void
  /** undefined: the file does not say, or has not yet. */
  seconds(): number | undefined
}

/** Boxes that have boxes in them, on the way to what is looked for. */
const CONTAINERS = new Set(['moov', 'mvex'])
/** The whole movie's length; that of one that is written in fragments. */
const LENGTHS = new Set(['mvhd', 'mehd'])

/** A box begins with its length and its name; one longer than 4 GB has its length behind them. */
const HEAD_BYTES = 8
const LONG_HEAD_BYTES = 16
/** No file has so many before it says how long it is. */
const MOST_BOXES = 10_000
/** As much of a box as has the length in it: two dates, the time scale, the duration, in 64 bits. */
const LENGTH_BYTES = 32

/**
 * MP4 and QuickTime are boxes one after the other (ISO/IEC 14496-12): what is of no interest is stepped over, so
 * that it costs the same however large the file is, and whether its header stands in front or at the end.
 */
export function createMp4Length(): Mp4Length {
  let held: Uint8Array = new Uint8Array()
  let skip = 0
  let boxes = 0
  let isOver = false
  let scale: number | undefined
  let units: number | undefined
  /** @returns whether the next box may be in `held` too */
  const readBox = (): boolean => {
    const box = readHead(held)
    if (box === undefined) return false
    const isLength = LENGTHS.has(box.name)
    const wanted = isLength ? Math.min(box.head + LENGTH_BYTES, box.size) : box.head
    if (held.byteLength < wanted) return false
    if (isLength) {
      const read = readLength(box.name, held.subarray(box.head, wanted))
      scale = read?.scale ?? scale
      units = read?.units ?? units
    }
    const step = CONTAINERS.has(box.name) ? box.head : box.size
    // A box that goes on to the file's end, or shorter than its own head, is the last that can be read.
    boxes += 1
    isOver = step < box.head || boxes === MOST_BOXES
    skip = Math.max(0, step - held.byteLength)
    held = held.subarray(step)
    return skip === 0 && !isOver
  }
  return {
    add(chunk) {
      if (isOver) return
      const left = chunk.subarray(Math.min(skip, chunk.byteLength))
      skip -= chunk.byteLength - left.byteLength
      if (left.byteLength === 0) return
      held = joinBytes([held, left])
      while (readBox());
      // A copy, so that what is stepped over is not kept.
      held = isOver ? new Uint8Array() : held.slice()
    },
    seconds() {
      if (!scale || !units) return undefined
      return Math.round((units / scale) * 100) / 100
    },
  }
}

interface Box {
  readonly name: string
  /** Bytes of its head, which count into its size. */
  readonly head: number
  readonly size: number
}

function readHead(bytes: Uint8Array): Box | undefined {
  if (bytes.byteLength < HEAD_BYTES) return undefined
  const view = viewOf(bytes)
  const name = String.fromCodePoint(...bytes.subarray(4, HEAD_BYTES))
  const size = view.getUint32(0)
  if (size !== 1) return { name, head: HEAD_BYTES, size }
  if (bytes.byteLength < LONG_HEAD_BYTES) return undefined
  return { name, head: LONG_HEAD_BYTES, size: Number(view.getBigUint64(HEAD_BYTES)) }
}

interface Length {
  readonly scale?: number
  readonly units?: number
}

/** What a length is that is not known: all bits set. */
const UNKNOWN = 2 ** 32 - 1

function readLength(name: string, bytes: Uint8Array): Length | undefined {
  const view = viewOf(bytes)
  const isWide = bytes[0] === 1
  if (name === 'mehd') {
    if (bytes.byteLength < (isWide ? 12 : 8)) return undefined
    return toLength(isWide ? Number(view.getBigUint64(4)) : view.getUint32(4))
  }
  if (bytes.byteLength < (isWide ? LENGTH_BYTES : 20)) return undefined
  return isWide
    ? { scale: view.getUint32(20), ...toLength(Number(view.getBigUint64(24))) }
    : { scale: view.getUint32(12), ...toLength(view.getUint32(16)) }
}

/** One in fragments says 0 where the others say how long they are. */
function toLength(units: number): Length {
  return units === 0 || units >= UNKNOWN ? {} : { units }
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
