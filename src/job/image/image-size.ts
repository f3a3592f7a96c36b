import { toAsciiDigits } from '../../lib/digits.ts'

/** A shape, in the smallest terms the caller used: 16:9 is `{ width: 16, height: 9 }`. */
export interface Ratio {
  readonly width: number
  readonly height: number
}

/** A size in pixels. */
export interface Pixels {
  readonly width: number
  readonly height: number
}

/** About how many pixels: the edge of a square in units of 1024, so `2` is 2K, some 4.2 megapixels. */
export type ResolutionTier = 0.5 | 1 | 2 | 3 | 4

/**
 * The size that a caller asked for, in whichever words. `pixels` implies `ratio`. All three undefined is
 * `auto`: the model's choice.
 */
export interface ImageSize {
  readonly ratio: Ratio | undefined
  readonly pixels: Pixels | undefined
  readonly tier: ResolutionTier | undefined
  /** As the caller wrote it, in plain ASCII, for `x-adjusted`. */
  readonly asWritten: string
}

/** Beyond this an edge is a typing mistake: a square of it has 200 megapixels. */
export const MAX_EDGE_PIXELS = 14_142

/** Below this `16x9` is a ratio. */
const LEAST_EDGE_PIXELS = 32

/** What a size may look like, for error messages. */
export const SIZE_FORMS =
  'a size such as 1024x1024, a ratio such as 16:9, 1K, 2K or 4K, a preset such as landscape_16_9, or auto'

/**
 * Reads a size in any of the customary ways: `1024x1024`, `1024×1024`, `16:9`, `16：9`, `16/9`, `2K`,
 * `square_hd`, `auto_2K`, `auto`.
 *
 * @returns undefined when it is none of them, or zero, or beyond 14,142 pixels
 */
export function parseImageSize(text: string): ImageSize | undefined {
  const plain = toPlain(text)
  const asWritten = plain.replaceAll(/\s+/g, '')
  const size = (parts: Partial<ImageSize>): ImageSize => ({
    ratio: undefined,
    pixels: undefined,
    tier: undefined,
    asWritten,
    ...parts,
  })
  if (plain === 'auto') return size({})
  const tier = /^(?:auto_)?(0\.5|[1-4])k$/.exec(plain)?.[1]
  if (tier !== undefined) return size({ tier: tierOf(Number(tier)) })
  const named = readName(plain)
  if (named !== undefined) return size({ ratio: named, pixels: named })
  const shape = readShape(plain)
  return shape && size(shape)
}

/** A size that is said by a name: a square, or which way it lies and its shape; undefined: none. */
function readName(plain: string): Pixels | undefined {
  const match = /^(?:square(_hd)?|(landscape|portrait)_(4_3|16_9))$/.exec(plain)
  if (match === null) return undefined
  const [, fine, way, ratio] = match
  const long = way === undefined && fine === undefined ? 512 : 1024
  const short = way === undefined ? long : ratio === '4_3' ? 768 : 576
  return way === 'portrait' ? { width: short, height: long } : { width: long, height: short }
}

/** `1024x768` or `16:9`; undefined: neither. */
function readShape(plain: string): Pick<Partial<ImageSize>, 'ratio' | 'pixels'> | undefined {
  const match = /^(\d{1,5}(?:\.\d{1,3})?)\s*([x*:/])\s*(\d{1,5}(?:\.\d{1,3})?)$/.exec(plain)
  if (match === null) return undefined
  const shape = { width: Number(match[1]), height: Number(match[3]) }
  if (!isShape(shape)) return undefined
  if (match[2] === ':' || match[2] === '/') return { ratio: shape }
  if (!Number.isInteger(shape.width) || !Number.isInteger(shape.height)) return undefined
  // Nobody wants 16x9 pixels.
  const isTiny = Math.max(shape.width, shape.height) < LEAST_EDGE_PIXELS
  return isTiny ? { ratio: shape } : { ratio: shape, pixels: shape }
}

function toPlain(text: string): string {
  const plain = toAsciiDigits(text.normalize('NFKC')).trim().toLowerCase()
  return plain.replaceAll('×', 'x').replaceAll('∶', ':')
}

/** The size of exactly so many pixels. */
export function sizeOfPixels(pixels: Pixels): ImageSize | undefined {
  return parseImageSize(`${pixels.width}x${pixels.height}`)
}

/**
 * What several wishes come to: a shape, and pixels of that shape or a resolution. Where two contradict,
 * the earlier one wins.
 */
export function addUpSizes(wishes: readonly (ImageSize | undefined)[]): ImageSize | undefined {
  const said = wishes.filter((one) => one !== undefined)
  const shape = said.find(({ ratio }) => ratio !== undefined)
  const amount = said.find((one) => one.tier !== undefined || isPixelsOf(one, shape))
  const tier = amount?.tier
  if (shape === undefined) return amount ?? said[0]
  if (amount === undefined) return shape
  if (tier === undefined) return amount
  const [asWritten] = shape.asWritten.split(',')
  return { ratio: shape.ratio, pixels: undefined, tier, asWritten: `${asWritten},${tier}k` }
}

function isPixelsOf({ pixels }: ImageSize, shape: ImageSize | undefined): boolean {
  const ratio = shape?.ratio
  return pixels !== undefined && ratio !== undefined && ratioDistance(pixels, ratio) <= SAME_RATIO
}

/** How far apart two shapes are: 0 when alike, the same for 2:1 against 1:1 as for 1:1 against 1:2. */
export function ratioDistance(a: Ratio, b: Ratio): number {
  return Math.abs(Math.log((a.width * b.height) / (a.height * b.width)))
}

/** The shape nearest to `wanted` in log space; of equally near ones the first. */
export function nearestRatio<Shape extends Ratio>(
  wanted: Ratio,
  shapes: readonly Shape[],
): Shape | undefined {
  return shapes.reduce<Shape | undefined>(
    (best, shape) =>
      best === undefined || ratioDistance(wanted, shape) < ratioDistance(wanted, best) - 1e-9
        ? shape
        : best,
    undefined,
  )
}

/** `1024x768`, the way in which sizes are said. */
export function formatPixels({ width, height }: Pixels): string {
  return `${width}x${height}`
}

/** Ratios that people call by name; wider ones first, the square in the middle. */
const CUSTOMARY_RATIOS: readonly Ratio[] = [
  '1:1',
  '16:9',
  '9:16',
  '4:3',
  '3:4',
  '3:2',
  '2:3',
  '21:9',
  '9:21',
  '5:4',
  '4:5',
  '2:1',
  '1:2',
].map((text) => {
  const [width = 1, height = 1] = text.split(':').map(Number)
  return { width, height }
})

/** Within this an image is called by the customary ratio's name: 1344x768 is "16:9" to people. */
export const SAME_RATIO = 0.02

/** `16:9` for a size of any kind; undefined for `auto` and for shapes that have no customary name. */
export function ratioName(shape: Ratio): string | undefined {
  const nearest = nearestRatio(shape, CUSTOMARY_RATIOS)
  return nearest !== undefined && ratioDistance(nearest, shape) <= SAME_RATIO
    ? `${nearest.width}:${nearest.height}`
    : undefined
}

function isShape({ width, height }: Ratio): boolean {
  return width > 0 && height > 0 && width <= MAX_EDGE_PIXELS && height <= MAX_EDGE_PIXELS
}

function tierOf(value: number): ResolutionTier {
  const tiers = [0.5, 1, 2, 3, 4] as const
  return tiers.find((tier) => tier === value) ?? 1
}
