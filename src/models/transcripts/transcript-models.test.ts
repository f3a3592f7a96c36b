import { describe, test } from 'vitest'

import type { TranscriptJob } from '../../job/sound/transcript-job.ts'
import { TRANSCRIPT_FAMILIES } from './families/index.ts'
import { gptTranscribe, whisper1 } from './families/openai-names.ts'
import { cohereTranscribe, nemotronAsr } from './families/others.ts'
import { findLanguage, languageName } from './find-language.ts'
import { chooseTranscriber, toTranscriptInput } from './transcript-input.ts'
import { readTranscript } from './transcript-output.ts'
import type { TranscriptModel } from './transcript-spec.ts'

const audio = { url: 'https://example.com/a.mp3', seconds: undefined }

const JOB: TranscriptJob = {
  medium: 'transcript',
  count: 1,
  model: undefined,
  audio,
  task: 'transcribe',
  language: undefined,
  prompt: undefined,
  keywords: [],
  times: 'none',
  speakers: false,
  unmet: [],
  extra: {},
}

function writeWith(model: TranscriptModel, wish: Partial<TranscriptJob> = {}) {
  const job = { ...JOB, ...wish }
  const spec = chooseTranscriber(job, model, TRANSCRIPT_FAMILIES)
  return { id: spec.id, ...toTranscriptInput(job, spec) }
}

describe('a recording in the words of a family', () => {
  test('Wizper finds the language out, unless it is told', ({ expect }) => {
    expect(writeWith(whisper1)).toEqual({
      id: 'fal-ai/wizper',
      input: { audio_url: audio.url, language: null },
      adjusted: [],
    })
    expect(writeWith(whisper1, { language: 'de', task: 'translate', prompt: 'Hm' })).toEqual({
      id: 'fal-ai/wizper',
      input: { audio_url: audio.url, language: 'de', task: 'translate' },
      adjusted: ['prompt->not-supported'],
    })
  })

  test('a temperature goes where there is one, and else is told, but for the usual one', ({
    expect,
  }) => {
    const told = (temperature: number) => writeWith(whisper1, { extra: { temperature } }).adjusted
    expect(told(0.4)).toEqual(['temperature=0.4->not-supported'])
    expect(told(0)).toEqual([])
    const warm = { ...whisper1, transcribe: { ...whisper1.transcribe, fields: ['temperature'] } }
    expect(writeWith(warm, { extra: { temperature: 0.4 } })).toMatchObject({
      input: { temperature: 0.4 },
      adjusted: [],
    })
  })

  test('the times of words come from the endpoint that tells them', ({ expect }) => {
    expect(writeWith(whisper1, { times: 'segments' }).id).toBe('fal-ai/wizper')
    expect(writeWith(whisper1, { times: 'words' })).toEqual({
      id: 'fal-ai/elevenlabs/speech-to-text/scribe-v2',
      input: { audio_url: audio.url, tag_audio_events: false, diarize: false },
      adjusted: [],
    })
  })

  test('speakers and keywords', ({ expect }) => {
    const keywords = ['ZyntriQix', 'x'.repeat(60)]
    expect(writeWith(gptTranscribe, { speakers: true, keywords, language: 'fr' })).toEqual({
      id: 'fal-ai/elevenlabs/speech-to-text/scribe-v2',
      input: {
        audio_url: audio.url,
        tag_audio_events: false,
        diarize: true,
        language_code: 'fr',
        keyterms: ['ZyntriQix'],
      },
      adjusted: ['keywords=2->1'],
    })
  })

  test('what a model cannot tell is refused with the names of those that can', ({ expect }) => {
    expect(() => writeWith(cohereTranscribe, { times: 'segments' })).toThrow('invalid_request')
    expect(() => writeWith(gptTranscribe, { task: 'translate' })).toThrow('invalid_request')
    expect(writeWith(nemotronAsr, { language: 'de' }).input).toEqual({
      audio_url: audio.url,
      language: 'de-DE',
    })
  })

  test.for([
    ['en', 'en'],
    ['EN_us', 'en-us'],
    ['de', 'German'],
    ['pt', 'Portuguese (Brazil)'],
    ['tlh', undefined],
    ['', undefined],
  ] as const)('the code %s is %s', ([code, word], { expect }) => {
    const values = ['en', 'en-us', 'German', 'Portuguese (Brazil)']
    expect(findLanguage(code, values)).toBe(word)
  })

  test('a code has a name', ({ expect }) => {
    expect([languageName('en'), languageName('eng'), languageName('?')]).toEqual([
      'english',
      'english',
      undefined,
    ])
  })
})

