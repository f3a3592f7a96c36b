import {
  formatPixels,
  nearestRatio,
  parseImageSize,
  ratioDistance,
  type ImageSize,
  type Pixels,
  type Ratio,
  type ResolutionTier,
} from '../../job/image/image-size.ts'
import type { SizeRule } from '../model-spec.ts'
import { SIZE_PRESETS } from '../size-presets.ts'
import { fitPixels, isLegal, pixelsOfRatio } from './fit-pixels.ts'

/** A size in an endpoint's own words. */
export interface FalSize {
  /** Fields of the input; empty: the endpoint's default holds. */
  readonly fields: Readonly<Record<string, unknown>>
  /** What will be made: `16:9` or `1024x768`; undefined: the endpoint chooses. */
  readonly chosen: string | undefined
  /** `size=1024x1024->1:1` when the wish could not be met to the letter. */
  readonly adjusted: string | undefined
}

/**
 * Says a wish for a size in the words of an endpoint, and never a value that the endpoint does not list:
 * fal ignores a wrong size without a word, and the caller pays for the wrong image.
 */
export function toFalSize(size: ImageSize | undefined, rule: SizeRule): FalSize {
  const wish = size !== undefined && (size.ratio ?? size.tier) !== undefined ? size : undefined
  if (rule.rule === 'none') {
    return { fields: {}, chosen: undefined, adjusted: note(wish, 'not-supported') }
  }
  if (wish === undefined) return { fields: {}, chosen: defaultSize(rule), adjusted: undefined }
  switch (rule.rule) {
    case 'ratio':
      return toRatio(wish, rule)
    case 'pixels':
      return toPixels(wish, rule)
    case 'listed':
      return toListed(wish, rule)
  }
}

function defaultSize(rule: Exclude<SizeRule, { rule: 'none' }>): string | undefined {
  if (rule.default === undefined) return undefined
  const preset = SIZE_PRESETS[rule.default]
  if (preset !== undefined) return formatPixels(preset)
  return rule.default.startsWith('auto') ? undefined : rule.default
}

function toRatio(wish: ImageSize, rule: Extract<SizeRule, { rule: 'ratio' }>): FalSize {
  const ratio = wish.ratio && nearestNamed(wish.ratio, rule.ratios)
  const resolution = nearestResolution(wish, rule.resolutions ?? [])
  const met =
    wish.pixels === undefined &&
    isShapeMet(wish.ratio, ratio) &&
    (wish.tier === undefined || tierOfName(resolution) === wish.tier)
  const made = [ratio, resolution].filter((part) => part !== undefined).join(',')
  return {
    fields: {
      ...(ratio && {
        aspect_ratio: rule.inside === undefined ? ratio : { [rule.inside]: ratio },
      }),
      ...(resolution && { resolution }),
    },
    chosen: ratio ?? rule.default,
    adjusted: met ? undefined : note(wish, made === '' ? 'not-supported' : made),
  }
}

/** The pixels of `1K`; what a ratio without a tier is worth where the endpoint's default says nothing else. */
const USUAL_AREA = 1024 * 1024

/** A ratio changes the shape of what the endpoint makes by default, not how much of it. */
function usualArea(rule: Extract<SizeRule, { rule: 'pixels' }>): number {
  const usual = parseImageSize(rule.default ?? 'auto')
  const area = usual?.pixels === undefined ? 0 : usual.pixels.width * usual.pixels.height
  return Math.max(USUAL_AREA * (usual?.tier ?? 1) ** 2, area)
}

function toPixels(wish: ImageSize, rule: Extract<SizeRule, { rule: 'pixels' }>): FalSize {
  const { limits, presets } = rule
  if (wish.pixels !== undefined) return exactly(fitPixels(wish.pixels, limits), wish.pixels, rule)
  if (wish.ratio === undefined) return toTier(wish, rule)
  const area = wish.tier === undefined ? usualArea(rule) : USUAL_AREA * wish.tier ** 2
  if (wish.tier === undefined && area === USUAL_AREA) {
    const preset = presets.find((name) => isPresetOf(name, wish.ratio, rule))
    const pixels = preset === undefined ? undefined : SIZE_PRESETS[preset]
    if (preset !== undefined && pixels !== undefined) {
      return { fields: { image_size: preset }, chosen: formatPixels(pixels), adjusted: undefined }
    }
  }
  const pixels = pixelsOfRatio(wish.ratio, area, limits)
  const kept = ratioDistance(pixels, wish.ratio) < 0.05 && isTierMet(wish.tier, pixels)
  return {
    fields: toFields(pixels, rule),
    chosen: formatPixels(pixels),
    adjusted: kept ? undefined : note(wish, formatPixels(pixels)),
  }
}

/** People call 3840x2160 4K and 1920x1080 2K, which is half the pixels of the square; steps round up. */
function isTierMet(tier: ResolutionTier | undefined, { width, height }: Pixels): boolean {
  if (tier === undefined) return true
  const share = (width * height) / (USUAL_AREA * tier ** 2)
  return share > 0.47 && share < 1.1
}

