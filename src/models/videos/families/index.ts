import type { VideoFamily } from './define-family.ts'
import { geminiOmniFlash } from './google.ts'
import { happyHorse } from './happy-horse.ts'
import { kling3, kling34k, kling3Pro, kling3Turbo, kling3TurboStandard } from './kling.ts'
import { hailuo23, hailuo23Pro, minimaxH3 } from './minimax.ts'
import {
  grokVideo,
  hunyuan15,
  ltx23,
  ltx23Fast,
  lumaRay2,
  pixverse6,
  viduQ3,
  wan27,
} from './others.ts'
import { seedance15, seedance2, seedance2Fast, seedance2Mini } from './seedance.ts'
import { sora2, sora2Pro } from './sora.ts'
import { veo3, veo31, veo31Fast, veo31Lite } from './veo.ts'

/** The curated video models, in the order in which they are listed. */
export const VIDEO_FAMILIES: readonly VideoFamily[] = [
  sora2,
  sora2Pro,
  veo31,
  veo31Fast,
  veo31Lite,
  kling3Pro,
  kling3,
  kling34k,
  kling3Turbo,
  kling3TurboStandard,
  seedance2,
  seedance2Fast,
  seedance2Mini,
  seedance15,
  wan27,
  minimaxH3,
  hailuo23,
  hailuo23Pro,
  ltx23,
  ltx23Fast,
  grokVideo,
  geminiOmniFlash,
  happyHorse,
  pixverse6,
  viduQ3,
  lumaRay2,
  hunyuan15,
  veo3,
]
