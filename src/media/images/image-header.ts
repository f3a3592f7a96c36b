import type { Pixels } from '../../job/image/image-size.ts'
import { jpegOrientation, pngOrientation, webpOrientation } from './exif-orientation.ts'

/** What the first bytes of an image say of it. */
export interface ImageHeader {
  readonly contentType: 'image/png' | 'image/jpeg' | 'image/webp' | 'image/gif'
  /**
   * As the image is shown: a photo of a phone often lies in its file, and its EXIF orientation says how it
   * stands. undefined: the header says it further on than the bytes that were given.
   */
  readonly pixels: Pixels | undefined
}

/** Reads the kind and the size of an image from its first bytes; undefined: no kind we know. */
export function readImageHeader(bytes: Uint8Array): ImageHeader | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (startsWith(bytes, 0, '\u0089PNG\r\n')) {
    const pixels = has(view, 24) ? sized(view.getUint32(16), view.getUint32(20)) : undefined
    return { contentType: 'image/png', pixels: upright(pixels, pngOrientation(view)) }
  }
  if (startsWith(bytes, 0, '\u00ff\u00d8\u00ff')) {
    return { contentType: 'image/jpeg', pixels: readJpeg(view) }
  }
  if (startsWith(bytes, 0, 'RIFF') && startsWith(bytes, 8, 'WEBP')) {
    const pixels = upright(readWebp(bytes, view), webpOrientation(view))
    return { contentType: 'image/webp', pixels }
  }
  if (startsWith(bytes, 0, 'GIF8')) {
    const pixels = has(view, 10)
      ? sized(view.getUint16(6, true), view.getUint16(8, true))
      : undefined
    return { contentType: 'image/gif', pixels }
  }
  return undefined
}

/** Walks the segments up to the frame header (SOF), which holds the size (ITU T.81, B.2.2). */
function readJpeg(view: DataView): Pixels | undefined {
  let at = 2
  let orientation = 1
  while (has(view, at + 9)) {
    if (view.getUint8(at) !== 0xff) return undefined
    const marker = view.getUint8(at + 1)
    // Any number of fill bytes may stand before a marker (B.1.1.2).
    if (marker === 0xff) {
      at += 1
      continue
    }
    // SOF0 to SOF15, without the tables DHT (C4), JPG (C8) and DAC (CC).
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
    if (isFrame) return upright(sized(view.getUint16(at + 7), view.getUint16(at + 5)), orientation)
    // APP1 holds EXIF, behind its name and two zeros.
    if (marker === 0xe1) orientation = jpegOrientation(view, at + 4) ?? orientation
    at += 2 + view.getUint16(at + 2)
  }
  return undefined
}

/** The three kinds of WebP keep their size in three places (RFC 9649 §2.5–2.7). */
function readWebp(bytes: Uint8Array, view: DataView): Pixels | undefined {
  if (!has(view, 30)) return undefined
  if (startsWith(bytes, 12, 'VP8 ')) {
    return sized(view.getUint16(26, true) & 0x3fff, view.getUint16(28, true) & 0x3fff)
  }
  if (startsWith(bytes, 12, 'VP8L')) {
    const packed = view.getUint32(21, true)
    return sized((packed & 0x3fff) + 1, ((packed >> 14) & 0x3fff) + 1)
  }
  if (startsWith(bytes, 12, 'VP8X')) {
    return sized(read24(view, 24) + 1, read24(view, 27) + 1)
  }
  return undefined
}

/** Orientations 5 to 8 turn an image by a quarter. */
function upright(pixels: Pixels | undefined, orientation: number | undefined): Pixels | undefined {
  if (pixels === undefined || orientation === undefined || orientation < 5) return pixels
  return { width: pixels.height, height: pixels.width }
}

function read24(view: DataView, at: number): number {
  return view.getUint16(at, true) | (view.getUint8(at + 2) << 16)
}

function has(view: DataView, length: number): boolean {
  return view.byteLength >= length
}

function sized(width: number, height: number): Pixels | undefined {
  return width > 0 && height > 0 ? { width, height } : undefined
}

function startsWith(bytes: Uint8Array, at: number, text: string): boolean {
  return Array.from(text).every((letter, index) => bytes[at + index] === letter.codePointAt(0))
}
