import type { MediaItem } from '../../media/media-store.ts'
import type { Price } from './price.ts'
import { soundPrices } from './sound-prices.ts'
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

const USUAL_SPEECH: Price = { unit_price: 0.05, unit: '1000 characters' }
const USUAL_TRANSCRIPT: Price = { unit_price: 0.006, unit: 'minutes' }

const KINDS: readonly (readonly [RegExp, Price])[] = [
  [/speech-to-text|transcribe|\/asr|whisper|wizper/, USUAL_TRANSCRIPT],
  [/clone-voice|voice-clone|voice-design/, { unit_price: 0.5, unit: 'audios' }],
  [/tts|text-to-speech|text-to-dialogue|vibevoice|voice/, USUAL_SPEECH],
  [/video|veo|sora-|motion|avatar|lipsync|lip-sync|animate|talking/, USUAL_VIDEO],
]

/** An endpoint's own price comes before its family's, and that before its kind's. */
export function priceOf(endpoint: string): Price {
  const prices = [...soundPrices, ...videoPrices, ...PRICES, ...KINDS]
  return prices.find(([endpoints]) => endpoints.test(endpoint))?.[1] ?? USUAL
}

/** What a model made, as far as it is charged for. */
export interface Charged {
  readonly items: readonly MediaItem[]
  /** Those of the answer's main field: a preview beside a video costs nothing. */
  readonly main: readonly MediaItem[]
  /** Seconds of video that were made anew. */
  readonly length: { readonly made: number }
  /** Of the texts that were said. */
  readonly characters: number
  /** Seconds of the sound that was sent. */
  readonly heard: number
  /** Seconds of sound that were made. */
  readonly sounded: number
}

/** fal rounds megapixels up for each image. */
function countMegapixels({ spec }: MediaItem): number {
  return 'width' in spec ? Math.ceil((spec.width * spec.height) / 1_000_000) : 1
}

const round = (units: number): string => String(Math.round(units * 10_000) / 10_000)

/** Of what was made; of what was heard, when nothing was made that lasts. */
function countSeconds({ items, length, heard, sounded }: Charged): number {
  const kinds = new Set(items.map(({ spec }) => spec.kind))
  if (kinds.has('video')) return length.made
  return kinds.has('sound') ? sounded : heard
}

/** The header `x-fal-billable-units`: in whatever the endpoint's price counts. */
export function toBillableUnits(endpoint: string, charged: Charged): string {
  const { unit } = priceOf(endpoint)
  const { main } = charged
  switch (unit) {
    case 'seconds':
      return round(countSeconds(charged))
    case 'minutes':
      return round(countSeconds(charged) / 60)
    case '1000 characters':
      return round(charged.characters / 1000)
    case 'megapixels':
      return round(main.reduce((sum, item) => sum + countMegapixels(item), 0))
    default:
      return round(Math.max(1, main.length))
  }
}
