import {
  MAX_EDGE_PIXELS,
  ratioDistance,
  type Pixels,
  type Ratio,
} from '../../job/image/image-size.ts'
import type { PixelLimits } from '../model-spec.ts'

/**
 * The legal size nearest to the wanted one: rounded to the step and clamped to the limits, the shape kept
 * as well as they allow. A size that is legal already comes back unchanged.
 */
export function fitPixels(wanted: Pixels, limits: PixelLimits): Pixels {
  if (isLegal(wanted, limits)) return wanted
  const bounds = toBounds(limits)
  const shape = clampRatio(wanted, bounds)
  const ideal = scaleInto(shape, bounds)
  return nearestLegal(ideal, shape, bounds) ?? ideal
}

/** Pixels of a shape with about so many pixels in all, as near as the limits allow. */
export function pixelsOfRatio(ratio: Ratio, area: number, limits: PixelLimits): Pixels {
  const scale = Math.sqrt(area / (ratio.width * ratio.height))
  return fitPixels({ width: ratio.width * scale, height: ratio.height * scale }, limits)
}

/** Whether a size keeps to every limit. */
export function isLegal({ width, height }: Pixels, limits: PixelLimits): boolean {
  const { step, minEdge, maxEdge, minPixels, maxPixels, maxRatio } = toBounds(limits)
  const [short, long] = width < height ? [width, height] : [height, width]
  const area = width * height
  const edges = width % step === 0 && height % step === 0 && short >= minEdge && long <= maxEdge
  return edges && area >= minPixels && area <= maxPixels && long / short <= maxRatio
}

type Bounds = Required<PixelLimits>

/** All limits, the edges' at whole steps. */
function toBounds(limits: PixelLimits): Bounds {
  const { step = 1, minEdge = 1, maxEdge = MAX_EDGE_PIXELS } = limits
  return {
    step,
    minEdge: Math.max(1, Math.ceil(minEdge / step)) * step,
    maxEdge: Math.floor(maxEdge / step) * step,
    minPixels: limits.minPixels ?? 1,
    maxPixels: limits.maxPixels ?? Infinity,
    maxRatio: limits.maxRatio ?? Infinity,
  }
}

/**
 * The nearest shape that some legal size has, with as many pixels: edges and area limit it too, as
 * 16x14142 can neither grow in length nor keep its shape where 3.7 megapixels are the least.
 */
function clampRatio({ width, height }: Ratio, bounds: Bounds): Ratio {
  const { minEdge, maxEdge, minPixels, maxPixels, maxRatio } = bounds
  const most = Math.max(
    1,
    Math.min(maxRatio, maxEdge / minEdge, maxEdge ** 2 / minPixels, maxPixels / minEdge ** 2),
  )
  if (Math.max(width / height, height / width) <= most) return { width, height }
  const short = Math.sqrt((width * height) / most)
  return width > height
    ? { width: short * most, height: short }
    : { width: short, height: short * most }
}

/** The shape, scaled until edges and area keep to the limits; still fractions of a pixel. */
function scaleInto({ width, height }: Ratio, bounds: Bounds): Pixels {
  const { minEdge, maxEdge, minPixels, maxPixels } = bounds
  const short = Math.min(width, height)
  const long = Math.max(width, height)
  const least = Math.max(minEdge / short, Math.sqrt(minPixels / (width * height)))
  const most = Math.min(maxEdge / long, Math.sqrt(maxPixels / (width * height)))
  const scale = Math.min(Math.max(1, least), most)
  return { width: width * scale, height: height * scale }
}

/**
 * Steps by which the shorter edge may leave the ideal. The limits of every known endpoint are met within
 * two; a third is to spare.
 */
const REACH = 3

/**
 * The shape weighs more than the area: an image of the wrong shape is cropped, one of a few pixels more
 * or less is not noticed.
 */
function nearestLegal(ideal: Pixels, shape: Ratio, bounds: Bounds): Pixels | undefined {
  const { step, minEdge } = bounds
  const isTall = shape.height > shape.width
  const steepness = isTall ? shape.height / shape.width : shape.width / shape.height
  const middle = Math.round(Math.min(ideal.width, ideal.height) / step)
  const sizes = Array.from({ length: 2 * REACH + 1 }, (_, index) => (middle + index - REACH) * step)
    .filter((short) => short >= minEdge)
    .flatMap((short) =>
      longEdges(short, short * steepness, bounds).map((long) =>
        isTall ? { width: short, height: long } : { width: long, height: short },
      ),
    )
  const cost = (size: Pixels): number =>
    ratioDistance(size, shape) +
    Math.abs(Math.log((size.width * size.height) / (ideal.width * ideal.height))) / 2
  return sizes.toSorted((a, b) => cost(a) - cost(b))[0]
}

/** The legal longer edges nearest to the wanted one, below and above it; empty when none is legal. */
function longEdges(short: number, wanted: number, bounds: Bounds): readonly number[] {
  const { step, maxEdge, minPixels, maxPixels, maxRatio } = bounds
  const least = Math.ceil(Math.max(short, minPixels / short) / step) * step
  const most = Math.floor(Math.min(maxEdge, maxPixels / short, short * maxRatio) / step) * step
  if (least > most) return []
  return [Math.floor(wanted / step), Math.ceil(wanted / step)].map((steps) =>
    Math.min(Math.max(steps * step, least), most),
  )
}
