import { describe, test } from 'vitest'

import { ratioDistance, type Pixels } from '../../job/image/image-size.ts'
import { endpointsOf, type PixelLimits } from '../model-spec.ts'
import { FAMILIES } from './families/index.ts'
import { fitPixels, isLegal, pixelsOfRatio } from './fit-pixels.ts'

const CURATED = FAMILIES.flatMap(endpointsOf).flatMap(({ id, size }): [string, PixelLimits][] =>
  size.rule === 'pixels' ? [[id, size.limits]] : [],
)

const LIMITS: readonly [string, PixelLimits][] = [
  ...CURATED,
  ['no limits', {}],
  ['a step', { step: 64 }],
  ['edges that are no multiples of the step', { step: 32, minEdge: 500, maxEdge: 1500 }],
  ['an area', { minPixels: 921_600, maxPixels: 1_048_576 }],
  ['an area and a step', { step: 64, minPixels: 1_000_000, maxPixels: 2_000_000 }],
  ['nothing but squares', { step: 8, maxRatio: 1 }],
  ['wan-25: area and ratio', { minPixels: 589_824, maxPixels: 2_073_600, maxRatio: 4 }],
  [
    'everything',
    {
      step: 16,
      minEdge: 320,
      maxEdge: 1600,
      minPixels: 400_000,
      maxPixels: 1_600_000,
      maxRatio: 3,
    },
  ],
]

/** mulberry32: the same numbers in every run. */
function createRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

const random = createRandom(20_261_123)
/** As many small as large ones: evenly spread in log space. */
const anEdge = () => Math.max(1, Math.round(Math.exp(random() * Math.log(14_142))))
const around = (least: number, most: number) => Math.round(least + random() * (most - least))

const SIZES: readonly Pixels[] = [
  { width: 1, height: 1 },
  { width: 1, height: 14_142 },
  { width: 14_142, height: 1 },
  { width: 16, height: 14_142 },
  { width: 14_142, height: 14_142 },
  { width: 1000, height: 1001 },
  { width: 3840, height: 2160 },
  ...Array.from({ length: 100 }, () => ({ width: anEdge(), height: anEdge() })),
  ...Array.from({ length: 100 }, () => ({ width: around(200, 4200), height: around(200, 4200) })),
]

const turned = ({ width, height }: Pixels): Pixels => ({ width: height, height: width })
const show = (sizes: readonly Pixels[]) => sizes.map(({ width, height }) => `${width}x${height}`)

describe.for(LIMITS)('%s', ([, limits]) => {
  test('whatever is wanted, the size is legal and whole', ({ expect }) => {
    const wrong = SIZES.filter((size) => {
      const fitted = fitPixels(size, limits)
      const isWhole = Number.isInteger(fitted.width) && Number.isInteger(fitted.height)
      return !isWhole || !isLegal(fitted, limits)
    })
    expect(show(wrong)).toEqual([])
  })

  test('a legal size stays, and fitting twice changes nothing more', ({ expect }) => {
    const wrong = SIZES.filter((size) => {
      const fitted = fitPixels(size, limits)
      const again = fitPixels(fitted, limits)
      const isSame = again.width === fitted.width && again.height === fitted.height
      const isKept = fitted.width === size.width && fitted.height === size.height
      return !isSame || (isLegal(size, limits) && !isKept)
    })
    expect(show(wrong)).toEqual([])
  })

  test('a turned wish gives the turned size', ({ expect }) => {
    const wrong = SIZES.filter((size) => {
      const one = fitPixels(size, limits)
      const other = turned(fitPixels(turned(size), limits))
      return one.width !== other.width || one.height !== other.height
    })
    expect(show(wrong)).toEqual([])
  })

  test('a size within the limits keeps its shape and its area to within a step', ({ expect }) => {
    const { step = 1, minEdge = 1, maxEdge = 14_142, minPixels = 1, maxPixels = Infinity } = limits
    const wrong = SIZES.filter((size) => {
      const short = Math.min(size.width, size.height)
      const area = size.width * size.height
      const isInside =
        isLegal({ width: area, height: 1 }, { minPixels, maxPixels, maxEdge: Infinity }) &&
        short >= minEdge &&
        Math.max(size.width, size.height) <= maxEdge &&
        Math.max(size.width, size.height) / short <= (limits.maxRatio ?? Infinity) &&
        short > 4 * step
      if (!isInside) return false
      const fitted = fitPixels(size, limits)
      const areaError = Math.abs(Math.log((fitted.width * fitted.height) / area))
      return ratioDistance(fitted, size) > (2 * step) / short || areaError > (4 * step) / short
    })
    expect(show(wrong)).toEqual([])
  })

  test('a ratio with an area gives a legal size', ({ expect }) => {
    const wrong = SIZES.filter((size) =>
      [0.25, 1, 4, 16].some(
        (megapixels) => !isLegal(pixelsOfRatio(size, megapixels * 1_048_576, limits), limits),
      ),
    )
    expect(show(wrong)).toEqual([])
  })
})

