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

/** A request for a transcript. */
export interface TranscriptWish {
  readonly job: TranscriptJob
  readonly format: TranscriptFormat
  /** Whether words' times are answered, and segments'. */
  readonly granularities: ReadonlySet<'word' | 'segment'>
  /** Whether the text is told in events. */
  readonly streaming: boolean
}

/** What a request says beside its fields. */
export interface TranscriptFacts {
  readonly task: TranscriptJob['task']
  readonly audio: TranscriptJob['audio']
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
export function readTranscriptionRequest(
  sent: Readonly<Record<string, unknown>>,
  { task, audio, deployment }: TranscriptFacts,
): TranscriptWish {
  const body = fromFormFields(sent)
  const given = readWith(transcriptionRequest(), body)
  const format = given.response_format ?? 'json'
  const granularities = new Set(given.timestamp_granularities ?? ['segment' as const])
  const streaming = given.stream === true
  if (streaming) refuseToStream(format)
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
      unmet: unmetIn(given),
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

/** Wishes that no model of fal's meets. What the caller wrote as text is not repeated in a header. */
function unmetIn({ languages = [], include = [], known_speaker_names: names }: Given) {
  return [
    ...(languages.length > 1 ? [`languages=${languages.length}->1`] : []),
    ...(include.includes('logprobs') ? ['include=logprobs->not-supported'] : []),
    ...(names === undefined ? [] : ['known_speaker_names->not-supported']),
  ]
}
