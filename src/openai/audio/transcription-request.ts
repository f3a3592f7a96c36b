import * as z from 'zod/mini'

import { invalidRequest } from '../../job/problem.ts'
import type { TranscriptJob } from '../../job/sound/transcript-job.ts'
import { once } from '../../lib/once.ts'
import { fromFormFields } from '../images/form-fields.ts'
import { readWith } from '../read-with.ts'
import { optional } from '../schemas.ts'

/** What a transcript may be answered as. */
const TRANSCRIPT_FORMATS = ['json', 'text', 'srt', 'verbose_json', 'vtt', 'diarized_json'] as const
type TranscriptFormat = (typeof TRANSCRIPT_FORMATS)[number]

const line = once(() => z.string().check(z.maxLength(300)))
const MOST_WORDS = 1000

/** Some clients send one word where a list is meant. */
function list<Schema extends z.ZodMiniType>(schema: Schema) {
  return optional(
    z.pipe(
      z.transform((value: unknown): unknown => (Array.isArray(value) ? value : [value])),
      z.array(schema).check(z.maxLength(MOST_WORDS)),
    ),
  )
}

const fields = once(() => ({
  model: optional(line()),
  language: optional(line()),
  languages: list(line()),
  keywords: list(line()),
  prompt: optional(z.string().check(z.maxLength(32_000))),
  response_format: optional(z.enum(TRANSCRIPT_FORMATS)),
  temperature: optional(z.number().check(z.minimum(0), z.maximum(1))),
  timestamp_granularities: list(z.enum(['word', 'segment'])),
  include: list(z.string()),
  stream: optional(z.boolean()),
  known_speaker_names: list(line()),
  // fal's word for telling who speaks.
  diarize: optional(z.boolean()),
}))

/** What is sent, beside the recording. */
export const transcriptionRequest = once(() => z.object(fields()))

type Given = z.infer<ReturnType<typeof transcriptionRequest>>
type Body = Readonly<Record<string, unknown>>

/** Fields that are read into the job, that mean nothing to fal, or that name the recording. */
const notExtra = once(
  () =>
    new Set([
      ...Object.keys(fields()).filter((name) => name !== 'temperature'),
      'file',
      'url',
      'audio_url',
      'input_audio',
      'chunking_strategy',
      'known_speaker_references',
      'user',
    ]),
)

/** A request for a transcript, whose recording is where an upstream can fetch it or a reference still. */
export interface TranscriptWish<Audio = TranscriptJob['audio']> {
  readonly job: Omit<TranscriptJob, 'audio'> & { readonly audio: Audio }
  readonly format: TranscriptFormat
  /** Whether words' times are answered, and segments'. */
  readonly granularities: ReadonlySet<'word' | 'segment'>
  /** Whether the text is told in events. */
  readonly streaming: boolean
}

/** What a request says beside its fields. */
export interface TranscriptFacts<Audio> {
  readonly task: TranscriptJob['task']
  readonly audio: Audio
  /** The model in the path, as Azure's clients send it; undefined: none. */
  readonly deployment: string | undefined
}

/**
 * Reads the fields of `POST /v1/audio/transcriptions` and `/translations`, see OpenAI's API reference, "Create
 * transcription".
 *
 * @param sent a form's texts, or JSON
 * @throws ProblemError `invalid_request`
 */
export function readTranscriptionRequest<Audio>(
  sent: Body,
  { task, audio, deployment }: TranscriptFacts<Audio>,
): TranscriptWish<Audio> {
  const body = fromFormFields(sent, fields())
  const given = readWith(transcriptionRequest(), body)
  const format = given.response_format ?? 'json'
  const granularities = new Set(given.timestamp_granularities ?? ['segment' as const])
  const streaming = given.stream === true
  if (streaming) refuseToStream(format)
  refuseWordTimes(format, given)
  return {
    format,
    granularities,
    streaming,
    job: {
      medium: 'transcript',
      count: 1,
      model: given.model ?? deployment,
      audio,
      task,
      language: plain(given.language ?? given.languages?.[0]),
      prompt: plain(given.prompt),
      keywords: (given.keywords ?? []).filter((word) => word.trim() !== ''),
      times: timesFor(format, granularities),
      speakers: format === 'diarized_json' || given.diarize === true,
      unmet: unmetIn(given, body, format),
      extra: Object.fromEntries(Object.entries(body).filter(([name]) => isExtra(name))),
    },
  }
}

/** A form writes an object's fields as `chunking_strategy[type]`. */
function isExtra(name: string): boolean {
  return !notExtra().has(name.split('[')[0] ?? name)
}

function plain(text: string | undefined): string | undefined {
  return text?.trim() === '' ? undefined : text?.trim()
}

function timesFor(
  format: TranscriptFormat,
  granularities: TranscriptWish['granularities'],
): TranscriptJob['times'] {
  if (format === 'json' || format === 'text') return 'none'
  return format === 'verbose_json' && granularities.has('word') ? 'words' : 'segments'
}

/** A client that reads events could make nothing of subtitles. */
function refuseToStream(format: TranscriptFormat): void {
  if (format === 'json' || format === 'text' || format === 'diarized_json') return
  throw invalidRequest(
    'stream',
    `A transcript as '${format}' is not told in events: leave 'stream' out, or use json, text or diarized_json.`,
  )
}

/** A text of words alone would lack what was asked for, and OpenAI refuses the same. */
function refuseWordTimes(
  format: TranscriptFormat,
  { timestamp_granularities: asked }: Given,
): void {
  if (format === 'verbose_json' || asked?.includes('word') !== true) return
  throw invalidRequest(
    'timestamp_granularities',
    `Times of words need response_format 'verbose_json', not '${format}'.`,
  )
}

/**
 * Wishes that no model of fal's meets, or that the format has no place for. What the caller wrote as text is not
 * repeated in a header.
 */
function unmetIn(given: Given, body: Body, format: TranscriptFormat): readonly string[] {
  const { language = [], languages = [], include = [], timestamp_granularities: times = [] } = given
  const known = new Set([language, languages].flat()).size
  const unmet: readonly (readonly [boolean, string])[] = [
    [known > 1, `languages=${known}->1`],
    [include.length > 0, `include${isLogprobs(include) ? '=logprobs' : ''}->not-supported`],
    ...['known_speaker_names', 'known_speaker_references', 'chunking_strategy'].map(
      (field) => [isSaid(body, field), `${field}->not-supported`] as const,
    ),
    [given.diarize === true && !/^verbose|^diarized/.test(format), 'diarize=true->not-supported'],
    [
      times.length > 0 && /^json|^text/.test(format),
      'timestamp_granularities=segment->not-supported',
    ],
  ]
  return unmet.flatMap(([isUnmet, text]) => (isUnmet ? [text] : []))
}

function isLogprobs(include: readonly string[]): boolean {
  return include.every((one) => one === 'logprobs')
}

/** Chunks as the model likes them, `auto`, are what every model makes. */
function isSaid(body: Body, field: string): boolean {
  return Object.entries(body).some(
    ([name, value]) =>
      name.split('[')[0] === field && [value].flat().some((one) => (one ?? 'auto') !== 'auto'),
  )
}
