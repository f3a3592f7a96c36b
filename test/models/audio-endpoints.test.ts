import { describe, test } from 'vitest'
import * as z from 'zod'

import { createEndpoints, type Endpoint } from '../../simulator/endpoints/endpoints.ts'
import { toOpenApi } from '../../simulator/endpoints/openapi-document.ts'
import { createInputValidator } from '../../simulator/endpoints/validate-input.ts'
import { AUDIO_FORMATS, type SpeechJob } from '../../src/job/sound/speech-job.ts'
import type { TranscriptJob } from '../../src/job/sound/transcript-job.ts'
import { furtherFields } from '../../src/models/audio/infer-fields.ts'
import type { EndpointSchema } from '../../src/models/schema/endpoint-schema.ts'
import { readOpenApi } from '../../src/models/schema/read-openapi.ts'
import { chooseVoice } from '../../src/models/speech/choose-voice.ts'
import { SPEECH_FAMILIES } from '../../src/models/speech/families/index.ts'
import { inferSpeech, toSpeechModel } from '../../src/models/speech/infer-speech.ts'
import { toSpeechInput } from '../../src/models/speech/speech-input.ts'
import {
  CUSTOMARY_VOICES,
  type SpeechModel,
  type SpeechSpec,
} from '../../src/models/speech/speech-spec.ts'
import { TRANSCRIPT_FAMILIES } from '../../src/models/transcripts/families/index.ts'
import {
  inferTranscript,
  toTranscriptModel,
} from '../../src/models/transcripts/infer-transcript.ts'
import {
  chooseTranscriber,
  toTranscriptInput,
} from '../../src/models/transcripts/transcript-input.ts'
import type { TranscriptModel } from '../../src/models/transcripts/transcript-spec.ts'
import { sampleOf } from './sample-of.ts'

const endpoints = createEndpoints([])
const complain = createInputValidator()
const jsonObject = z.record(z.string(), z.json())

function schemaOf(id: string): { readonly endpoint: Endpoint; readonly schema: EndpointSchema } {
  const found = endpoints.find(id)
  if ('missing' in found) throw new Error(found.missing)
  const schema = readOpenApi(id, toOpenApi(found.endpoint, ''))
  if (schema === undefined) throw new Error(`no schema of ${id}`)
  return { endpoint: found.endpoint, schema }
}

function faultsOf(id: string, input: unknown, adjusted: readonly string[]): readonly string[] {
  const { endpoint } = schemaOf(id)
  const sent = jsonObject.parse(JSON.parse(JSON.stringify(input)))
  const known = endpoint.input.properties ?? {}
  return [
    ...complain(endpoint, sent).map(({ loc, msg }) => `${loc.join('.')}: ${msg}`),
    ...Object.keys(sent).flatMap((field) => (field in known ? [] : [`${field}: unknown`])),
    ...adjusted.filter((note) => !/^[\w.,:=+> ()-]+$/.test(note)).map((note) => `strange: ${note}`),
  ]
}

/** Values for what an endpoint must have and no word of OpenAI's says. */
function neededBy(id: string, required: readonly string[] = []): Record<string, unknown> {
  const { endpoint } = schemaOf(id)
  return Object.fromEntries(
    required.map((name) => [name, sampleOf(endpoint.input.properties?.[name], endpoint)]),
  )
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

const ALL = endpoints.ids().map((id) => ({ id, ...schemaOf(id) }))

/** A curated endpoint with what its schema says of its further fields, as the catalogue has it. */
function withChecks(spec: SpeechSpec): SpeechSpec {
  const { checks } = furtherFields(schemaOf(spec.id).schema, [])
  return { ...spec, checks }
}

const SPEAKERS: readonly SpeechModel[] = [
  ...SPEECH_FAMILIES.map((model) => ({
    ...model,
    speak: withChecks(model.speak),
    more: (model.more ?? []).map(withChecks),
  })),
  ...ALL.flatMap(({ schema }) => {
    const spec = inferSpeech(schema)
    return spec === undefined ? [] : [toSpeechModel(spec)]
  }),
]

const counted = { speech: 0, transcripts: 0 }

describe('every endpoint that makes sound takes every job', () => {
  test.for(SPEAKERS.map((model) => [model.names[0], model] as const))(
    '%s',
    ([, model], { expect }) => {
      const own = model.speak.voice?.names ?? []
      const further = (model.more ?? []).flatMap(({ voice }) => voice?.names ?? [])
      const jobs = [...SPEECH_JOBS, ...[...own, ...further].map((voice) => ({ ...SPOKEN, voice }))]
      const faults = jobs.flatMap((job) => {
        const { endpoint, voice, adjusted } = chooseVoice(job.voice, model)
        const needed = neededBy(endpoint.id, endpoint.required)
        const made = toSpeechInput({ ...job, extra: { ...job.extra, ...needed } }, endpoint, voice)
        counted.speech += 1
        const notes = [...adjusted, ...made.adjusted]
        return faultsOf(endpoint.id, made.input, notes).map(
          (one) => `${JSON.stringify(job)} ${one}`,
        )
      })
      expect(faults.slice(0, 5)).toEqual([])
    },
  )
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

const WRITERS: readonly TranscriptModel[] = [
  ...TRANSCRIPT_FAMILIES,
  ...ALL.flatMap(({ schema }) => {
    const spec = inferTranscript(schema)
    return spec === undefined ? [] : [toTranscriptModel(spec)]
  }),
]

describe('every endpoint that writes speech down takes every job that it can do', () => {
  test.for(WRITERS.map((model) => [model.names[0], model] as const))(
    '%s',
    ([, model], { expect }) => {
      const faults = TRANSCRIPT_JOBS.flatMap((job) => {
        const spec = attempt(() => chooseTranscriber(job, model, []))
        if (spec === undefined) return []
        const needed = neededBy(spec.id, spec.required)
        const made = toTranscriptInput({ ...job, extra: { ...job.extra, ...needed } }, spec)
        counted.transcripts += 1
        return faultsOf(spec.id, made.input, made.adjusted).map(
          (one) => `${JSON.stringify(job)} ${one}`,
        )
      })
      expect(faults.slice(0, 5)).toEqual([])
    },
  )

  test('and that is all of them', ({ expect }) => {
    process.stdout.write(
      `${SPEAKERS.length} models that make sound (${counted.speech} requests), ${WRITERS.length} that write it down (${counted.transcripts} requests)\n`,
    )
    expect(SPEAKERS.length).toBeGreaterThan(100)
    expect(WRITERS.length).toBeGreaterThan(15)
  })
})

function attempt<Value>(make: () => Value): Value | undefined {
  try {
    return make()
  } catch {
    return undefined
  }
}
