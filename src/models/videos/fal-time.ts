import type { DurationRule, FpsRule, VideoEndpointSpec } from './video-spec.ts'
import { notDearer, secondsOf } from './words.ts'

/** A length in an endpoint's own words. */
export interface FalTime {
  /** Fields of the input; empty: the endpoint's default holds. */
  readonly fields: Readonly<Record<string, unknown>>
  /** How long the video will be; undefined: the endpoint chooses. */
  readonly seconds: number | undefined
  /** Frames a second; undefined: the endpoint chooses. */
  readonly fps: number | undefined
  /** `seconds=4->5`, `fps=60->24`: wishes that could not be met to the letter. */
  readonly adjusted: readonly string[]
}

/**
 * Says wishes for a length and for frames a second in the words of an endpoint: the nearest that it takes,
 * never a longer video than asked unless there is no shorter one. Seconds are what is paid for.
 */
export function toFalTime(
  wish: { readonly seconds: number | undefined; readonly fps: number | undefined },
  { duration, fps: fpsRule }: Pick<VideoEndpointSpec, 'duration' | 'fps'>,
): FalTime {
  const fps = wish.fps === undefined ? undefined : fitFps(wish.fps, fpsRule)
  const value = wish.seconds === undefined ? undefined : fit(wish.seconds, duration, fps)
  const seconds = lengthOf(value, duration, fps)
  return {
    fields: {
      ...(fps !== undefined && fpsRule && { [fpsRule.field]: fps }),
      ...(value !== undefined && duration && { [duration.field]: value }),
    },
    seconds,
    fps: toNumber(fps) ?? fpsRule?.default,
    adjusted: [
      ...note('seconds', wish.seconds, value === undefined ? undefined : seconds),
      ...note('fps', wish.fps, toNumber(fps)),
    ],
  }
}

type Value = string | number

function fit(
  seconds: number,
  rule: DurationRule | undefined,
  fps: Value | undefined,
): Value | undefined {
  switch (rule?.rule) {
    case undefined:
      return undefined
    case 'listed':
      return notDearer(rule.values, (value) => secondsOf(value) ?? Infinity, seconds)
    case 'seconds':
      return Math.min(Math.max(Math.floor(seconds), rule.min), rule.max)
    case 'frames':
      return fitFrames(seconds * (toNumber(fps) ?? rule.fps), rule)
  }
}

type FramesRule = Extract<DurationRule, { rule: 'frames' }>

/** 5 seconds at 16 a second are 81 where frames come in groups of 8 and one more. */
function fitFrames(frames: number, { values, step, min, max }: FramesRule): Value {
  const { of, plus } = step
  if (values !== undefined) return notDearer(values, Number, frames + plus) ?? min
  const first = plus + of * Math.ceil((min - plus) / of)
  const last = plus + of * Math.floor((max - plus) / of)
  // What is left over by rounding (5 × 16.000001) is no reason to make it a group shorter.
  const near = plus + of * Math.floor((frames + 1e-6) / of)
  return Math.min(Math.max(near, first), Math.max(first, last))
}

/** Of the value sent, else of the default. */
function lengthOf(
  value: Value | undefined,
  rule: DurationRule | undefined,
  fps: Value | undefined,
): number | undefined {
  const sent = value ?? rule?.default
  if (rule === undefined || sent === undefined) return undefined
  if (rule.rule !== 'frames') return secondsOf(sent)
  const seconds = (Number(sent) - Math.min(1, rule.step.plus)) / (toNumber(fps) ?? rule.fps)
  return Math.round(seconds * 10) / 10
}

function fitFps(fps: number, rule: FpsRule | undefined): Value | undefined {
  if (rule === undefined) return undefined
  if (rule.values !== undefined) return notDearer(rule.values, Number, fps)
  return Math.min(Math.max(Math.round(fps), rule.min ?? 1), rule.max ?? MOST_FPS)
}

/** Where no limit is stated: what screens show. */
const MOST_FPS = 60

function toNumber(value: Value | undefined): number | undefined {
  return value === undefined ? undefined : Number(value)
}

function note(name: string, wish: number | undefined, made: number | undefined): readonly string[] {
  if (wish === undefined || wish === made) return []
  return [`${name}=${wish}->${made ?? 'not-supported'}`]
}
