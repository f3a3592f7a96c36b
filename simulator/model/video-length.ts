import type { Endpoint } from '../endpoints/endpoints.ts'
import { readField } from '../endpoints/validate-input.ts'
import type { JsonObject } from '../json.ts'

const LENGTHS = ['duration', 'seconds', 'video_length', 'length', 'extend_duration']
const FRAME_COUNTS = ['num_frames', 'number_of_frames']
const RATES = ['fps', 'frames_per_second', 'frame_rate', 'export_fps', 'output_fps']

const USUAL_SECONDS = 5
/** Frames in a second where the endpoint has no field for it; Wan's models make 16. */
const USUAL_RATE = 24
const WAN_RATE = 16
const LONGEST = 600

/** `5`, `"5"`, `"8s"`; `auto` is nothing. */
function readSeconds(value: unknown): number | undefined {
  const [, text] =
    /^(\d+(?:\.\d+)?)\s*s?$/.exec(
      typeof value === 'number' ? String(value) : typeof value === 'string' ? value : '',
    ) ?? []
  const seconds = Number(text)
  return seconds > 0 ? seconds : undefined
}

type Read = (field: string) => unknown

function readFrames(read: Read, usualRate: number): number | undefined {
  const frames = FRAME_COUNTS.map(read).find((value) => typeof value === 'number')
  const rate = RATES.map((field) => readSeconds(read(field))).find((value) => value !== undefined)
  return typeof frames === 'number' && frames > 0 ? frames / (rate ?? usualRate) : undefined
}

function readLength(read: Read, usualRate: number): number | undefined {
  const asked = LENGTHS.map((field) => readSeconds(read(field))).find(
    (value) => value !== undefined,
  )
  return asked ?? readFrames(read, usualRate)
}

/** The length of what was sent along, in seconds. */
export interface LengthSources {
  readonly video?: number | undefined
  readonly sound?: number | undefined
}

export interface VideoLength {
  /** Of the file. */
  readonly seconds: number
  /** Of what was made anew, which is what is charged. */
  readonly made: number
}

const plain = (seconds: number): VideoLength => {
  const length = Math.min(LONGEST, seconds)
  return { seconds: length, made: length }
}

/**
 * How long the endpoint's video would be: as asked, or in frames; a video that is extended grows by that;
 * one that is edited keeps its length, and one that is driven by a sound has the sound's.
 */
export function chooseVideoLength(
  endpoint: Endpoint,
  input: JsonObject,
  { video, sound }: LengthSources,
): VideoLength {
  const usualRate = endpoint.id.includes('wan') ? WAN_RATE : USUAL_RATE
  const asked = readLength(
    (field) => (endpoint.input.properties?.[field] ? input[field] : undefined),
    usualRate,
  )
  const usual = readLength((field) => readField(endpoint, input, field), usualRate)
  if (/exten[ds]/.test(endpoint.id)) {
    const made = Math.min(LONGEST, asked ?? usual ?? USUAL_SECONDS)
    return { seconds: Math.min(LONGEST, (video ?? USUAL_SECONDS) + made), made }
  }
  return plain(asked ?? video ?? sound ?? usual ?? USUAL_SECONDS)
}
