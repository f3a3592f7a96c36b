import { describe, test } from 'vitest'

import { readTranscriptionRequest } from './transcription-request.ts'

const audio = { url: 'https://v3.fal.media/a.mp3', seconds: undefined }
const FACTS = { task: 'transcribe' as const, audio, deployment: undefined }

const JOB = {
  medium: 'transcript',
  count: 1,
  model: 'whisper-1',
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

describe('a request for a transcript', () => {
  test('as n8n and Open WebUI send it', ({ expect }) => {
    expect(readTranscriptionRequest({ model: 'whisper-1' }, FACTS)).toEqual({
      format: 'json',
      granularities: new Set(['segment']),
      streaming: false,
      job: JOB,
    })
  })

  test('as the SDKs send everything', ({ expect }) => {
    const sent = {
      model: 'whisper-1',
      response_format: 'verbose_json',
      language: 'en',
      prompt: 'true',
      temperature: '0.5',
      timestamp_granularities: ['word', 'segment'],
      include: ['logprobs'],
      languages: ['en', 'de'],
      keywords: ['ZyntriQix', ' '],
      'chunking_strategy[type]': 'server_vad',
      known_speaker_names: ['agent'],
      user: 'u',
    }
    expect(readTranscriptionRequest(sent, FACTS)).toEqual({
      format: 'verbose_json',
      granularities: new Set(['word', 'segment']),
      streaming: false,
      job: {
        ...JOB,
        language: 'en',
        prompt: 'true',
        keywords: ['ZyntriQix'],
        times: 'words',
        unmet: [
          'languages=2->1',
          'include=logprobs->not-supported',
          'known_speaker_names->not-supported',
          'chunking_strategy->not-supported',
        ],
        extra: { temperature: 0.5 },
      },
    })
  })

  test.for([
    ['json', 'none', false],
    ['text', 'none', false],
    ['srt', 'segments', false],
    ['vtt', 'segments', false],
    ['verbose_json', 'segments', false],
    ['diarized_json', 'segments', true],
  ] as const)('%s needs times: %s, speakers: %s', ([format, times, speakers], { expect }) => {
    const { job } = readTranscriptionRequest({ response_format: format }, FACTS)
    expect({ times: job.times, speakers: job.speakers }).toEqual({ times, speakers })
  })

  test.for<[string, Record<string, unknown>, readonly string[]]>([
    ['one language in two words', { language: 'en', languages: ['en'] }, []],
    ['two languages', { language: 'en', languages: ['de'] }, ['languages=2->1']],
    ['chunks as it likes', { chunking_strategy: 'auto' }, []],
    [
      'chunks of its own',
      { chunking_strategy: { type: 'server_vad', threshold: 0.2 } },
      ['chunking_strategy->not-supported'],
    ],
    [
      'voices to know again',
      { known_speaker_references: ['data:audio/wav;base64,UklGRg=='] },
      ['known_speaker_references->not-supported'],
    ],
    ['more in the answer', { include: ['logprobs'] }, ['include=logprobs->not-supported']],
    ['what nobody knows', { include: ['a\nb'] }, ['include->not-supported']],
    ['nothing more', { include: [], known_speaker_names: [], chunking_strategy: null }, []],
    ['speakers, where none are told', { diarize: 'true' }, ['diarize=true->not-supported']],
    ['speakers', { diarize: 'true', response_format: 'verbose_json' }, []],
    [
      'times, where none are told',
      { timestamp_granularities: ['segment'] },
      ['timestamp_granularities=segment->not-supported'],
    ],
    ['times of lines', { timestamp_granularities: ['segment'], response_format: 'srt' }, []],
    ['no times', { timestamp_granularities: [] }, []],
  ])('%s: what nobody can do is told', ([, sent, unmet], { expect }) => {
    expect(readTranscriptionRequest(sent, FACTS).job.unmet).toEqual(unmet)
  })

  test.for(['json', 'text', 'srt', 'vtt', 'diarized_json'])(
    'times of words as %s are refused: it has no place for them',
    (format, { expect }) => {
      const wish = { response_format: format, timestamp_granularities: ['segment', 'word'] }
      expect(() => readTranscriptionRequest(wish, FACTS)).toThrow(
        expect.objectContaining({
          problem: expect.objectContaining({
            kind: 'invalid_request',
            param: 'timestamp_granularities',
            message: `Times of words need response_format 'verbose_json', not '${format}'.`,
          }),
        }),
      )
    },
  )

  test('in a form a number may be a word', ({ expect }) => {
    const { job } = readTranscriptionRequest(
      { model: '7', keywords: '2024', language: 'true', languages: '["de"]', temperature: '0' },
      FACTS,
    )
    expect(job).toMatchObject({ model: '7', keywords: ['2024'], language: 'true' })
  })

  test('subtitles are not told in events', ({ expect }) => {
    const wish = { response_format: 'srt', stream: 'true' }
    expect(() => readTranscriptionRequest(wish, FACTS)).toThrow('invalid_request')
    expect(readTranscriptionRequest({ stream: 'true' }, FACTS).streaming).toBe(true)
  })

  test.for([
    { response_format: 'xml' },
    { temperature: '7' },
    { timestamp_granularities: ['minute'] },
  ])('%j is refused', (sent, { expect }) => {
    expect(() => readTranscriptionRequest(sent, FACTS)).toThrow('invalid_request')
  })
})
