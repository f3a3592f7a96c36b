import {
  formatPixels,
  nearestRatio,
  parseImageSize,
  ratioDistance,
  type Pixels,
  type Ratio,
} from '../../job/image/image-size.ts'
import { formatLines, linesOf, pixelsOfLines, type VideoSize } from '../../job/video/video-size.ts'
import { fitPixels } from '../images/fit-pixels.ts'
import { SIZE_PRESETS } from '../size-presets.ts'
import type { PixelRule, VideoEndpointSpec, WordRule } from './video-spec.ts'
import { notDearer } from './words.ts'

/** A size in an endpoint's own words. */
export interface FalLook {
  /** Fields of the input; empty: the endpoint's default holds. */
  readonly fields: Readonly<Record<string, unknown>>
  /** What will be made: `1280x720`, or `16:9` or `720p` where no more is known; undefined: the endpoint chooses. */
  readonly size: string | undefined
  /** `size=1024x1792->9:16,720p` when the wish could not be met to the letter. */
  readonly adjusted: readonly string[]
}

type Rules = Pick<VideoEndpointSpec, 'ratio' | 'resolution' | 'pixels'>

/** 704 lines are 720p to people, and 1088 are 1080p: so much more than asked is not dearer. */
const LINES_SLACK = 1.03

/**
 * Says a wish for a size in the words of an endpoint: the nearest shape that it lists, and the resolution
 * that is nearest without being dearer.
 *
 * @param shape that of the first frame: what is made of an image keeps it, where the caller has no wish
 */
export function toFalLook(
  wish: VideoSize | undefined,
  rules: Rules,
  shape: Ratio | undefined,
): FalLook {
  const size = (wish?.ratio ?? wish?.lines) === undefined ? undefined : wish
  const { pixels } = rules
  if (pixels !== undefined) return toPixels(size, pixels, shape)
  return toWords(size, rules, shape)
}

function toWords(wish: VideoSize | undefined, rules: Rules, shape: Ratio | undefined): FalLook {
  const sent = {
    ratio: rules.ratio && chooseRatio(wish?.ratio, rules.ratio, shape),
    resolution: rules.resolution && chooseResolution(wish?.lines, rules.resolution),
  }
  const made = {
    ratio: sent.ratio ?? rules.ratio?.default,
    resolution: sent.resolution ?? rules.resolution?.default,
  }
  // Without a field for the shape the video has that of the image.
  const known = made.ratio === undefined ? shape : parseImageSize(made.ratio)?.ratio
  const pixels = pixelsIn(made.ratio)
  return {
    fields: { ...fieldOf(rules.ratio, sent.ratio), ...fieldOf(rules.resolution, sent.resolution) },
    size: pixels ? formatPixels(pixels) : describe(known, made.resolution),
    adjusted: noteWords(wish, sent),
  }
}

function fieldOf(rule: WordRule | undefined, word: string | undefined): Record<string, string> {
  return rule === undefined || word === undefined ? {} : { [rule.field]: word }
}

/** Without a wish a shape is sent where the endpoint would make one of its own, or must be told. */
function chooseRatio(
  wish: Ratio | undefined,
  rule: WordRule,
  shape: Ratio | undefined,
): string | undefined {
  const keeps = rule.default === undefined ? undefined : shape
  const wanted = wish ?? keeps ?? (rule.required === true ? SQUARE : undefined)
  return wanted && nearestWord(wanted, rule)
}

const SQUARE: Ratio = { width: 1, height: 1 }

/** Where it must be told and there is no wish, the cheapest. */
function chooseResolution(
  lines: number | undefined,
  { values, required }: WordRule,
): string | undefined {
  if (lines === undefined && required !== true) return undefined
  return notDearer(values, (word) => linesOf(word) ?? Infinity, lines ?? 0, LINES_SLACK)
}

function nearestWord(wanted: Ratio, { values }: WordRule): string | undefined {
  const shapes = values.flatMap((name) => {
    const ratio = parseImageSize(name)?.ratio
    return ratio === undefined ? [] : [{ ...ratio, name }]
  })
  return nearestRatio(wanted, shapes)?.name
}

