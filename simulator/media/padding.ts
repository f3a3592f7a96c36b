import { crc32 } from 'node:zlib'

import { id3Length, toEmptyId3 } from './sound/id3.ts'

/** A file as `head`, then `unit` so many times, then `tail`: large without being held. */
export interface PaddedFile {
  readonly head: Buffer
  readonly unit: Buffer
  readonly times: number
  readonly tail: Buffer
}

const MEGABYTE = 1024 ** 2
/** A COM segment of JPEG: two bytes of marker and at most 65535 for length and text. */
const JPEG_SEGMENT = 65_537
const PNG_END = 12

/** A PNG chunk of that many bytes in all. Its name says: ancillary, private, safe to copy. */
function pngChunk(total: number): Buffer {
  const chunk = Buffer.alloc(total, 'padding ')
  chunk.writeUInt32BE(total - 12, 0)
  chunk.write('paDd', 4, 'latin1')
  chunk.writeUInt32BE(crc32(chunk.subarray(4, total - 4)), total - 4)
  return chunk
}

function jpegComment(total: number): Buffer {
  const segment = Buffer.alloc(total, 'padding ')
  segment.writeUInt16BE(0xff_fe, 0)
  segment.writeUInt16BE(total - 2, 2)
  return segment
}

/** A box of MP4 that says of itself that it holds nothing. */
function mp4Free(total: number): Buffer {
  const box = Buffer.alloc(total, 'padding ')
  box.writeUInt32BE(total, 0)
  box.write('free', 4, 'latin1')
  return box
}

function split(missing: number, unit: number, least: number): readonly [number, number] {
  const times = Math.max(0, Math.floor((missing - least) / unit))
  return [times, missing - times * unit]
}

type Pad = (file: Buffer, missing: number) => PaddedFile

const padPng: Pad = (image, missing) => {
  const [times, rest] = split(missing, MEGABYTE, 12)
  const end = image.length - PNG_END
  const tail = Buffer.concat([pngChunk(rest), image.subarray(end)])
  return { head: image.subarray(0, end), unit: pngChunk(MEGABYTE), times, tail }
}

const padJpeg: Pad = (image, missing) => {
  const [times, rest] = split(missing, JPEG_SEGMENT, 4)
  // Comments may stand right behind the start-of-image marker.
  const tail = Buffer.concat([jpegComment(rest), image.subarray(2)])
  return { head: image.subarray(0, 2), unit: jpegComment(JPEG_SEGMENT), times, tail }
}

const padMp4: Pad = (video, missing) => {
  const [times, rest] = split(missing, MEGABYTE, 8)
  return { head: video, unit: mp4Free(MEGABYTE), times, tail: mp4Free(rest) }
}

const padMp3: Pad = (sound, missing) => {
  const [times, rest] = split(missing, MEGABYTE, 12)
  const own = id3Length(sound)
  const tail = Buffer.concat([toEmptyId3(rest), sound.subarray(own)])
  return { head: sound.subarray(0, own), unit: toEmptyId3(MEGABYTE), times, tail }
}

/** A RIFF chunk to be skipped; even, as all of them. */
function wavJunk(total: number): Buffer {
  const chunk = Buffer.alloc(total)
  chunk.write('JUNK', 'latin1')
  chunk.writeUInt32LE(total - 8, 4)
  return chunk
}

const padWav: Pad = (sound, missing) => {
  const [times, rest] = split(missing, MEGABYTE, 12)
  const head = Buffer.from(sound)
  head.writeUInt32LE(sound.length + missing - 8, 4)
  return { head, unit: wavJunk(MEGABYTE), times, tail: wavJunk(rest) }
}

const PADS: Readonly<Record<string, Pad>> = {
  'image/png': padPng,
  'image/jpeg': padJpeg,
  'video/mp4': padMp4,
  'audio/mpeg': padMp3,
  'audio/wav': padWav,
}

/** The least that any of them can add. */
const LEAST = 12

/**
 * Makes the file exactly `bytes` long with padding that decoders skip. A file that is already longer stays
 * as it is, and so does one whose format has no place for padding (WebP's simple form).
 */
export function padFile(file: Buffer, contentType: string, bytes: number): PaddedFile {
  const missing = bytes - file.length
  const pad = PADS[contentType]
  if (missing < LEAST || !pad) return whole(file)
  return pad(file, missing)
}

const EMPTY = Buffer.alloc(0)

export const whole = (file: Buffer): PaddedFile => ({
  head: file,
  unit: EMPTY,
  times: 0,
  tail: EMPTY,
})

export const paddedLength = ({ head, unit, times, tail }: PaddedFile): number =>
  head.length + unit.length * times + tail.length

export function* paddedChunks({ head, unit, times, tail }: PaddedFile): Generator<Buffer> {
  yield head
  for (let count = 0; count < times; count += 1) yield unit
  yield tail
}

/** The bytes from `start` to before `end`. */
export function* paddedSlice(file: PaddedFile, start: number, end: number): Generator<Buffer> {
  let at = 0
  for (const chunk of paddedChunks(file)) {
    const piece = chunk.subarray(Math.max(0, start - at), Math.max(0, end - at))
    at += chunk.length
    if (piece.length > 0) yield piece
    if (at >= end) return
  }
}
