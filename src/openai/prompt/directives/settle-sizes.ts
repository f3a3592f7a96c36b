import { parseImageSize, ratioDistance, SAME_RATIO } from '../../../job/image/image-size.ts'

/**
 * What all the sizes of a message come to: its last shape, its last resolution, and pixels of that shape.
 *
 * @param sizes as `readSize` gives them, the one that wins last
 * @returns a resolution beside pixels only when it was said after them
 */
export function settleSizes(sizes: readonly string[]): { size?: string; resolution?: string } {
  const resolution = sizes.findLastIndex(isResolution)
  const shape = sizes.findLast((size) => !isResolution(size))
  const tier = sizes[resolution]
  if (shape === undefined) return tier === undefined ? {} : { resolution: tier }
  const pixels = sizes.findLastIndex((size) => size.includes('x') && isOfOneShape(size, shape))
  const size = sizes[pixels] ?? shape
  return tier === undefined || pixels > resolution ? { size } : { size, resolution: tier }
}

function isResolution(size: string): boolean {
  return size.endsWith('K')
}

function isOfOneShape(one: string, other: string): boolean {
  const [a, b] = [parseImageSize(one)?.ratio, parseImageSize(other)?.ratio]
  return a !== undefined && b !== undefined && ratioDistance(a, b) <= SAME_RATIO
}
