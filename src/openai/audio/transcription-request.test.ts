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
