import { invalidRequest } from '../../job/problem.ts'
import type { TranscriptJob } from '../../job/sound/transcript-job.ts'
import { put, type Input } from '../audio/field-place.ts'
import { isPassedAudio } from '../audio/own-fields.ts'
import { checkRequired, passFields } from '../pass-fields.ts'
import { findLanguage } from './find-language.ts'
import type { TranscriptModel, TranscriptSpec } from './transcript-spec.ts'

/** A transcript job in one endpoint's words. */
export interface TranscriptInput {
  readonly input: Readonly<Record<string, unknown>>
  /** Wishes that were changed or left out. */
  readonly adjusted: readonly string[]
}

/**
 * Which of a model's endpoints can do a job: the first that tells what the answer needs.
 *
 * @param others all models, to name those that can what this one cannot
 * @throws ProblemError `invalid_request`: nothing is paid for an answer that would lack what was asked
 */
export function chooseTranscriber(
  job: TranscriptJob,
  model: TranscriptModel,
  others: readonly TranscriptModel[],
): TranscriptSpec {
  const able = endpointsOf(model).find((spec) => missingIn(job, spec) === undefined)
  if (able !== undefined) return able
  const lack = missingIn(job, model.transcribe) ?? LACKS.times
  const name = job.model ?? model.names[0]
  const names = others
    .filter((other) => endpointsOf(other).some((spec) => missingIn(job, spec) === undefined))
    .slice(0, EXAMPLES)
    .map((other) => other.names[0])
  const hint = names.length === 0 ? '' : ` Models that can: ${names.join(', ')}.`
  throw invalidRequest(lack.param, `The model '${name}' cannot ${lack.what}.${hint}`)
}

/** Names in a message: enough to choose from. */
const EXAMPLES = 5

function endpointsOf({ transcribe, more = [] }: TranscriptModel): readonly TranscriptSpec[] {
  return [transcribe, ...more]
}

const LACKS = {
  translate: { param: 'model', what: 'translate' },
  speakers: { param: 'response_format', what: 'tell who speaks' },
  times: {
    param: 'response_format',
    what: 'tell the times that srt, vtt, verbose_json and diarized_json need',
  },
  words: { param: 'timestamp_granularities', what: 'tell the times of single words' },
} as const

function missingIn(
  job: TranscriptJob,
  spec: TranscriptSpec,
): (typeof LACKS)[keyof typeof LACKS] | undefined {
  if (job.task === 'translate' && spec.translate === undefined) return LACKS.translate
  if (job.speakers && spec.speakers === undefined) return LACKS.speakers
  if (job.times !== 'none' && spec.times === 'none') return LACKS.times
  return job.times === 'words' && spec.times !== 'words' ? LACKS.words : undefined
}

/**
 * The one interpreter of what endpoints take that write speech down.
 *
 * @throws ProblemError `invalid_request` when a field is missing that only this endpoint has
 */
export function toTranscriptInput(job: TranscriptJob, spec: TranscriptSpec): TranscriptInput {
  const passed = passFields(job, spec, isPassedAudio)
  const timed = job.times === 'none' ? {} : spec.forTimes
  const input: Input = { ...spec.input, ...timed, ...passed.fields, [spec.audio]: job.audio.url }
  const adjusted = [...job.unmet, ...passed.adjusted]
  const { temperature } = job.extra
  // 0 is what clients send who have no wish.
  if (Number(temperature ?? 0) !== 0 && !spec.fields.includes('temperature')) {
    adjusted.push(`temperature=${Number(temperature)}->not-supported`)
  }
  if (job.task === 'translate' && spec.translate !== undefined) {
    input[spec.translate.field] = spec.translate.value
  }
  if (spec.speakers !== undefined) input[spec.speakers] = job.speakers
  putLanguage(input, adjusted, job, spec)
  putWords(input, adjusted, job, spec)
  checkRequired(input, spec)
  return { input, adjusted }
}

function putLanguage(
  input: Input,
  adjusted: string[],
  { language }: TranscriptJob,
  { language: rule }: TranscriptSpec,
): void {
  const found = language === undefined ? undefined : rule && findLanguage(language, rule.values)
  // A caller's own text is not repeated in a header.
  if (language !== undefined && found === undefined) adjusted.push('language->not-supported')
  const value = found ?? rule?.default
  if (rule !== undefined && value !== undefined) put(input, rule, value)
}

function putWords(
  input: Input,
  adjusted: string[],
  { prompt, keywords }: TranscriptJob,
  spec: TranscriptSpec,
): void {
  if (prompt !== undefined) {
    if (spec.prompt === undefined) adjusted.push('prompt->not-supported')
    else input[spec.prompt.field] = prompt
  }
  if (keywords.length === 0) return
  if (spec.keywords === undefined) {
    adjusted.push('keywords->not-supported')
    return
  }
  const { field, max = Infinity, maxLength = Infinity } = spec.keywords
  const legal = keywords.filter(({ length }) => length <= maxLength).slice(0, max)
  input[field] = legal
  if (legal.length < keywords.length) adjusted.push(`keywords=${keywords.length}->${legal.length}`)
}
