import type { Price } from './price.ts'

const second = (unit_price: number): Price => ({ unit_price, unit: 'seconds' })
const video = (unit_price: number): Price => ({ unit_price, unit: 'videos' })

/** Public prices of video endpoints in the second half of 2026, in USD: by the second, or by the video. */
export const videoPrices: readonly (readonly [RegExp, Price])[] = [
  [/veo3(\.1)?\/lite/, second(0.05)],
  [/veo3(\.1)?\/fast/, second(0.15)],
  [/veo3/, second(0.4)],
  [/sora-2.*\/pro/, second(0.3)],
  [/sora-2/, second(0.1)],
  [/kling-video\/(v3|o3)\/4k/, second(0.42)],
  [/kling-video\/(v3|o3)\/pro/, second(0.28)],
  [/kling-video\/(v3|o3)/, second(0.252)],
  [/kling-video\/v2\.5-turbo\/pro/, second(0.07)],
  [/kling-video\/v2\.6/, second(0.14)],
  [/kling-video\/v2(\.1)?\/master/, second(0.28)],
  [/kling-video.*\/pro/, second(0.095)],
  [/kling-video/, second(0.056)],
  [/seedance-2\.\d+\/(fast|mini)/, second(0.2419)],
  [/seedance-2/, second(0.3034)],
  [/seedance/, second(0.124)],
  [/minimax\/h3/, second(0.12)],
  [/hailuo.*\/pro/, video(0.49)],
  [/hailuo/, video(0.28)],
  [/minimax\/video/, video(0.5)],
  [/wan\/v2\.[567]|wan-25/, second(0.1)],
  [/fal-ai\/wan.*video|wan-(pro|t2v|i2v|effects|vace)/, video(0.4)],
  [/ltx-2.*\/fast/, second(0.04)],
  [/ltx-2/, second(0.06)],
  [/ltx/, video(0.02)],
  [/grok-imagine-video/, second(0.05)],
  [/happy-horse/, second(0.14)],
  [/gemini-omni/, second(0.1)],
  [/pixverse/, second(0.06)],
  [/luma-dream-machine.*ray-2-flash/, video(0.2)],
  [/luma-dream-machine/, video(0.5)],
  [/hunyuan-video|mochi/, video(0.4)],
  [/cogvideox/, video(0.2)],
  [/vidu/, video(0.2)],
  [/topaz\/upscale\/video/, second(0.01)],
]