function describe(ratio: Ratio | undefined, resolution: string | undefined): string | undefined {
  const lines = resolution === undefined ? undefined : linesOf(resolution)
  if (ratio === undefined) return resolution
  return lines === undefined ? `${ratio.width}:${ratio.height}` : formatLines(ratio, lines)
}

interface Words {
  readonly ratio: string | undefined
  readonly resolution: string | undefined
}

function noteWords(wish: VideoSize | undefined, made: Words): readonly string[] {
  if (wish === undefined) return []
  const shape = made.ratio === undefined ? undefined : parseImageSize(made.ratio)?.ratio
  const shapeMet =
    wish.ratio === undefined || (shape !== undefined && ratioDistance(wish.ratio, shape) < 1e-9)
  const lines = made.resolution === undefined ? undefined : linesOf(made.resolution)
  const linesMet = wish.lines === undefined || lines === wish.lines
  const words = [made.ratio, made.resolution].filter((word) => word !== undefined)
  const said = words.length === 0 ? 'not-supported' : words.join(',')
  return shapeMet && linesMet ? [] : [`size=${wish.asWritten}->${said}`]
}

/** The pixels of 720p; what a shape without lines is worth where the endpoint's default says nothing else. */
const USUAL_LINES = 720

function toPixels(wish: VideoSize | undefined, rule: PixelRule, shape: Ratio | undefined): FalLook {
  const usual = pixelsIn(rule.default)
  const exact = exactPixels(wish, usual, shape)
  if (exact === undefined) return { fields: {}, size: usual && formatPixels(usual), adjusted: [] }
  const preset = rule.presets.find((name) => samePixels(SIZE_PRESETS[name], exact))
  const pixels = preset === undefined ? fitBelow(exact, rule.limits) : exact
  const fields = { [rule.field]: preset ?? pixels }
  return { fields, size: formatPixels(pixels), adjusted: notePixels(wish, pixels) }
}

/** What is wanted; undefined: nothing, and nothing is known that should be kept. */
function exactPixels(
  wish: VideoSize | undefined,
  usual: Pixels | undefined,
  shape: Ratio | undefined,
): Pixels | undefined {
  if (wish?.pixels !== undefined) return wish.pixels
  const kept = usual && shape
  if (wish === undefined && kept === undefined) return undefined
  return pixelsOf(wish?.ratio ?? kept ?? usual, wish?.lines, usual)
}

function pixelsIn(name: string | undefined): Pixels | undefined {
  return name === undefined ? undefined : parseImageSize(name)?.pixels
}

function notePixels(wish: VideoSize | undefined, made: Pixels): readonly string[] {
  if (wish === undefined || isMet(wish, made)) return []
  return [`size=${wish.asWritten}->${formatPixels(made)}`]
}

function pixelsOf(
  ratio: Ratio = { width: 16, height: 9 },
  lines: number | undefined,
  usual: Pixels | undefined,
): Pixels {
  return pixelsOfLines(ratio, lines ?? (usual ? Math.min(usual.width, usual.height) : USUAL_LINES))
}

/** Pixels are paid for: rounded to the step they are not to be more than asked, but for the slack. */
function fitBelow(wanted: Pixels, limits: PixelRule['limits']): Pixels {
  const near = fitPixels(wanted, limits)
  const most = wanted.width * wanted.height * LINES_SLACK
  if (near.width * near.height <= most) return near
  const { step = 1 } = limits
  const down = (edge: number): number => Math.floor(edge / step) * step
  const lower = fitPixels({ width: down(wanted.width), height: down(wanted.height) }, limits)
  return lower.width * lower.height < near.width * near.height ? lower : near
}

function isMet(wish: VideoSize, made: Pixels): boolean {
  if (wish.pixels !== undefined) return samePixels(wish.pixels, made)
  const shapeMet = wish.ratio === undefined || ratioDistance(wish.ratio, made) < 0.05
  const lines = Math.min(made.width, made.height)
  const linesMet = wish.lines === undefined || Math.abs(Math.log(lines / wish.lines)) < 0.05
  return shapeMet && linesMet
}

function samePixels(a: Pixels | undefined, b: Pixels): boolean {
  return a?.width === b.width && a.height === b.height
}
