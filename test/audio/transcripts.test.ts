import { parseText } from 'media-captions'
import { BadRequestError, toFile, type OpenAI } from 'openai'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'

import { startStack, type Stack } from '../support/start-stack.ts'

let stack: Stack
let spoken: Uint8Array<ArrayBuffer>

const TEXT = 'The quick brown fox jumps over the lazy dog. It was not amused at all.'

beforeAll(async () => {
  stack = await startStack()
  const speech = await stack.openai.audio.speech.create({
    model: 'tts-1',
    voice: 'alloy',
    input: TEXT,
  })
  spoken = new Uint8Array(await speech.arrayBuffer())
})
afterAll(() => stack.close())
beforeEach(() => {
  stack.fal.journal.clear()
})

function recording(name = 'speech.mp3') {
  return toFile(spoken, name, { type: 'audio/mpeg' })
}

type Wish = Omit<OpenAI.Audio.TranscriptionCreateParamsNonStreaming, 'file' | 'model'>

async function transcribe(wish: Wish & Record<string, unknown> = {}, model = 'whisper-1') {
  const answer: unknown = await stack.openai.audio.transcriptions.create({
    file: await recording(),
    model,
    ...wish,
  })
  return answer
}

function input(): unknown {
  return stack.fal.journal.jobs()[0]?.input
}

describe('what was spoken comes back word for word', () => {
  // Shows: openai-node/transcripts
  test.for([
    'whisper-1',
    'gpt-4o-transcribe',
    'gpt-4o-mini-transcribe',
    'gpt-transcribe',
    'scribe-v2',
    'wizper',
    'cohere-transcribe',
    'nemotron-asr',
  ])('%s', async (model) => {
    expect(await transcribe({}, model)).toMatchObject({ text: TEXT })
    expect(stack.fal.journal.count('submit')).toBe(1)
  })

  test('in Chinese too', async () => {
    const chinese = '今天天气很好。我们去公园吧。'
    const speech = await stack.openai.audio.speech.create({
      model: 'tts-1',
      voice: 'alloy',
      input: chinese,
    })
    const file = await toFile(await speech.arrayBuffer(), '录音.mp3')
    const { text } = await stack.openai.audio.transcriptions.create({
      file,
      model: 'gpt-transcribe',
    })
    expect(text).toBe(chinese)
  })
})

describe('every format', () => {
  test('json', async () => {
    expect(await transcribe()).toEqual({
      text: TEXT,
      languages: [{ code: 'en' }],
      usage: { type: 'duration', seconds: expect.any(Number), cost: expect.any(Number) },
    })
  })

  test('text', async () => {
    expect(await transcribe({ response_format: 'text' })).toBe(`${TEXT}\n`)
  })

  // Shows: openai-node/transcripts
  test.for(['srt', 'vtt'] as const)('%s, with times that rise', async (format) => {
    const text = await transcribe({ response_format: format })
    if (typeof text !== 'string') throw new TypeError('no text')
    const { cues, errors } = await parseText(text, { type: format, strict: true, errors: true })
    expect(errors).toEqual([])
    expect(cues.map((cue) => cue.text).join(' ')).toBe(TEXT)
    const times = cues.flatMap(({ startTime, endTime }) => [startTime, endTime])
    expect(times).toEqual(times.toSorted((a, b) => a - b))
    expect(cues.every(({ startTime, endTime }) => startTime < endTime)).toBe(true)
  })

  test('verbose_json, with segments', async () => {
    const answer = await transcribe({ response_format: 'verbose_json' })
    expect(answer).toMatchObject({ task: 'transcribe', language: 'english', text: TEXT })
    expect(answer).not.toHaveProperty('words')
    expect(answer).toHaveProperty('segments.0.start')
    expect(stack.fal.journal.jobs()[0]?.endpoint).toBe('fal-ai/wizper')
  })

  test('verbose_json, with words', async () => {
    const answer = await transcribe({
      response_format: 'verbose_json',
      timestamp_granularities: ['word', 'segment'],
    })
    expect(answer).toMatchObject({
      text: TEXT,
      words: TEXT.split(' ').map((word) => ({
        word,
        start: expect.any(Number),
        end: expect.any(Number),
      })),
    })
    expect(answer).toHaveProperty('segments.1.text', 'It was not amused at all.')
    expect(stack.fal.journal.jobs()[0]?.endpoint).toContain('scribe-v2')
  })

  test('diarized_json', async () => {
    const wish = { response_format: 'diarized_json' } as const
    expect(await transcribe(wish, 'gpt-4o-transcribe-diarize')).toMatchObject({
      task: 'transcribe',
      duration: expect.any(Number),
      text: TEXT,
      segments: [
        { type: 'transcript.text.segment', id: 'seg_0', speaker: 'A' },
        { id: 'seg_1', speaker: 'A' },
      ],
    })
    expect(input()).toMatchObject({ diarize: true })
  })
})

