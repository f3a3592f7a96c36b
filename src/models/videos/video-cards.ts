import type { VideoCard, VideoDetail } from '../../job/model-card.ts'
import {
  INPUTS,
  type DurationRule,
  type VideoEndpointSpec,
  type VideoInput,
  type VideoModelSpec,
} from './video-spec.ts'
import { secondsOf } from './words.ts'

const INPUT_WORDS: Readonly<Record<VideoInput, string>> = {
  firstFrame: 'first_frame',
  lastFrame: 'last_frame',
  references: 'references',
  video: 'video',
  audio: 'audio',
}

/** What a caller may know of a video model. */
export function toVideoCard({ names, owner, endpoints }: VideoModelSpec): VideoCard {
  const [main] = endpoints
  const has = (work: VideoEndpointSpec['work']): boolean =>
    endpoints.some((one) => one.work === work)
  const inputs = INPUTS.filter((input) =>
    endpoints.some((one) => one.work === 'make' && one.inputs[input] !== undefined),
  )
  return {
    medium: 'video',
    name: names[0],
    endpoint: main?.id ?? '',
    owner,
    seconds: toSeconds(main?.duration),
    ratios: main === undefined ? [] : shapesOf(main),
    resolutions: main?.resolution?.values ?? [],
    inputs: inputs.map((input) => INPUT_WORDS[input]),
    sound: main?.sound !== undefined,
    edits: has('edit'),
    extends: has('extend'),
  }
}

function shapesOf({ pixels, ratio }: VideoEndpointSpec): readonly string[] {
  return pixels === undefined ? (ratio?.values ?? []) : ['WIDTHxHEIGHT', ...pixels.presets]
}

/** The same with the fields of its main endpoint. */
export function toVideoDetail(model: VideoModelSpec): VideoDetail {
  const [main] = model.endpoints
  const { fields = [], checks, required } = main ?? {}
  return {
    ...toVideoCard(model),
    fields: fields.map((name) => ({
      name,
      ...checks?.[name],
      ...(required?.includes(name) === true && { required: true as const }),
    })),
  }
}

function toSeconds(rule: DurationRule | undefined): VideoCard['seconds'] {
  switch (rule?.rule) {
    case undefined:
      return undefined
    case 'listed':
      return rule.values.map((value) => secondsOf(value) ?? 0)
    case 'seconds':
      return { min: rule.min, max: rule.max }
    case 'frames':
      return rule.values === undefined
        ? { min: tenths(rule.min / rule.fps), max: tenths(rule.max / rule.fps) }
        : rule.values.map((value) => tenths(Number(value) / rule.fps))
  }
}

function tenths(value: number): number {
  return Math.round(value * 10) / 10
}