type PixelsRule = Extract<SizeRule, { rule: 'pixels' }>

function toFields({ width, height }: Pixels, { edges }: PixelsRule): FalSize['fields'] {
  return edges === true ? { width, height } : { image_size: { width, height } }
}

function exactly(pixels: Pixels, wanted: Pixels, rule: PixelsRule): FalSize {
  const same = pixels.width === wanted.width && pixels.height === wanted.height
  const chosen = formatPixels(pixels)
  return {
    fields: toFields(pixels, rule),
    chosen,
    adjusted: same ? undefined : `size=${formatPixels(wanted)}->${chosen}`,
  }
}

/** Only a tier: the endpoint's own `auto_2K` when it has one, else so many pixels in its usual shape. */
function toTier(wish: ImageSize, rule: Extract<SizeRule, { rule: 'pixels' }>): FalSize {
  const auto = `auto_${wish.tier}K`
  if (rule.presets.includes(auto)) {
    return { fields: { image_size: auto }, chosen: undefined, adjusted: undefined }
  }
  const usual = parseImageSize(defaultSize(rule) ?? '1:1')?.ratio ?? { width: 1, height: 1 }
  const pixels = pixelsOfRatio(usual, USUAL_AREA * (wish.tier ?? 1) ** 2, rule.limits)
  return {
    fields: toFields(pixels, rule),
    chosen: formatPixels(pixels),
    adjusted: isTierMet(wish.tier, pixels) ? undefined : note(wish, formatPixels(pixels)),
  }
}

function toListed(wish: ImageSize, rule: Extract<SizeRule, { rule: 'listed' }>): FalSize {
  const chosen = wish.ratio && nearestNamed(wish.ratio, rule.sizes)
  if (chosen === undefined) {
    return { fields: {}, chosen: defaultSize(rule), adjusted: note(wish, 'not-supported') }
  }
  const pixels = parseImageSize(chosen)?.pixels
  const met =
    wish.pixels === undefined
      ? isShapeMet(wish.ratio, chosen) && pixels !== undefined && isTierMet(wish.tier, pixels)
      : formatPixels(wish.pixels) === chosen
  return {
    fields: { image_size: chosen },
    chosen,
    adjusted: met ? undefined : note(wish, chosen),
  }
}

function isPresetOf(
  name: string,
  ratio: Ratio | undefined,
  { limits }: Extract<SizeRule, { rule: 'pixels' }>,
): boolean {
  const pixels = SIZE_PRESETS[name]
  return (
    pixels !== undefined &&
    ratio !== undefined &&
    ratioDistance(pixels, ratio) < 1e-9 &&
    isLegal(pixels, limits)
  )
}

function nearestNamed(wanted: Ratio, names: readonly string[]): string | undefined {
  const shapes = names.flatMap((name) => {
    const ratio = parseImageSize(name)?.ratio
    return ratio === undefined ? [] : [{ ...ratio, name }]
  })
  return nearestRatio(wanted, shapes)?.name
}

function isShapeMet(wanted: Ratio | undefined, name: string | undefined): boolean {
  if (wanted === undefined) return true
  const ratio = name === undefined ? undefined : parseImageSize(name)?.ratio
  return ratio !== undefined && ratioDistance(wanted, ratio) < 1e-9
}

/**
 * A tier serves when it has at least 1/1.9 of the pixels asked: DALL·E 3's 1792x1024 stays at 1K, which
 * costs less than 2K on most models, and 3840x2160 is 4K, as people call it.
 */
const TIER_SLACK = 1.9

function tierOfArea({ width, height }: Pixels): ResolutionTier {
  const wanted = (width * height) / (USUAL_AREA * TIER_SLACK)
  if (wanted <= 0.5 ** 2 / TIER_SLACK) return 0.5
  if (wanted <= 1) return 1
  return wanted <= 4 ? 2 : 4
}

function nearestResolution(wish: ImageSize, names: readonly string[]): string | undefined {
  const tier = wish.tier ?? (wish.pixels && tierOfArea(wish.pixels))
  if (tier === undefined) return undefined
  return names.reduce<string | undefined>((best, name) => {
    return best === undefined || tierDistance(name, tier) < tierDistance(best, tier) ? name : best
  }, undefined)
}

function tierDistance(name: string, tier: number): number {
  return Math.abs(Math.log((tierOfName(name) ?? 1) / tier))
}

/** `2K` or `2k` is 2; bria's `4MP` is a square of 2K. */
function tierOfName(name: string | undefined): number | undefined {
  const match = /^(\d+(?:\.\d+)?)(k|mp)$/i.exec(name ?? '')
  if (match === null) return undefined
  const value = Number(match[1])
  return match[2]?.toLowerCase() === 'mp' ? Math.sqrt(value) : value
}

function note(wish: ImageSize | undefined, made: string): string | undefined {
  return wish === undefined ? undefined : `size=${wish.asWritten}->${made}`
}
