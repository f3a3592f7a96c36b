/** What a picture of an endpoint cost when somebody last looked, in USD. Nothing is computed from it. */
interface Price {
  readonly price: string
  readonly source: keyof typeof SOURCES
}

/** Where the prices come from, and of when they are. */
export const SOURCES = {
  'pricing API': 'fal’s pricing API, September 2026',
  table: 'a public table of fal’s prices, July 2026',
  'table or API': 'one of these two, July to September 2026',
  'second hand': 'others who name fal’s price, 2026',
} as const

/** Only of endpoints whose price is known from somewhere. */
export const PRICES: Readonly<Record<string, Price>> = {
  'bytedance/seedream/v5/lite/text-to-image': { price: '0.035', source: 'table or API' },
  'bytedance/seedream/v5/pro/text-to-image': { price: '0.0675 per unit', source: 'table or API' },
  'fal-ai/bria/background/remove': { price: '0.018', source: 'second hand' },
  'fal-ai/flux-2-pro': { price: '0.03 to 0.045 per megapixel', source: 'second hand' },
  'fal-ai/flux-pro/kontext': { price: '0.04', source: 'table or API' },
  'fal-ai/flux-pro/v1.1': { price: '0.04', source: 'second hand' },
  'fal-ai/flux/dev': { price: '0.025 per megapixel', source: 'table' },
  'fal-ai/flux/schnell': { price: '0.003 per megapixel', source: 'table' },
  'fal-ai/gpt-image-1.5': {
    price: '0.009 to 0.013 at low, 0.034 to 0.051 at medium, 0.133 to 0.20 at high quality',
    source: 'table or API',
  },
  'fal-ai/hunyuan-image/v3/instruct/edit': { price: '0.09 per megapixel', source: 'table or API' },
  'fal-ai/ideogram/v3': { price: '0.06 at balanced speed', source: 'second hand' },
  'fal-ai/nano-banana': { price: '0.0398', source: 'pricing API' },
  'fal-ai/nano-banana-2': {
    price: '0.06 at 0.5K, 0.08 at 1K, 0.12 at 2K, 0.16 at 4K',
    source: 'table or API',
  },
  'fal-ai/nano-banana-pro': { price: '0.15 at 1K and 2K, 0.30 at 4K', source: 'table or API' },
  'fal-ai/nano-banana-pro/edit': { price: '0.15', source: 'table or API' },
  'fal-ai/nano-banana/edit': { price: '0.039', source: 'table or API' },
  'fal-ai/qwen-image': { price: '0.02 per megapixel', source: 'table' },
  'fal-ai/qwen-image-edit': { price: '0.03 per megapixel', source: 'table' },
  'fal-ai/recraft/v3/text-to-image': { price: '0.04', source: 'second hand' },
  'fal-ai/wan/v2.7/pro/text-to-image': { price: '0.075', source: 'table or API' },
  'fal-ai/wan/v2.7/text-to-image': { price: '0.03', source: 'table or API' },
  'openai/gpt-image-2': {
    price: 'about 0.0062 at low quality and 1024x1024',
    source: 'table or API',
  },
  'xai/grok-imagine-image': { price: '0.02', source: 'table or API' },
  'xai/grok-imagine-image/edit': { price: '0.022', source: 'table or API' },
}

/** Empty: no price is known. */
export function toPrice(id: string): string {
  const known = PRICES[id]
  return known === undefined ? '' : `${known.price} (${known.source})`
}
