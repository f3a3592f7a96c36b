import type { ModelSpec } from '../../model-spec.ts'
import { flux2, flux2Flex, flux2Max, flux2Pro } from './flux-2.ts'
import {
  fluxDev,
  fluxKontext,
  fluxKontextDev,
  fluxKontextMax,
  fluxPro11,
  fluxProUltra,
  fluxSchnell,
} from './flux.ts'
import { gptImage15, gptImage1Mini, gptImage2 } from './gpt-image.ts'
import { hidreamDev, hidreamFast, hidreamFull } from './hidream.ts'
import { ideogram3 } from './ideogram.ts'
import { imagen4, imagen4Fast, imagen4Ultra } from './imagen.ts'
import { nanoBanana, nanoBanana2, nanoBananaPro } from './nano-banana.ts'
import { qwenImage2, qwenImage2Pro } from './qwen-image.ts'
import { recraft3, recraft4, recraft4Pro } from './recraft.ts'
import { seedream45, seedream5Lite, seedream5Pro } from './seedream.ts'
import { briaBackground, rembg, removeBackground } from './tools/background-removers.ts'
import {
  auraSr,
  clarityUpscaler,
  esrgan,
  ideogramUpscale,
  recraftCreative,
  recraftCrisp,
  topazUpscale,
  upscale,
} from './tools/upscalers.ts'

/** The curated models in the order of the list; the first two are the ones the first Worker had. */
export const FAMILIES: readonly ModelSpec[] = [
  imagen4,
  fluxProUltra,
  imagen4Fast,
  imagen4Ultra,
  nanoBanana2,
  nanoBananaPro,
  nanoBanana,
  gptImage2,
  gptImage15,
  gptImage1Mini,
  flux2Pro,
  flux2Max,
  flux2Flex,
  flux2,
  fluxPro11,
  fluxDev,
  fluxSchnell,
  fluxKontext,
  fluxKontextMax,
  fluxKontextDev,
  seedream5Pro,
  seedream5Lite,
  seedream45,
  ideogram3,
  recraft4Pro,
  recraft4,
  recraft3,
  qwenImage2Pro,
  qwenImage2,
  hidreamFull,
  hidreamDev,
  hidreamFast,
  upscale,
  clarityUpscaler,
  topazUpscale,
  esrgan,
  auraSr,
  recraftCrisp,
  recraftCreative,
  ideogramUpscale,
  removeBackground,
  briaBackground,
  rembg,
]