describe('against all sizes that are legal', () => {
  const few = LIMITS.filter(([, { step = 1 }]) => step >= 16)

  test.for(few)('no legal shape is much nearer: %s', ([, limits], { expect }) => {
    const { step = 1, maxEdge = 4096 } = limits
    const edges = Array.from({ length: Math.floor(maxEdge / step) }, (_, at) => (at + 1) * step)
    const legal = edges.flatMap((width) =>
      edges.flatMap((height) => (isLegal({ width, height }, limits) ? [{ width, height }] : [])),
    )
    const logs = Float64Array.from(new Set(legal.map((size) => Math.log(size.width / size.height))))
    const wrong = SIZES.filter((size) => {
      const fitted = fitPixels(size, limits)
      const wanted = Math.log(size.width / size.height)
      const best = logs.reduce((least, log) => Math.min(least, Math.abs(log - wanted)), Infinity)
      const short = Math.min(fitted.width, fitted.height)
      return ratioDistance(fitted, size) > best + step / short
    })
    expect(show(wrong)).toEqual([])
  })
})

const limitsOf = (id: string): PixelLimits => CURATED.find(([name]) => name === id)?.[1] ?? {}

describe('what a caller of a model gets', () => {
  test.for<[string, Pixels, Pixels]>([
    ['fal-ai/flux/dev', { width: 3840, height: 2160 }, { width: 2048, height: 1152 }],
    ['fal-ai/flux/dev', { width: 1792, height: 1024 }, { width: 1792, height: 1024 }],
    ['fal-ai/flux/dev', { width: 1000, height: 1001 }, { width: 1008, height: 1008 }],
    ['openai/gpt-image-2', { width: 512, height: 512 }, { width: 816, height: 816 }],
    ['openai/gpt-image-2', { width: 3840, height: 2160 }, { width: 3840, height: 2160 }],
    ['openai/gpt-image-2', { width: 4096, height: 4096 }, { width: 2880, height: 2880 }],
    ['openai/gpt-image-2', { width: 100, height: 1000 }, { width: 480, height: 1440 }],
    [
      'fal-ai/bytedance/seedream/v4.5/text-to-image',
      { width: 1024, height: 1024 },
      { width: 1920, height: 1920 },
    ],
    [
      'fal-ai/bytedance/seedream/v4.5/text-to-image',
      { width: 1280, height: 720 },
      { width: 2560, height: 1440 },
    ],
  ])('%s: %j is %j', ([id, wanted, fitted], { expect }) => {
    expect(fitPixels(wanted, limitsOf(id))).toEqual(fitted)
  })

  test('16:9 at about a megapixel is 1360x768 in steps of 16', ({ expect }) => {
    const limits = { step: 16 }
    expect(pixelsOfRatio({ width: 16, height: 9 }, 1_048_576, limits)).toEqual({
      width: 1360,
      height: 768,
    })
  })
})
