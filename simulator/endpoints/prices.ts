import type { Picture } from '../media/pictures.ts'

export interface Price {
  readonly unit_price: number
  readonly unit: 'images' | 'megapixels'
}

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

/** For an endpoint whose price nobody wrote down; invented, as the pictures are. */
const USUAL: Price = { unit_price: 0.05, unit: 'images' }

export const priceOf = (endpoint: string): Price =>
  PRICES.find(([endpoints]) => endpoints.test(endpoint))?.[1] ?? USUAL

/** The header `x-fal-billable-units`: fal rounds megapixels up for each picture. */
export function toBillableUnits(endpoint: string, pictures: readonly Picture[]): string {
  const { unit } = priceOf(endpoint)
  const unitsOf = ({ spec }: Picture) =>
    unit === 'images' ? 1 : Math.ceil((spec.width * spec.height) / 1_000_000)
  return String(pictures.reduce((sum, picture) => sum + unitsOf(picture), 0))
}
