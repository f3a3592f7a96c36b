import { crc32 } from 'node:zlib'

import type { PictureFormat } from './draw-picture.ts'

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

function split(missing: number, unit: number, least: number): readonly [number, number] {
  const times = Math.max(0, Math.floor((missing - least) / unit))
  return [times, missing - times * unit]
}

function padPng(picture: Buffer, missing: number): PaddedFile {
  const [times, rest] = split(missing, MEGABYTE, 12)
  const end = picture.length - PNG_END
  const tail = Buffer.concat([pngChunk(rest), picture.subarray(end)])
  return { head: picture.subarray(0, end), unit: pngChunk(MEGABYTE), times, tail }
}

function padJpeg(picture: Buffer, missing: number): PaddedFile {
  const [times, rest] = split(missing, JPEG_SEGMENT, 4)
  // Comments may stand right behind the start-of-image marker.
  const tail = Buffer.concat([jpegComment(rest), picture.subarray(2)])
  return { head: picture.subarray(0, 2), unit: jpegComment(JPEG_SEGMENT), times, tail }
}

/**
 * Makes the picture exactly `bytes` long with padding that decoders skip. A picture that is already
 * longer stays as it is, and so does WebP, whose simple form has no place for padding.
 */
export function padPicture(picture: Buffer, format: PictureFormat, bytes: number): PaddedFile {
  const missing = bytes - picture.length
  const plain = { head: picture, unit: Buffer.alloc(0), times: 0, tail: Buffer.alloc(0) }
  if (missing < 12 || format === 'webp') return plain
  return format === 'png' ? padPng(picture, missing) : padJpeg(picture, missing)
}

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
