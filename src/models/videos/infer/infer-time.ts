import type { SchemaField } from '../../schema/endpoint-schema.ts'
import type { DurationRule, FpsRule } from '../video-spec.ts'
import { secondsOf } from '../words.ts'

const FPS_FIELDS = new Set(['fps', 'frames_per_second', 'frame_rate'])
const FRAMES_FIELDS = new Set(['num_frames', 'number_of_frames'])

/** Where frames a second are said; undefined: they cannot be. */
export function inferFps(fields: readonly SchemaField[]): FpsRule | undefined {
  const field = fields.find(({ name }) => FPS_FIELDS.has(name))
  if (field === undefined) return undefined
  const { name, values, min, max } = field
  const usual = Number(field.default)
  return {
    field: name,
    ...(values !== undefined && { values }),
    ...(min !== undefined && { min }),
    ...(max !== undefined && { max }),
    ...(Number.isFinite(usual) && { default: usual }),
  }
}

/** How an endpoint is told the length: `duration`, else a number of frames. */
export function inferDuration(
  id: string,
  fields: readonly SchemaField[],
  fps: FpsRule | undefined,
): DurationRule | undefined {
  const duration = fields.find(({ name }) => name === 'duration')
  const rule = duration && inferSeconds(duration)
  if (rule !== undefined) return rule
  const frames = fields.find(({ name }) => FRAMES_FIELDS.has(name))
  // Of frame interpolation the number of frames between two.
  if (frames === undefined || frames.default === 1) return undefined
  return inferFrames(frames, fps?.default ?? usualFps(id))
}

/** Where neither a maximum nor a longer default is stated: what all models of the day make. */
const USUAL_MOST_SECONDS = 10

function inferSeconds(field: SchemaField): DurationRule | undefined {
  const { name, type, values, default: usual } = field
  const isNumber = type === 'number' || type === 'integer'
  if (isNumber && values === undefined) return inferRange(field)
  if (!isNumber && type !== 'string') return undefined
  // Free text: of nothing but the default is it known that it is taken.
  return listed(name, values ?? (typeof usual === 'string' ? [usual] : []), usual)
}

function inferRange({ name, min, max, default: usual }: SchemaField): DurationRule {
  const known = typeof usual === 'number' && usual > 0 ? usual : undefined
  return {
    rule: 'seconds',
    field: name,
    min: Math.max(1, Math.ceil(min ?? 1)),
    max: Math.floor(max ?? Math.max(USUAL_MOST_SECONDS, known ?? 0)),
    ...(known !== undefined && { default: known }),
  }
}

function listed(
  field: string,
  all: readonly (string | number)[],
  usual: SchemaField['default'],
): DurationRule | undefined {
  // `auto`, and the 0 that means the same, are what holds without a wish.
  const values = all.filter((value) => (secondsOf(value) ?? 0) > 0)
  if (values.length === 0) return undefined
  const known = values.find((value) => value === usual)
  return { rule: 'listed', field, values, ...(known !== undefined && { default: known }) }
}

function inferFrames(field: SchemaField, fps: number): DurationRule {
  const { name, type, default: said } = field
  const usual = Number(said)
  // Free text: of nothing but the default is it known that it is taken.
  const values = field.values ?? (type === 'string' ? [String(said)] : undefined)
  const known = Number.isFinite(usual) && usual > 1 ? usual : undefined
  return {
    rule: 'frames',
    field: name,
    ...framesRange(field, known),
    step: field.step ?? usualStep(known),
    ...(values !== undefined && { values }),
    ...(known !== undefined && { default: known }),
    fps,
  }
}

/** Where no limits are stated, a fourth to twice of what is made by default. */
function framesRange({ min, max }: SchemaField, usual = USUAL_FRAMES) {
  return { min: min ?? Math.ceil(usual / 4), max: max ?? 2 * usual }
}

const USUAL_FRAMES = 81

/** Video models work on groups of 8 or 4 frames and one more: 81, 121. */
function usualStep(frames: number | undefined): { readonly of: number; readonly plus: number } {
  return frames !== undefined && frames % 8 === 1 ? { of: 8, plus: 1 } : { of: 1, plus: 0 }
}

/** What families make whose schemas do not say it (their model cards). */
const FPS: readonly (readonly [RegExp, number])[] = [
  [/wan|krea|cosmos|lynx|vace/, 16],
  [/framepack/, 30],
  [/animatediff|t2v-turbo/, 8],
]

function usualFps(id: string): number {
  return FPS.find(([ids]) => ids.test(id))?.[1] ?? 24
}
