import { once } from '../../lib/once.ts'
import type { PixelLimits } from '../model-spec.ts'

const AREA = String.raw`([\d,]+)(?:\s*[x×*]\s*([\d,]+))?`
const pixelsBetween = once(
  () =>
    new RegExp(
      String.raw`total (?:number of )?pixels (?:must be )?between ${AREA} and ${AREA}`,
      'i',
    ),
)
const LEAST_PIXELS = /minimum total image area is ([\d,]+) pixels/i
const EDGES = /(?:width and height must be between|each edge is clamped to) (\d+)(?: and |-)(\d+)/i
const MOST_EDGE = /max edge (\d+)\s*px/i
const RATIO = /aspect ratio (?:between \[?1[:/](\d+)|<= (\d+):1)/i
const STEP = /multiples? of (\d+)/i

/**
 * Limits of a size that fal states only in the words of a field's description: "Total pixels must be between
 * 512x512 and 2048x2048". Where edges or pixels may be kept to, the pixels are taken.
 */
export function readSizeProse(description: string): PixelLimits {
  const pixels = pixelsBetween().exec(description)
  const least = LEAST_PIXELS.exec(description)
  const edges = pixels === null ? EDGES.exec(description) : null
  const most = MOST_EDGE.exec(description)
  const ratio = RATIO.exec(description)
  const step = STEP.exec(description)
  return {
    ...(step && { step: toNumber(step[1]) }),
    ...(edges && { minEdge: toNumber(edges[1]), maxEdge: toNumber(edges[2]) }),
    ...(most && { maxEdge: toNumber(most[1]) }),
    ...(least && { minPixels: toNumber(least[1]) }),
    ...(pixels && {
      minPixels: toNumber(pixels[1]) * toNumber(pixels[2] ?? '1'),
      maxPixels: toNumber(pixels[3]) * toNumber(pixels[4] ?? '1'),
    }),
    ...(ratio && { maxRatio: toNumber(ratio[1] ?? ratio[2]) }),
  }
}

const MOST =
  /(?:up to|maximum of|at most|max\.?|only(?: the (?:first|last))?|between 1 and|\(1-)\s*(\d{1,6})\s*(?:[a-z]\w*\s+)?(?:images?|urls?|pictures)|(?:supports?|provide) (?:1 to|up to) (\d+)/i

/** How many images a list takes, where fal says so only in words. */
export function readMostProse(description: string): number | undefined {
  const match = MOST.exec(description)
  return match === null ? undefined : toNumber(match[1] ?? match[2])
}

/** What a number of frames, seconds or frames a second keeps to, where fal says so only in words. */
export interface NumberProse {
  readonly min?: number
  readonly max?: number
  readonly step?: Step
}

/** Numbers that are a multiple of `of` and `plus`: 81 frames are 8 × 10 + 1. */
export interface Step {
  readonly of: number
  readonly plus: number
}

const RANGE =
  /between (\d+) (?:to|and) (\d+)|from (\d+) to (\d+) seconds|\((\d+)-(\d+)(?: for [\w ]+)?\)/i
const MOST_SECONDS = /maximum (?:of )?(\d+) seconds/i
const MULTIPLE = /multiple of (\d+)(?: plus (\d+))?/i
const REMAINDER = /% (\d+) == (\d+)|\b(\d+)k\+(\d+) pattern/i

/** Reads "Must be between 17 to 161 (inclusive)", "a multiple of 12 plus 6", "Maximum 20 seconds". */
export function readNumberProse(description: string): NumberProse {
  const range = RANGE.exec(description)?.slice(1).filter(Boolean)
  const most = MOST_SECONDS.exec(description)
  const step = (MULTIPLE.exec(description) ?? REMAINDER.exec(description))?.slice(1).filter(Boolean)
  return {
    ...(range && { min: toNumber(range[0]), max: toNumber(range[1]) }),
    ...(most && { max: toNumber(most[1]) }),
    ...(step && { step: { of: toNumber(step[0]), plus: toNumber(step[1]) } }),
  }
}

/** The most characters of a prompt, where fal says so only in words. */
export function readLengthProse(description: string): number | undefined {
  const match = /\bmax(?:imum)?(?: of)? (\d{3,}) characters/i.exec(description)
  return match === null ? undefined : toNumber(match[1])
}

function toNumber(text: string | undefined): number {
  return Number((text ?? '').replaceAll(',', ''))
}
