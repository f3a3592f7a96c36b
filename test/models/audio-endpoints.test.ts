import { readFileSync } from 'node:fs'
import path from 'node:path'

import { describe, test } from 'vitest'
import * as z from 'zod'

import { createEndpoints, type Endpoint } from '../../simulator/endpoints/endpoints.ts'
import { toOpenApi } from '../../simulator/endpoints/openapi-document.ts'
import { createInputValidator } from '../../simulator/endpoints/validate-input.ts'
import type { Order } from '../../src/job/medium.ts'
import { ProblemError } from '../../src/job/problem.ts'
import { AUDIO_FORMATS, type SpeechJob } from '../../src/job/sound/speech-job.ts'
import type { TranscriptJob } from '../../src/job/sound/transcript-job.ts'
import { createMediumCatalogue } from '../../src/models/catalogue/medium-catalogue.ts'
import { readOpenApi } from '../../src/models/schema/read-openapi.ts'
import { voicesOf } from '../../src/models/speech/choose-voice.ts'
import { inferSpeech } from '../../src/models/speech/infer-speech.ts'
import { createSpeechKind } from '../../src/models/speech/speech-kind.ts'
import { createSpeechMedium } from '../../src/models/speech/speech-medium.ts'
import { CUSTOMARY_VOICES } from '../../src/models/speech/speech-spec.ts'
import { inferTranscript } from '../../src/models/transcripts/infer-transcript.ts'
import { createTranscriptKind } from '../../src/models/transcripts/transcript-kind.ts'
import { createTranscriptMedium } from '../../src/models/transcripts/transcript-medium.ts'
import { sampleOf } from './sample-of.ts'

const endpoints = createEndpoints([])
const complain = createInputValidator()
const CLIENT_TYPES = readFileSync(
  path.join(import.meta.dirname, '../../node_modules/@fal-ai/client/src/types/endpoints.d.ts'),
  'utf8',
)
const jsonObject = z.record(z.string(), z.json())

function endpointOf(id: string): Endpoint {
  const found = endpoints.find(id)
  if ('missing' in found) throw new Error(found.missing)
  return found.endpoint
}

/** What fal would reject of an order, and what nobody could read of what was told. */
function faultsOf({ endpoint: id, inputs, adjusted }: Order): readonly string[] {
  const endpoint = endpointOf(id)
  const known = endpoint.input.properties ?? {}
  return [
    ...inputs.flatMap((input) => {
      const sent = jsonObject.parse(JSON.parse(JSON.stringify(input)))
      return [
        ...complain(endpoint, sent).map(({ loc, msg }) => `${loc.join('.')}: ${msg}`),
        ...Object.keys(sent).flatMap((field) => (field in known ? [] : [`${field}: unknown`])),
      ]
    }),
    ...adjusted.filter((note) => !/^[\w.,:=+> ()-]+$/.test(note)).map((note) => `strange: ${note}`),
  ]
}

/** Values for whatever an endpoint must have, as a caller sends them for whom no word of OpenAI's stands. */
function neededBy(id: string): Record<string, unknown> {
  const endpoint = endpointOf(id)
  return Object.fromEntries(
    (endpoint.input.required ?? []).map((name) => [
      name,
      sampleOf(endpoint.input.properties?.[name], endpoint),
    ]),
  )
}

/** The endpoints of the table need none, and a newer one is described by fal. */
function schemaFor(isKnown: boolean): (id: string) => Promise<unknown> {
  return async (id) => {
    if (isKnown) throw new Error(`the schema of ${id} was asked of fal`)
    return toOpenApi(endpointOf(id), '')
  }
}

const TEXT = 'The quick brown fox jumps over the lazy dog.'

const SPOKEN: SpeechJob = {
  medium: 'speech',
  count: 1,
  model: undefined,
  text: TEXT,
  voice: undefined,
  instructions: undefined,
  speed: undefined,
  seconds: undefined,
  format: 'mp3',
  extra: {},
}

const EXTRA = {
  language: 'en',
  seed: 7,
  temperature: 0.5,
  sync_mode: true,
  stability: 0.3,
  voice_setting: { emotion: 'happy' },
  audio_setting: { bitrate: '128000' },
  colour: 'unknown to all',
}

const SPEECH_JOBS: readonly SpeechJob[] = [
  SPOKEN,
  ...[...CUSTOMARY_VOICES, 'Alloy', 'NOVA'].map((voice) => ({ ...SPOKEN, voice })),
  ...AUDIO_FORMATS.map((format) => ({ ...SPOKEN, format })),
  ...[0.25, 0.7, 1, 1.5, 4].map((speed) => ({ ...SPOKEN, voice: 'echo', speed })),
  ...[0.1, 1, 7.3, 30, 95, 600, 3600].map((seconds) => ({ ...SPOKEN, seconds })),
  { ...SPOKEN, instructions: 'Whisper.' },
  { ...SPOKEN, text: '猫' },
  { ...SPOKEN, text: 'x'.repeat(300) },
  { ...SPOKEN, extra: EXTRA },
  {
    ...SPOKEN,
    voice: 'fable',
    speed: 1.2,
    seconds: 5,
    instructions: 'Sing.',
    format: 'pcm',
    extra: EXTRA,
  },
]

const OPEN = { customs: [], allowed: [], isOther: () => false }

/** What is no endpoint of the table, by what fal's document says of it. */
function newerIds(known: readonly string[], fits: (id: string) => boolean): readonly string[] {
  return endpoints.ids().filter((id) => !known.includes(id) && fits(id))
}

