import type { Endpoint } from '../endpoints/endpoints.ts'
import { readField } from '../endpoints/validate-input.ts'
import type { JsonObject } from '../json.ts'
import type { Size } from '../media/media-spec.ts'
import { readImageSize } from './image-size.ts'

/** The shorter edge, in px, of the resolutions that are not called after it. */
const SHORT_EDGES: Readonly<Record<string, number>> = { '1k': 1024, '2k': 1440, '4k': 2160 }
const USUAL_EDGE = 720
const USUAL_RATIO = 16 / 9

/** Wider and higher than any endpoint makes. */
const MAX_EDGE = 8192

function readShortEdge(value: unknown): number | undefined {
  if (typeof value !== 'string') return undefined
  const [, lines] = /^(\d{3,4})p$/i.exec(value) ?? []
  return lines === undefined ? SHORT_EDGES[value.toLowerCase()] : Number(lines)
}

function readRatio(value: unknown): number | undefined {
  if (typeof value !== 'string') return undefined
  const [, width, height] = /^([\d.]+):([\d.]+)$/.exec(value) ?? []
  const ratio = Number(width) / Number(height)
  return Number.isFinite(ratio) && ratio > 0 ? ratio : undefined
}

/** H.264 with 4:2:0 colours has even edges only. */
const toEven = (edge: number): number => Math.min(MAX_EDGE, Math.max(16, Math.round(edge / 2) * 2))

const evenSize = ({ width, height }: Size): Size => ({
  width: toEven(width),
  height: toEven(height),
})

function fromShortEdge(edge: number, ratio: number): Size {
  return evenSize(
    ratio >= 1 ? { width: edge * ratio, height: edge } : { width: edge, height: edge / ratio },
  )
}

function readPixels(read: (field: string) => unknown): Size | undefined {
  const named = readImageSize(read('video_size')) ?? readImageSize(read('image_size'))
  if (named) return named
  const written = readImageSize(read('resolution'))
  // `1280x720`; the image tiers (1K, 2K) mean something else in a video.
  if (written && written.width !== written.height) return written
  const width = read('width')
  const height = read('height')
  return typeof width === 'number' && typeof height === 'number' ? { width, height } : undefined
}

/** What was sent along and may decide about the size. */
export interface SizeSources {
  readonly video?: Size | undefined
  readonly image?: Size | undefined
}

function enlarge(read: (field: string) => unknown, source: Size): Size {
  const factor = read('upscale_factor') ?? read('scale_factor') ?? read('scale') ?? 1
  const times = typeof factor === 'number' && factor > 0 ? factor : 1
  return evenSize({ width: source.width * times, height: source.height * times })
}

/**
 * The size of the video that the endpoint would make: pixels as asked; else resolution (the shorter edge)
 * and ratio; where they are open, the video's or the first frame's own; else 16:9 at 720p.
 */
export function chooseVideoSize(
  endpoint: Endpoint,
  input: JsonObject,
  { video, image }: SizeSources,
): Size {
  const read = (field: string): unknown => readField(endpoint, input, field)
  const pixels = readPixels(read)
  if (pixels) return evenSize(pixels)
  const edge = readShortEdge(read('resolution')) ?? readShortEdge(read('target_resolution'))
  const ratio = readRatio(read('aspect_ratio'))
  if (video && edge === undefined && ratio === undefined) return enlarge(read, video)
  const source = video ?? image
  const sourceRatio = source && source.width / source.height
  return fromShortEdge(edge ?? USUAL_EDGE, ratio ?? sourceRatio ?? USUAL_RATIO)
}
