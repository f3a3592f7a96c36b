import { toAsciiDigits } from '../../lib/digits.ts'
import { formatPixels, parseImageSize, type Pixels, type Ratio } from '../image/image-size.ts'

/** How large a video is to be, in whichever words. `pixels` implies the other two. */
export interface VideoSize {
  readonly ratio: Ratio | undefined
  readonly pixels: Pixels | undefined
  /** The shorter edge: 720 is 720p, 2160 is 4K. */
  readonly lines: number | undefined
  /** As the caller wrote it, in plain ASCII, for `x-adjusted`. */
  readonly asWritten: string
}

/** What a size may look like, for error messages. */
export const VIDEO_SIZE_FORMS =
  'a size such as 1280x720, a ratio such as 16:9, a resolution such as 720p or 4K, or auto'

/** What people call them: a 2K screen has 1440 lines, 4K has 2160. */
const LINES_OF_K: Readonly<Record<string, number>> = {
  '1k': 1080,
  '2k': 1440,
  '3k': 1620,
  '4k': 2160,
  '8k': 4320,
}

/**
 * Reads `1280x720`, `16:9`, `720p`, `768P`, `4k`, `auto` and names such as `landscape_16_9`.
 *
 * @returns undefined when it is none of them
 */
export function parseVideoSize(text: string): VideoSize | undefined {
  const lines = linesOf(text)
  const asWritten = text.trim().toLowerCase()
  if (lines !== undefined) return { ratio: undefined, pixels: undefined, lines, asWritten }
  const size = parseImageSize(text)
  if (size === undefined) return undefined
  const { ratio, pixels } = size
  return { ratio, pixels, lines: pixels && shorterEdge(pixels), asWritten: size.asWritten }
}

/** `720p` and `768P` are as many lines, `4k` is 2160; undefined: it names no resolution. */
export function linesOf(text: string): number | undefined {
  const plain = toAsciiDigits(text.normalize('NFKC')).trim().toLowerCase()
  const match = /^(\d{3,4})p$/.exec(plain)
  if (match !== null) return Number(match[1])
  return Object.hasOwn(LINES_OF_K, plain) ? LINES_OF_K[plain] : undefined
}

/**
 * Several wishes as one: of each of shape and lines the last that says it holds.
 *
 * @returns undefined when there is none
 */
export function joinVideoSizes(sizes: readonly VideoSize[]): VideoSize | undefined {
  const [first] = sizes
  if (first === undefined || sizes.length === 1) return first
  const ratio = sizes.findLast((size) => size.ratio !== undefined)?.ratio
  const lines = sizes.findLast((size) => size.lines !== undefined)?.lines
  const whole = sizes.findLast(
    ({ pixels }) => pixels !== undefined && ratio === pixels && lines === shorterEdge(pixels),
  )
  return {
    ratio,
    lines,
    pixels: whole?.pixels,
    asWritten: [...new Set(sizes.map((size) => size.asWritten))].join(','),
  }
}

/** The pixels of a shape with so many lines, in even numbers as video needs them. */
export function pixelsOfLines(ratio: Ratio, lines: number): Pixels {
  const long = (edges: number): number => 2 * Math.round((lines * edges) / 2)
  return ratio.width >= ratio.height
    ? { width: long(ratio.width / ratio.height), height: lines }
    : { width: lines, height: long(ratio.height / ratio.width) }
}

/** `1280x720` of a shape with so many lines. */
export function formatLines(ratio: Ratio, lines: number): string {
  return formatPixels(pixelsOfLines(ratio, lines))
}

function shorterEdge({ width, height }: Pixels): number {
  return Math.min(width, height)
}