const speakers = createMediumCatalogue(createSpeechKind(), OPEN)
const writers = createMediumCatalogue(createTranscriptKind(), OPEN)
const schemas = new Map(
  endpoints.ids().map((id) => [id, readOpenApi(id, toOpenApi(endpointOf(id), ''))]),
)

function isSpeech(id: string): boolean {
  const schema = schemas.get(id)
  return schema !== undefined && inferSpeech(schema) !== undefined
}

function isTranscript(id: string): boolean {
  const schema = schemas.get(id)
  return schema !== undefined && inferTranscript(schema) !== undefined
}

const counted = { speech: 0, transcripts: 0 }

/** The names of all models of the catalogue, then the ids of what is newer than it. */
function rowsOf(
  catalogue: typeof speakers | typeof writers,
  fits: (id: string) => boolean,
): readonly (readonly [string, boolean])[] {
  const names = catalogue.all().map(({ names: [name] }) => name)
  const known = endpoints.ids().filter((id) => catalogue.find(id) !== undefined)
  return [
    ...names.map((name) => [name, true] as const),
    ...newerIds(known, fits).map((id) => [id, false] as const),
  ]
}

const SPEAKING = rowsOf(speakers, isSpeech)

describe('every endpoint that makes sound takes every job', () => {
  const medium = createSpeechMedium(speakers)
  test.for(SPEAKING)('%s (known: %j)', async ([model, isKnown], { expect }) => {
    const schemaOf = schemaFor(isKnown)
    const found = await speakers.resolve(model, schemaOf)
    const own = voicesOf(found).map((voice) => ({ ...SPOKEN, voice }))
    const faults: string[] = []
    for (const job of [...SPEECH_JOBS, ...own]) {
      const wanted = async (extra: Readonly<Record<string, unknown>>) =>
        (await medium.plan({ ...job, model, extra }, schemaOf, () => undefined)).choices[0]
      const { endpoint } = await wanted(job.extra)
      const order = (await wanted({ ...neededBy(endpoint), ...job.extra })).toOrder()
      counted.speech += 1
      faults.push(...faultsOf(order).map((fault) => `${JSON.stringify(job)} ${fault}`))
    }
    expect(faults.slice(0, 5)).toEqual([])
  })
})

const HEARD: TranscriptJob = {
  medium: 'transcript',
  count: 1,
  model: undefined,
  audio: { url: 'https://example.com/a.mp3', seconds: undefined },
  task: 'transcribe',
  language: undefined,
  prompt: undefined,
  keywords: [],
  times: 'none',
  speakers: false,
  unmet: [],
  extra: {},
}

const TRANSCRIPT_JOBS: readonly TranscriptJob[] = [
  HEARD,
  ...['en', 'EN', 'pt-BR', 'pt_BR', 'zh', 'zh-CN', 'eng', 'tlh', 'haw', 'nb'].map((language) => ({
    ...HEARD,
    language,
  })),
  { ...HEARD, task: 'translate' },
  { ...HEARD, times: 'segments' },
  { ...HEARD, times: 'words' },
  { ...HEARD, speakers: true, times: 'segments' },
  { ...HEARD, prompt: 'ZyntriQix, Digique Plus' },
  { ...HEARD, keywords: ['ZyntriQix', 'x'.repeat(80)] },
  { ...HEARD, keywords: Array.from({ length: 200 }, (_, index) => `word ${index}`) },
  { ...HEARD, extra: { ...EXTRA, tag_audio_events: true, merge_chunks: true, use_pnc: false } },
]

const WRITING = rowsOf(writers, isTranscript)

describe('every endpoint that writes speech down takes every job that it can do', () => {
  const medium = createTranscriptMedium(writers)
  test.for(WRITING)('%s (known: %j)', async ([model, isKnown], { expect }) => {
    const schemaOf = schemaFor(isKnown)
    const faults: string[] = []
    for (const job of TRANSCRIPT_JOBS) {
      const wanted = async (extra: Readonly<Record<string, unknown>>) =>
        (await medium.plan({ ...job, model, extra }, schemaOf, () => undefined)).choices[0]
      try {
        const { endpoint } = await wanted(job.extra)
        const order = (await wanted({ ...neededBy(endpoint), ...job.extra })).toOrder()
        counted.transcripts += 1
        faults.push(...faultsOf(order).map((fault) => `${JSON.stringify(job)} ${fault}`))
      } catch (error) {
        // It cannot translate, or has no times.
        if (!(error instanceof ProblemError)) throw error
      }
    }
    expect(faults.slice(0, 5)).toEqual([])
  })

  test('and that is all of them', ({ expect }) => {
    process.stdout.write(
      `${SPEAKING.length} models that make sound (${counted.speech} requests), ${WRITING.length} that write it down (${counted.transcripts} requests)\n`,
    )
    expect(SPEAKING.length).toBeGreaterThan(100)
    expect(WRITING.length).toBeGreaterThan(14)
    expect(counted.transcripts).toBeGreaterThan(WRITING.length * 10)
  })
})

test('the table has every endpoint for sound of fal’s client', ({ expect }) => {
  const ids = endpoints.ids()
  const missing = [
    ...ids.filter((id) => isSpeech(id) && speakers.find(id) === undefined),
    ...ids.filter((id) => isTranscript(id) && writers.find(id) === undefined),
  ]
  // Newer than the client: nothing but fal describes them.
  expect(missing.filter((id) => isInClient(id))).toEqual([])
})

function isInClient(id: string): boolean {
  return CLIENT_TYPES.includes(`    "${id}": {`)
}
