import { createHash } from 'node:crypto'

import h264 from 'h264-mp4-encoder'

import { paintRgba } from './draw-image.ts'
import type { Size, VideoSpec } from './media-spec.ts'
import { restate } from './mp4.ts'
import { toFileBytes } from './video-file.ts'

/** Encoded with at most that many pixels, about 240×135: the encoder makes some 500 such frames in a second. */
const MAX_PIXELS = 240 * 135
const FRAMES_PER_SECOND = 8
/** A long video gets fewer frames in a second, not more work. */
const MAX_FRAMES = 96

/** Quantization of H.264: 10 is best, 51 smallest. */
const FINE = 30
/** For what came out larger than its file may be. */
const COARSE = 45
const FASTEST = 10

const toEven = (edge: number): number => Math.max(16, Math.round(edge / 2) * 2)

/** The size that is encoded; the file itself says the size that was asked for. */
function toEncodedSize({ width, height }: Size): Size {
  const scale = Math.min(1, Math.sqrt(MAX_PIXELS / (width * height)))
  return { width: toEven(width * scale), height: toEven(height * scale) }
}

interface Rectangle extends Size {
  readonly left: number
  readonly top: number
}

type Color = readonly [number, number, number]

function fill(frame: Buffer, rowWidth: number, area: Rectangle, color: Color): void {
  for (let y = area.top; y < area.top + area.height; y += 1) {
    for (let x = area.left; x < area.left + area.width; x += 1)
      frame.set(color, (y * rowWidth + x) * 4)
  }
}

/** What moves: a square that crosses the frame on a way of its own, and a bar that tells the time. */
function drawMotion(frame: Buffer, size: Size, spec: VideoSpec, progress: number): void {
  const text = `${spec.prompt}\u0000${spec.seed}\u0000${spec.index}`
  const [red = 0, green = 0, blue = 0, way = 0] = createHash('sha256').update(text).digest()
  const edge = Math.max(4, Math.floor(Math.min(size.width, size.height) / 8))
  const left = Math.floor((size.width - edge) * progress)
  const top = Math.floor(((size.height - edge) * way) / 255)
  const color: Color = [red, green, blue]
  fill(frame, size.width, { left, top, width: edge, height: edge }, color)
  const bar = { left: 0, top: 0, width: Math.round(size.width * progress), height: 3 }
  fill(frame, size.width, bar, [255, 255, 255])
}

async function encode(spec: VideoSpec, base: Buffer, size: Size, quality: number): Promise<Buffer> {
  const frames = Math.max(1, Math.min(MAX_FRAMES, Math.round(spec.seconds * FRAMES_PER_SECOND)))
  const encoder = await h264.createH264MP4Encoder()
  try {
    encoder.width = size.width
    encoder.height = size.height
    encoder.frameRate = FRAMES_PER_SECOND
    encoder.speed = FASTEST
    encoder.quantizationParameter = quality
    encoder.groupOfPictures = FRAMES_PER_SECOND * 2
    encoder.initialize()
    for (let count = 0; count < frames; count += 1) {
      const frame = Buffer.from(base)
      if (!spec.black) drawMotion(frame, size, spec, (count + 1) / frames)
      encoder.addFrameRgba(frame)
    }
    encoder.finalize()
    return Buffer.from(encoder.FS.readFile(encoder.outputFilename))
  } finally {
    encoder.delete()
  }
}

/** Draws a real video, H.264 in MP4: the image that the prompt and the seed make, with something moving on it. */
export async function drawVideo(spec: VideoSpec): Promise<Buffer> {
  const size = toEncodedSize(spec)
  const base = await paintRgba(spec, size)
  const fine = await encode(spec, base, size, FINE)
  const video = fine.length <= toFileBytes(spec) ? fine : await encode(spec, base, size, COARSE)
  restate(video, spec)
  return video
}
