import { invalidRequest } from '../../job/problem.ts'
import type { AudioFormat, SpeechJob } from '../../job/sound/speech-job.ts'
import { lookUp, put, type Input } from '../audio/field-place.ts'
import { isPassedAudio } from '../audio/own-fields.ts'
import { lengthen } from '../lengthen.ts'
import { checkRequired, passFields } from '../pass-fields.ts'
import type { FormatRule, NumberRule, SecondsRule, SpeechSpec } from './speech-spec.ts'

/** A speech job in one endpoint's words. */
export interface SpeechInput {
  readonly input: Readonly<Record<string, unknown>>
  /** Wishes that were changed or left out; the format's part is seen at what comes. */
  readonly adjusted: readonly string[]
}

/**
 * The one interpreter of what endpoints take that make sound: says a job in the words of an endpoint.
 *
 * @param voice in the endpoint's words, see `chooseVoice`; undefined: the endpoint's own choice
 * @throws ProblemError `invalid_request` when the text is too long for the endpoint, or a field is missing
 *   that only it has
 */
export function toSpeechInput(
  job: SpeechJob,
  spec: SpeechSpec,
  voice: string | undefined,
): SpeechInput {
  const passed = passFields(job, spec, isPassedAudio)
  const input: Input = { ...spec.input, ...passed.fields }
  const adjusted = [...passed.adjusted]
  putText(input, adjusted, job, spec)
  if (spec.voice !== undefined && voice !== undefined) put(input, spec.voice, voice)
  putSpeed(input, adjusted, job.speed, spec.speed)
  putInstructions(input, adjusted, job.instructions, spec)
  putSeconds(input, adjusted, job.seconds, spec.seconds)
  putFormat(input, job.format, spec)
  checkRequired(input, spec)
  return { input, adjusted }
}

function putText(
  input: Input,
  adjusted: string[],
  { text }: SpeechJob,
  { id, text: rule }: SpeechSpec,
): void {
  if (rule === undefined) return
  if (text === '') {
    if (rule.optional === true) return
    throw invalidRequest('input', 'The input is empty: say what is to be heard.')
  }
  const { length } = Array.from(text)
  const { field, min, max = Infinity } = rule
  if (length > max) {
    throw invalidRequest(
      'input',
      `The input has ${length} characters; ${id} takes at most ${max}. Send it in parts.`,
    )
  }
  input[field] = lengthen(text, min, 'input', adjusted)
}

function putSpeed(
  input: Input,
  adjusted: string[],
  speed: number | undefined,
  rule: NumberRule | undefined,
): void {
  if (speed === undefined) return
  if (rule === undefined) {
    if (speed !== 1) adjusted.push(`speed=${speed}->not-supported`)
    return
  }
  const legal = clamp(speed, rule)
  put(input, rule, legal)
  if (legal !== speed) adjusted.push(`speed=${speed}->${legal}`)
}

function putInstructions(
  input: Input,
  adjusted: string[],
  words: string | undefined,
  { instructions: field }: SpeechSpec,
): void {
  if (words === undefined) return
  if (field === undefined) adjusted.push('instructions->not-supported')
  else input[field] = words
}

function putSeconds(
  input: Input,
  adjusted: string[],
  wish: number | undefined,
  rule: SecondsRule | undefined,
): void {
  if (rule === undefined) {
    if (wish !== undefined) adjusted.push(`seconds=${wish}->not-supported`)
    return
  }
  const seconds = wish ?? rule.required
  if (seconds === undefined) return
  const legal = nearest(clamp(rule.whole === true ? Math.round(seconds) : seconds, rule), rule)
  put(input, rule, toLength(legal, rule))
  if (wish !== undefined && legal !== wish) adjusted.push(`seconds=${wish}->${legal}`)
}

function toLength(seconds: number, { unit }: SecondsRule): number | string {
  if (unit === '95s') return `${seconds}s`
  return unit === 'ms' ? Math.round(seconds * 1000) : seconds
}

/** Of equally near lengths the shorter, which is never the dearer. */
function nearest(seconds: number, { values = [] }: SecondsRule): number {
  const sorted = [...values].toSorted(
    (a, b) => Math.abs(a - seconds) - Math.abs(b - seconds) || a - b,
  )
  return sorted[0] ?? seconds
}

/** Where the caller said the format in the endpoint's own words, those hold. */
function putFormat(
  input: Input,
  wish: AudioFormat,
  { format: rule, sampleRate }: SpeechSpec,
): void {
  if (rule === undefined || lookUp(input, rule) !== undefined) return
  const word = wordOf(wish, rule)
  if (word === undefined) return
  put(input, rule, word)
  const isBare = wish === 'pcm' || wish === 'wav'
  if (isBare && sampleRate !== undefined && lookUp(input, sampleRate) === undefined) {
    put(input, sampleRate, sampleRate.of24k)
  }
}

/** Bare samples and WAV are made of each other, so either serves for both. */
function wordOf(wish: AudioFormat, { values }: FormatRule): string | undefined {
  if (wish === 'pcm') return values.pcm ?? values.wav
  return wish === 'wav' ? (values.wav ?? values.pcm) : values[wish]
}

function clamp(value: number, { min = -Infinity, max = Infinity }: NumberRule): number {
  return Math.min(Math.max(value, min), max)
}
