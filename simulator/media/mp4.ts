import type { Size } from './media-spec.ts'

interface Box {
  readonly type: string
  /** The payload, a view into the file. */
  readonly body: Buffer
}

const HEADER = 8

/** The boxes of one level; what is cut off or has a size of its own making ends the list. */
function listBoxes(bytes: Buffer): readonly Box[] {
  const boxes: Box[] = []
  let at = 0
  while (at + HEADER <= bytes.length) {
    const short = bytes.readUInt32BE(at)
    const long = short === 1 && at + 16 <= bytes.length
    const header = long ? 16 : HEADER
    // 0: to the end of the file. 1: the size follows in 64 bits.
    const stated = long ? Number(bytes.readBigUInt64BE(at + HEADER)) : short
    const size = stated === 0 ? bytes.length - at : stated
    if (size < header) break
    const type = bytes.toString('latin1', at + 4, at + HEADER)
    boxes.push({ type, body: bytes.subarray(at + header, at + size) })
    at += size
  }
  return boxes
}

function findBoxes(bytes: Buffer, path: readonly string[]): readonly Buffer[] {
  const [first, ...rest] = path
  const found = listBoxes(bytes).filter(({ type }) => type === first)
  return rest.length === 0
    ? found.map(({ body }) => body)
    : found.flatMap(({ body }) => findBoxes(body, rest))
}

export interface VideoFacts extends Size {
  readonly seconds: number
}

/** Payload positions of version 0 headers (ISO/IEC 14496-12); version 1 has 64-bit times. */
const AT = { created: 4, changed: 8, timescale: 12, duration: 16, trackDuration: 20 }
const TRACK_SIZE = 8

/** Length and shown size of an MP4 or MOV; `undefined` when it is none or holds no video. */
export function readVideoFacts(bytes: Buffer): VideoFacts | undefined {
  const [movie] = findBoxes(bytes, ['moov', 'mvhd'])
  if (!movie || movie.length < 32) return undefined
  const wide = movie[0] === 1
  const timescale = movie.readUInt32BE(wide ? 20 : AT.timescale)
  const duration = wide ? Number(movie.readBigUInt64BE(24)) : movie.readUInt32BE(AT.duration)
  const tracks = findBoxes(bytes, ['moov', 'trak', 'tkhd']).filter(({ length }) => length >= 84)
  const sizes = tracks.map((track) => {
    const end = track.length - TRACK_SIZE
    return { width: track.readUInt32BE(end) >>> 16, height: track.readUInt32BE(end + 4) >>> 16 }
  })
  const shown = sizes.find(({ width, height }) => width > 0 && height > 0)
  if (!shown || timescale === 0) return undefined
  return { ...shown, seconds: duration / timescale }
}

/**
 * Gives an MP4 of one video track the length and the shown size that were asked for, whatever frame rate
 * and size it was encoded with: players stretch frames to the track's size. Its times become 0, so that
 * equal frames are equal bytes. Changes the buffer.
 */
export function restate(mp4: Buffer, { width, height, seconds }: VideoFacts): void {
  const [movie] = findBoxes(mp4, ['moov', 'mvhd'])
  const [track] = findBoxes(mp4, ['moov', 'trak', 'tkhd'])
  const [media] = findBoxes(mp4, ['moov', 'trak', 'mdia', 'mdhd'])
  const [times] = findBoxes(mp4, ['moov', 'trak', 'mdia', 'minf', 'stbl', 'stts'])
  if (!movie || !track || !media || !times)
    throw new Error('not an MP4 of the encoder that is known')
  const frames = times.readUInt32BE(8)
  const each = Math.round((seconds * media.readUInt32BE(AT.timescale)) / frames)
  times.writeUInt32BE(each, 12)
  for (const box of [movie, track, media]) {
    box.writeUInt32BE(0, AT.created)
    box.writeUInt32BE(0, AT.changed)
  }
  media.writeUInt32BE(each * frames, AT.duration)
  const scale = movie.readUInt32BE(AT.timescale) / media.readUInt32BE(AT.timescale)
  const whole = Math.round(each * frames * scale)
  movie.writeUInt32BE(whole, AT.duration)
  track.writeUInt32BE(whole, AT.trackDuration)
  track.writeUInt32BE(Math.min(width, 65_535) * 65_536, track.length - TRACK_SIZE)
  track.writeUInt32BE(Math.min(height, 65_535) * 65_536, track.length - TRACK_SIZE + 4)
}
