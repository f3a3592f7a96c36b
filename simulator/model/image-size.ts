import type { Endpoint } from '../endpoints/endpoints.ts'
import { readField } from '../endpoints/validate-input.ts'
import { isJsonObject, type JsonObject } from '../json.ts'
import type { Size } from '../media/media-spec.ts'

/** fal's presets in px; the last four are glm-image's and wan's. */
const PRESETS: Readonly<Record<string, readonly [number, number]>> = {
  square_hd: [1024, 1024],
  square: [512, 512],
  portrait_4_3: [768, 1024],
  portrait_16_9: [576, 1024],
  landscape_4_3: [1024, 768],
  landscape_16_9: [1024, 576],
  portrait_3_2: [683, 1024],
  landscape_3_2: [1024, 683],
  portrait_hd: [1056, 1568],
  landscape_hd: [1568, 1056],
}

/** The edge of the square with as many pixels as the tier promises. */
const TIERS: Readonly<Record<string, number>> = {
  '0.5K': 512,
  '1K': 1024,
  '2K': 2048,
  '3K': 3072,
  '4K': 4096,
  '1MP': 1024,
  '4MP': 2048,
  '480P': 640,
  '720P': 960,
}

/** No image is larger than this many pixels, whatever was asked: it is drawn in memory. */
const MAX_PIXELS = 4096 ** 2

function readPreset(name: string): Size | undefined {
  const preset = PRESETS[name]
  if (preset) return { width: preset[0], height: preset[1] }
  const [, width, height] = /^(\d+)x(\d+)$/.exec(name) ?? []
  if (width !== undefined && height !== undefined) {
    return { width: Number(width), height: Number(height) }
  }
  const edge = TIERS[name.replace(/^auto_/, '')]
  return edge === undefined ? undefined : { width: edge, height: edge }
}

/** A preset's name, `WxH`, a tier, or `{width, height}`. */
export function readImageSize(value: unknown): Size | undefined {
  if (typeof value === 'string') return readPreset(value)
  if (!isJsonObject(value)) return undefined
  const { width = 512, height = 512 } = value
  return typeof width === 'number' && typeof height === 'number' ? { width, height } : undefined
}

function readRatio(value: unknown): number {
  const [, width, height] =
    typeof value === 'string' ? (/^([\d.]+):([\d.]+)$/.exec(value) ?? []) : []
  return width === undefined || height === undefined ? 1 : Number(width) / Number(height)
}

const toStep = (edge: number, step: number): number =>
  Math.max(step, Math.round(edge / step) * step)

function fromRatio(endpoint: Endpoint, input: JsonObject): Size {
  const ratio = readRatio(readField(endpoint, input, 'aspect_ratio'))
  const tier = readField(endpoint, input, 'resolution')
  // flux-pro/v1.1-ultra answers with up to 4 megapixels.
  const usual = endpoint.id.endsWith('-ultra') ? 2048 : 1024
  const edge = (typeof tier === 'string' ? TIERS[tier.toUpperCase()] : undefined) ?? usual
  const root = Math.sqrt(ratio)
  return { width: toStep(edge * root, 16), height: toStep(edge / root, 16) }
}

function fromEdges(endpoint: Endpoint, input: JsonObject): Size | undefined {
  const width = readField(endpoint, input, 'width')
  const height = readField(endpoint, input, 'height')
  return typeof width === 'number' && typeof height === 'number' ? { width, height } : undefined
}

function fitMemory({ width, height }: Size): Size {
  const scale = Math.min(1, Math.sqrt(MAX_PIXELS / (width * height)))
  return {
    width: Math.max(1, Math.floor(width * scale)),
    height: Math.max(1, Math.floor(height * scale)),
  }
}

const downTo32 = (edge: number): number => Math.max(32, Math.floor(edge / 32) * 32)

/** hidream-o1: "Dimensions are rounded down to a multiple of 32". */
function roundDown(endpoint: Endpoint, { width, height }: Size): Size {
  if (!endpoint.id.includes('hidream-o1')) return { width, height }
  return { width: downTo32(width), height: downTo32(height) }
}

function enlarge(endpoint: Endpoint, input: JsonObject, source: Size): Size {
  const factor =
    readField(endpoint, input, 'upscale_factor') ?? readField(endpoint, input, 'scale') ?? 1
  const times = typeof factor === 'number' ? factor : 1
  return { width: Math.round(source.width * times), height: Math.round(source.height * times) }
}

/**
 * The size of the image that the endpoint would make. `source` is the image to be edited, when its
 * size is known: it decides where the endpoint has no size of its own, or where "auto" was asked.
 */
export function chooseImageSize(
  endpoint: Endpoint,
  input: JsonObject,
  source: Size | undefined,
): Size {
  const asked =
    readImageSize(readField(endpoint, input, 'image_size')) ?? fromEdges(endpoint, input)
  if (asked) return fitMemory(roundDown(endpoint, asked))
  const ratio = readField(endpoint, input, 'aspect_ratio')
  if (typeof ratio === 'string' && ratio !== 'auto') return fitMemory(fromRatio(endpoint, input))
  if (source) return fitMemory(enlarge(endpoint, input, source))
  return fitMemory(fromRatio(endpoint, input))
}
