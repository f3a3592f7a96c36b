import { afterAll, beforeAll, expect, test } from 'vitest'
import * as z from 'zod'

import { startStack, until, type Stack } from '../support/start-stack.ts'
import { checkTypes, type Sample } from './check-types.ts'
import { spoil, type Spoiler } from './spoil.ts'

/**
 * What every answer about sound must be, in the types of the installed `openai` package. What we add is named
 * here, so that nothing is added unseen.
 */
const TYPES = `
import type {
  Transcription, TranscriptionDiarized, TranscriptionSegment, TranscriptionStreamEvent, TranscriptionVerbose,
} from 'openai/resources/audio/transcriptions'
import type { Translation, TranslationVerbose } from 'openai/resources/audio/translations'
import type { ErrorObject } from 'openai/resources/shared'

/** What it cost in USD, beside the counts. */
type Priced<Of> = Of extends unknown ? {
  [Key in keyof Of]: Key extends 'usage' ? Of[Key] | (NonNullable<Of[Key]> & { cost?: number }) : Of[Key]
} : never
type Plain = Priced<Transcription>
type Diarized = Priced<TranscriptionDiarized>
/** OpenAI's own answer has a task, which its type does not know; where speakers were asked for, they stand here too. */
type Verbose = Priced<Omit<TranscriptionVerbose, 'segments'>> & {
  task: 'transcribe'
  segments?: (TranscriptionSegment & { speaker?: string })[]
}
type StreamEvent = Priced<TranscriptionStreamEvent>
/** In English whatever was spoken: which language that was is told too. */
type Translated = Translation & Pick<Plain, 'languages' | 'usage'>
type TranslatedVerbose = TranslationVerbose & Pick<Plain, 'usage'> & { task: 'translate' }

/** The package has no types of these events; by OpenAI's API reference, "Create speech". */
type SpeechEvent =
  | { type: 'speech.audio.delta'; audio: string }
  | {
      type: 'speech.audio.done'
      usage: { input_tokens: number; output_tokens: number; total_tokens: number; cost?: number }
    }

type Fault = ErrorObject & { job_id?: string }
type Failure = { error: Fault }
type FailureEvent = { type: 'error'; error: Fault; code: string | null; message: string }

/** Ours: how a job stands, and the two lists that Open WebUI fills its menus with. */
type Job = {
  id: string; object: 'speech.job' | 'transcript.job'; created_at: number; model: string; endpoint: string
  status: 'completed'
  result:
    | { object: 'audio'; model: string; url: string; content_type?: string; seconds?: number; usage?: { cost: number } }
    | (Omit<Plain, 'usage'> & {
        object: 'transcription'; model: string; duration?: number; usage?: { cost: number }
        segments?: { start: number; end: number; text: string; speaker?: string }[]
        words?: { word: string; start: number; end: number }[]
      })
}
type Voices = { voices: { id: string; name: string }[] }
type Models = { models: { id: string; name: string }[] }
`

let stack: Stack
let spoken: Uint8Array<ArrayBuffer>

beforeAll(async () => {
  stack = await startStack()
  const speech = {
    model: 'tts-1',
    voice: 'alloy',
    input: 'The quick brown fox. It was not amused.',
  }
  spoken = await (await stack.post('/audio/speech', speech)).bytes()
})
afterAll(() => stack.close())

function form(fields: Readonly<Record<string, string>>): FormData {
  const body = new FormData()
  body.append('file', new Blob([spoken]), 'speech.mp3')
  for (const [name, value] of Object.entries(fields)) {
    for (const one of value.split(' ')) body.append(name, one)
  }
  return body
}

type Use = readonly [name: string, type: string, path: string, body?: object]

const [WRITE, TRANSLATE, SPEAK] = [
  '/audio/transcriptions',
  '/audio/translations',
  '/audio/speech',
] as const
const VERBOSE = { model: 'whisper-1', response_format: 'verbose_json' }
const DIARIZED = { model: 'gpt-4o-transcribe-diarize', response_format: 'diarized_json' }
const EVENTS = { model: 'tts-1', input: 'Good evening.', stream_format: 'sse' }