function heard(text: string, start: number, end: number, speaker_id = 'speaker_0') {
  return { text, start, end, type: 'word', speaker_id }
}

describe('what an endpoint wrote down', () => {
  test('words become sentences of one speaker each', ({ expect }) => {
    const space = { text: ' ', type: 'spacing' }
    const words = [
      heard('Hello', 0.1, 0.4),
      space,
      heard('there.', 0.5, 0.9),
      space,
      { text: '(laughs)', start: 0.9, end: 1, type: 'audio_event' },
      heard('Hi', 1.1, 1.2, 'speaker_1'),
    ]
    const read = readTranscript({ text: 'Hello there. Hi', language_code: 'eng', words })
    expect(read).toEqual({
      text: 'Hello there. Hi',
      language: 'en',
      seconds: 1.2,
      segments: [
        { start: 0.1, end: 0.9, text: 'Hello there.', speaker: 'speaker_0' },
        { start: 1.1, end: 1.2, text: 'Hi', speaker: 'speaker_1' },
      ],
      words: [
        { start: 0.1, end: 0.4, text: 'Hello', speaker: 'speaker_0' },
        { start: 0.5, end: 0.9, text: 'there.', speaker: 'speaker_0' },
        { start: 1.1, end: 1.2, text: 'Hi', speaker: 'speaker_1' },
      ],
    })
  })

  test('Wizper’s chunks, whose times may lack an end or go back', ({ expect }) => {
    const chunks = [
      { timestamp: [0, 2.5], text: ' One.' },
      { timestamp: [2, null], text: ' Two.' },
      { timestamp: [4, 3], text: 'Three.' },
      { timestamp: [null, null], text: '  ' },
      'nonsense',
    ]
    const read = readTranscript({ text: 'One. Two. Three.', chunks, languages: ['en'] })
    expect(read).toEqual({
      text: 'One. Two. Three.',
      language: 'en',
      seconds: 4,
      segments: [
        { start: 0, end: 2.5, text: 'One.', speaker: undefined },
        { start: 2, end: 4, text: 'Two.', speaker: undefined },
        { start: 4, end: 4, text: 'Three.', speaker: undefined },
      ],
      words: undefined,
    })
  })

  test('text alone', ({ expect }) => {
    expect(readTranscript({ output: ' Hello ', partial: false })).toEqual({
      text: 'Hello',
      language: undefined,
      seconds: undefined,
      segments: undefined,
      words: undefined,
    })
    expect(readTranscript({ text: '' }).text).toBe('')
  })

  test.for([{}, { text: null }, null, 'x', []])('%j holds none', (body, { expect }) => {
    expect(() => readTranscript(body)).toThrow('upstream_failed')
  })

  test('Chinese has no spaces, and long stretches are parted', ({ expect }) => {
    const words = Array.from('今天天气很好。我们去公园吧', (text, index) => ({
      text,
      start: index / 10,
      end: (index + 1) / 10,
    }))
    const spaced = [...words.slice(0, 3), { text: '', type: 'spacing' }, ...words.slice(3)]
    expect(readTranscript({ text: 'x', words: spaced }).segments?.map(({ text }) => text)).toEqual([
      '今天天气很好。',
      '我们去公园吧',
    ])
    const long = Array.from({ length: 60 }, (_, index) => ({
      text: 'word',
      start: index,
      end: index + 0.9,
    }))
    const segments = readTranscript({ text: 'x', words: long }).segments ?? []
    expect(Math.max(...segments.map(({ start, end }) => end - start))).toBeLessThanOrEqual(7)
  })
})