async function tell(model: string, wish: Record<string, unknown> = {}) {
  const stream = await stack.openai.audio.transcriptions.create({
    file: await recording(),
    model,
    stream: true,
    ...wish,
  })
  const events: unknown[] = []
  for await (const one of stream) events.push(one)
  return events
}

describe('in events', () => {
  // Shows: openai-node/transcripts
  test('deltas make the text, and done has it whole', async () => {
    expect(await tell('gpt-4o-transcribe')).toMatchObject([
      { type: 'transcript.text.delta', delta: TEXT },
      { type: 'transcript.text.done', text: TEXT },
    ])
  })

  test('diarized, the segments', async () => {
    const events = await tell('gpt-4o-transcribe-diarize', { response_format: 'diarized_json' })
    expect(events).toMatchObject([
      { type: 'transcript.text.segment', speaker: 'A' },
      { type: 'transcript.text.segment', speaker: 'A' },
      { type: 'transcript.text.done', text: TEXT },
    ])
  })
})

// Shows: openai-node/transcripts
test('a translation is asked for as one', async () => {
  const { text } = await stack.openai.audio.translations.create({
    file: await recording(),
    model: 'whisper-1',
  })
  expect(text).toContain(TEXT)
  expect(input()).toMatchObject({ task: 'translate' })
})

const BOTH = /^'(?:url|file)' and 'audio_url' stand for the same and differ/

describe('a mistake costs nothing', () => {
  test.for<[string, Record<string, unknown>, string, string]>([
    ['no times for subtitles', { response_format: 'srt' }, 'cohere-transcribe', 'response_format'],
    ['no times for vtt', { response_format: 'vtt' }, 'nemotron-asr', 'response_format'],
    [
      'no words',
      { response_format: 'verbose_json', timestamp_granularities: ['word'] },
      'wizper',
      'timestamp_granularities',
    ],
    [
      'words without a place for them',
      { timestamp_granularities: ['word'] },
      'whisper-1',
      'timestamp_granularities',
    ],
    ['no speakers', { response_format: 'diarized_json' }, 'wizper', 'response_format'],
    ['a format of nobody’s', { response_format: 'xml' }, 'whisper-1', 'response_format'],
    ['subtitles in events', { response_format: 'srt', stream: true }, 'whisper-1', 'stream'],
    ['a model that speaks', {}, 'tts-1', 'model'],
    ['a file that is empty', { file: new File([], 'a.mp3') }, 'whisper-1', 'file'],
    [
      'a file that is a page',
      { file: new File(['<!doctype html>'], 'a.mp3') },
      'whisper-1',
      'file',
    ],
  ])('%s', async ([, wish, model, param]) => {
    const error: unknown = await transcribe(wish, model).catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(BadRequestError)
    expect(error).toMatchObject({ status: 400, param })
    expect(stack.fal.journal.count('submit')).toBe(0)
  })
})

function written(): string {
  return `DATA:audio/mpeg;base64,${Buffer.from(spoken).toString('base64')}`
}

describe('a recording in JSON', () => {
  test.for<[string, () => Record<string, unknown>]>([
    ['a data URI, its scheme in capitals', () => ({ file: written() })],
    ['beside a field that nothing was put into', () => ({ file: null, url: written() })],
  ])('%s', async ([, sent]) => {
    const answer = await stack.post('/audio/transcriptions', { model: 'whisper-1', ...sent() })
    expect(await answer.json()).toMatchObject({ text: expect.stringContaining(TEXT) })
  })

  test('that differs from another is refused, and both are named', async () => {
    const other = 'https://a.example/other.mp3'
    const refused = { error: { param: 'audio_url', message: expect.stringMatching(BOTH) } }
    const sent = { model: 'whisper-1', url: written(), audio_url: other }
    expect(await (await stack.post('/audio/transcriptions', sent)).json()).toMatchObject(refused)
    const body = new FormData()
    body.append('file', await recording(), 'a.mp3')
    body.append('audio_url', other)
    const answer = await stack.request('/audio/transcriptions', { method: 'POST', body })
    expect(await answer.json()).toMatchObject(refused)
    expect(stack.fal.journal.count('submit')).toBe(0)
  })

  test.for<[string, unknown]>([
    ['url', '/api/files/1'],
    ['audio_url', 'file:///etc/passwd'],
    ['file', { name: 'a.mp3' }],
  ])('%s that leads nowhere is named: %j', async ([name, value]) => {
    const answer = await stack.post('/audio/transcriptions', { model: 'whisper-1', [name]: value })
    expect(answer.status).toBe(400)
    expect(await answer.json()).toMatchObject({ error: { param: name } })
    expect(stack.fal.journal.count('submit')).toBe(0)
  })
})