const uses = (): readonly Use[] => [
  ...['whisper-1', 'gpt-4o-transcribe', 'cohere-transcribe', 'fal-ai/whisper'].map((model): Use => [
    `json of ${model}`,
    'Plain',
    WRITE,
    form({ model }),
  ]),
  ['verbose', 'Verbose', WRITE, form(VERBOSE)],
  [
    'verbose with words',
    'Verbose',
    WRITE,
    form({ ...VERBOSE, 'timestamp_granularities[]': 'word segment' }),
  ],
  [
    'verbose with speakers',
    'Verbose',
    WRITE,
    form({ ...VERBOSE, model: 'scribe-v2', diarize: 'true' }),
  ],
  ['diarized', 'Diarized', WRITE, form(DIARIZED)],
  ['stream', 'StreamEvent', WRITE, form({ model: 'gpt-4o-transcribe', stream: 'true' })],
  ['diarized stream', 'StreamEvent', WRITE, form({ ...DIARIZED, stream: 'true' })],
  ['translation', 'Translated', TRANSLATE, form({ model: 'whisper-1' })],
  ['verbose translation', 'TranslatedVerbose', TRANSLATE, form(VERBOSE)],
  ['speech in events', 'SpeechEvent', SPEAK, EVENTS],
  [
    'failing speech in events',
    'FailureEvent',
    SPEAK,
    { ...EVENTS, input: 'a [[run:300ms]] [[fail:content_policy_violation]]' },
  ],
  [
    'refused speech',
    'Failure',
    SPEAK,
    { model: 'tts-1', input: 'a [[fail:content_policy_violation]]' },
  ],
  ['no text', 'Failure', SPEAK, { model: 'tts-1' }],
  ['no model', 'Failure', SPEAK, { model: 'tts-9', input: 'a' }],
  ['no times', 'Failure', WRITE, form({ model: 'cohere-transcribe', response_format: 'srt' })],
  ['voices', 'Voices', '/audio/voices'],
  ['speakers', 'Models', '/audio/models'],
]

async function ask([name, type, path, body]: Use): Promise<readonly Sample[]> {
  const response = await (body === undefined
    ? stack.request(path)
    : body instanceof FormData
      ? stack.request(path, { method: 'POST', body })
      : stack.post(path, body))
  const text = await response.text()
  if (!/event-stream/.test(response.headers.get('content-type') ?? '')) {
    return [{ name, type, value: JSON.parse(text) }]
  }
  return [...text.matchAll(/^data: (\{.*)$/gm)].map(([, line = ''], index) => ({
    name: `${name}, event ${index}`,
    type,
    value: JSON.parse(line),
  }))
}

const told = z.looseObject({ id: z.string(), status: z.string() })

/** A job that was left to itself, when it is done. */
async function leave(name: string, path: string, body: FormData | string): Promise<Sample> {
  const headers = {
    prefer: 'respond-async',
    ...(typeof body === 'string' && { 'content-type': 'application/json' }),
  }
  const begun = await stack.request(path, { method: 'POST', body, headers })
  let value = told.parse(await begun.json())
  await until(async () => {
    value = told.parse(await (await stack.request(`/jobs/${value.id}`)).json())
    return value.status === 'completed'
  })
  return { name, type: 'Job', value }
}

/** Changes that make an answer wrong; each must be noticed. */
const SPOILERS: readonly Spoiler[] = [
  ['json of whisper-1', 'text', undefined],
  ['json of whisper-1', 'language', 'en'],
  ['json of gpt-4o-transcribe', 'usage', { type: 'seconds', seconds: 1 }],
  ['verbose', 'duration', '1.5'],
  ['verbose', 'language', undefined],
  ['verbose', 'segments', [{ id: 0, start: 0, end: 1, text: 'a' }]],
  ['verbose with words', 'words', [{ word: 'a', start: '0', end: 1 }]],
  ['diarized', 'task', 'translate'],
  ['diarized', 'segments', [{ id: 'seg_0', start: 0, end: 1, text: 'a', speaker: 'A' }]],
  ['stream, event 0', 'delta', undefined],
  ['stream, event 1', 'type', 'transcript.text.end'],
  ['diarized stream, event 0', 'speaker', 1],
  ['translation', 'text', ['a']],
  ['speech in events, event 0', 'audio', undefined],
  ['refused speech', 'error', { message: 'No.' }],
  ['spoken job', 'result', {}],
]

// Shows: openai-node/types
test('every answer about sound has the type of the official package, and a wrong one is noticed', async () => {
  const asked: Sample[] = []
  for (const use of uses()) asked.push(...(await ask(use)))
  asked.push(
    await leave('spoken job', SPEAK, JSON.stringify({ model: 'tts-1', input: 'Good evening.' })),
    await leave('written job', WRITE, form({ model: 'scribe-v2' })),
  )
  const types = asked.flatMap(
    ({ value }) => z.object({ type: z.string() }).safeParse(value).data ?? [],
  )
  expect([...new Set(types.map(({ type }) => type))].toSorted()).toEqual([
    'error',
    'speech.audio.delta',
    'speech.audio.done',
    'transcript.text.delta',
    'transcript.text.done',
    'transcript.text.segment',
  ])
  const spoilt = spoil(asked, SPOILERS)
  const faults = await checkTypes(TYPES, [...asked, ...spoilt])
  const wrong = new Set(spoilt.map(({ name }) => name))
  expect(Object.entries(faults).filter(([name]) => !wrong.has(name))).toEqual([])
  expect(Object.keys(faults).toSorted()).toEqual([...wrong].toSorted())
}, 90_000)
