import type { MediaItem } from '../media/media-store.ts'
import type { Price } from './price.ts'
import { videoPrices } from './video-prices.ts'

/** Prices that were public in the second half of 2026, in USD; an endpoint's own id comes before its family. */
const PRICES: readonly (readonly [RegExp, Price])[] = [
  [/^fal-ai\/flux\/schnell/, { unit_price: 0.003, unit: 'megapixels' }],
  [/^fal-ai\/flux\/dev/, { unit_price: 0.025, unit: 'megapixels' }],
  [/^fal-ai\/flux-pro\/v1\.1-ultra/, { unit_price: 0.06, unit: 'images' }],
  [/^fal-ai\/flux-pro/, { unit_price: 0.04, unit: 'images' }],
  [/^fal-ai\/flux-2-pro/, { unit_price: 0.03, unit: 'megapixels' }],
  [/^fal-ai\/nano-banana-pro/, { unit_price: 0.15, unit: 'images' }],
  [/^fal-ai\/nano-banana-2/, { unit_price: 0.08, unit: 'images' }],
  [/^fal-ai\/nano-banana/, { unit_price: 0.0398, unit: 'images' }],
  [/^bytedance\/seedream\/v5\/lite/, { unit_price: 0.035, unit: 'images' }],
  [/^bytedance\/seedream\/v5\/pro/, { unit_price: 0.0675, unit: 'images' }],
  [/seedream/, { unit_price: 0.03, unit: 'images' }],
  [/^ideogram\/v4\/fast/, { unit_price: 0.0105, unit: 'megapixels' }],
  [/^ideogram\/v4/, { unit_price: 0.015, unit: 'megapixels' }],
  [/ideogram/, { unit_price: 0.06, unit: 'images' }],
  [/qwen-image-edit/, { unit_price: 0.03, unit: 'megapixels' }],
  [/qwen-image/, { unit_price: 0.02, unit: 'megapixels' }],
  [/^fal-ai\/wan\/v2\.7\/pro/, { unit_price: 0.075, unit: 'images' }],
  [/wan\/v2\.7/, { unit_price: 0.03, unit: 'images' }],
  [/grok-imagine-image/, { unit_price: 0.02, unit: 'images' }],
  [/recraft/, { unit_price: 0.04, unit: 'images' }],
]

/** For an endpoint whose price nobody wrote down; invented, as the media are. */
const USUAL: Price = { unit_price: 0.05, unit: 'images' }
const USUAL_VIDEO: Price = { unit_price: 0.1, unit: 'seconds' }

const VIDEO_LIKE = /video|veo|sora|motion|avatar|lipsync|lip-sync|animate|talking/

const find = (prices: readonly (readonly [RegExp, Price])[], endpoint: string) =>
  prices.find(([endpoints]) => endpoints.test(endpoint))?.[1]

export function priceOf(endpoint: string): Price {
  const known = find(videoPrices, endpoint) ?? find(PRICES, endpoint)
  return known ?? (VIDEO_LIKE.test(endpoint) ? USUAL_VIDEO : USUAL)
}

/** What a model made, as far as it is charged for. */
export interface Charged {
  readonly items: readonly MediaItem[]
  readonly length: { readonly made: number }
}

/** fal rounds megapixels up for each image. */
function countMegapixels({ spec }: MediaItem): number {
  return 'width' in spec ? Math.ceil((spec.width * spec.height) / 1_000_000) : 1
}

/** The header `x-fal-billable-units`: images, megapixels, seconds or videos, as the price counts. */
export function toBillableUnits(endpoint: string, { items, length }: Charged): string {
  const { unit } = priceOf(endpoint)
  if (unit === 'seconds') return String(Math.round(length.made * 1000) / 1000)
  // A preview beside a video costs nothing.
  const main = items.filter(({ spec }) => spec.kind === items[0]?.spec.kind)
  if (unit !== 'megapixels') return String(main.length)
  return String(main.reduce((sum, item) => sum + countMegapixels(item), 0))
}
