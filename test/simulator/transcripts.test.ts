import { afterAll, beforeAll, describe, test } from 'vitest'
import { z } from 'zod'

import { readSoundFacts } from '../../simulator/media/sound/sound-facts.ts'
import { startSimulator, type Simulator } from '../../simulator/start-simulator.ts'
import { createCaller, type Caller } from './caller.ts'

let simulator: Simulator
let caller: Caller

beforeAll(async () => {
  simulator = await startSimulator()
  caller = createCaller(simulator)
})
afterAll(() => simulator.close())

const TEXT = 'Good morning, dear well-known friend. How are you? 今天天气很好。'

const spoken = z.object({ audio: z.object({ url: z.url() }) })

async function speak(text: string, endpoint = 'fal-ai/elevenlabs/tts/eleven-v3'): Promise<string> {
  const { body } = await caller.finish(endpoint, { text })
  return spoken.parse(body).audio.url
}

async function download(url: string): Promise<Buffer> {
  return Buffer.from(await (await fetch(url)).arrayBuffer())
}

/** As a caller's file comes: through storage, as bytes that nobody knows. */
async function upload(bytes: Buffer, file_name = 'speech.bin'): Promise<string> {
  const input = { file_name, content_type: 'audio/mpeg' }
  const { body } = await caller.call('/rest/storage/upload/initiate', { method: 'POST', input })
  const { upload_url, file_url } = z.object({ upload_url: z.url(), file_url: z.url() }).parse(body)
  await fetch(upload_url, { method: 'PUT', body: new Uint8Array(bytes) })
  return file_url
}

const WIZPER = 'fal-ai/wizper'
const WHISPER = 'fal-ai/whisper'
const SCRIBE = 'fal-ai/elevenlabs/speech-to-text/scribe-v2'

const piece = z.object({
  timestamp: z.tuple([z.number(), z.number()]),
  text: z.string(),
  speaker: z.string().optional(),
})
const whisperAnswer = z.object({
  text: z.string(),
  chunks: z.array(piece),
  languages: z.array(z.string()).optional(),
  inferred_languages: z.array(z.string()).optional(),
  diarization_segments: z.array(z.object({ speaker: z.string() })).optional(),
})
const scribeAnswer = z.object({
  text: z.string(),
  language_code: z.string(),
  language_probability: z.number(),
  words: z.array(
    z.object({
      text: z.string(),
      start: z.number(),
      end: z.number(),
      type: z.enum(['word', 'spacing']),
      speaker_id: z.string().optional(),
    }),
  ),
})

async function hear<T>(schema: z.ZodType<T>, endpoint: string, input: object): Promise<T> {
  const { body } = await caller.finish(endpoint, input)
  return schema.parse(body)
}

describe('word for word', () => {
  test.for([
    ['MP3', 'fal-ai/elevenlabs/tts/eleven-v3'],
    ['WAV', 'fal-ai/chatterbox/text-to-speech'],
  ])('what it spoke itself, uploaded as %s', async ([, endpoint], { expect }) => {
    const url = await upload(await download(await speak(TEXT, endpoint)))
    for (const model of [WIZPER, WHISPER, SCRIBE]) {
      const { text } = await hear(z.object({ text: z.string() }), model, { audio_url: url })
      expect(text).toBe(TEXT)
    }
    const answer = z.object({ output: z.string(), partial: z.literal(false) })
    const { output } = await hear(answer, 'fal-ai/speech-to-text', { audio_url: url })
    expect(output).toBe(TEXT)
  })

  test('in a data URI, but not one of the type that fal refuses', async ({ expect }) => {
    const wav = await download(await speak(TEXT, 'fal-ai/chatterbox/text-to-speech'))
    const base64 = wav.toString('base64')
    const taken = await caller.finish(WIZPER, { audio_url: `data:audio/x-wav;base64,${base64}` })
    expect(taken).toMatchObject({ status: 200, body: { text: TEXT } })
    const refused = await caller.finish(WIZPER, { audio_url: `data:audio/wav;base64,${base64}` })
    expect(refused.status).toBe(422)
    expect(refused.body).toMatchObject({ detail: [{ type: 'unsupported_audio_format' }] })
  })

  test('every other sound has a stated text; what is no sound is refused', async ({ expect }) => {
    const { body } = await caller.finish(WIZPER, { audio_url: 'https://example.com/a.mp3' })
    expect(body).toMatchObject({ text: expect.stringContaining('cannot hear') })
    const url = await upload(Buffer.from('{"no": "sound"}'))
    const refused = await caller.finish(WIZPER, { audio_url: url })
    expect(refused.status).toBe(422)
    expect(refused.body).toMatchObject({
      detail: [{ type: 'unsupported_audio_format', loc: ['body', 'audio_url'] }],
    })
  })
})

describe('times', () => {
  test('rise and fit the length of the sound', async ({ expect }) => {
    const url = await speak(TEXT)
    const seconds = readSoundFacts(await download(url))?.seconds ?? 0
    for (const chunk_level of ['segment', 'word']) {
      const { chunks } = await hear(whisperAnswer, WHISPER, { audio_url: url, chunk_level })
      const times = chunks.flatMap(({ timestamp }) => timestamp)
      expect(times).toEqual(times.toSorted((one, other) => one - other))
      expect(times[0]).toBeGreaterThanOrEqual(0)
      expect(times.at(-1)).toBeLessThanOrEqual(seconds)
    }
    const { words } = await hear(scribeAnswer, SCRIBE, { audio_url: url })
    const times = words.flatMap(({ start, end }) => [start, end])
    expect(times).toEqual(times.toSorted((one, other) => one - other))
    expect(words.map(({ text }) => text).join('')).toBe(TEXT)
  })
})

describe('shapes', () => {
  test('chunks by segment, by word, or none', async ({ expect }) => {
    const audio_url = await speak(TEXT)
    const ask = async (chunk_level: string) =>
      (await hear(whisperAnswer, WHISPER, { audio_url, chunk_level })).chunks.length
    expect([await ask('segment'), await ask('word'), await ask('none')]).toEqual([3, 11, 0])
    expect(await hear(whisperAnswer, WIZPER, { audio_url })).toMatchObject({ languages: ['zh'] })
  })

  test('speakers, where they are asked for: every line is another turn', async ({ expect }) => {
    const audio_url = await speak('Hello Eve.\nHello Bob.')
    const plain = await hear(whisperAnswer, WHISPER, { audio_url })
    expect(plain.chunks.map(({ speaker }) => speaker)).toEqual([undefined, undefined])
    const told = await hear(whisperAnswer, WHISPER, { audio_url, diarize: true })
    expect(told.chunks.map(({ speaker }) => speaker)).toEqual(['SPEAKER_00', 'SPEAKER_01'])
    expect(told.diarization_segments).toHaveLength(2)
    const { words } = await hear(scribeAnswer, SCRIBE, { audio_url })
    expect([...new Set(words.map(({ speaker_id }) => speaker_id))]).toEqual([
      'speaker_0',
      'speaker_1',
    ])
    const without = await hear(scribeAnswer, SCRIBE, { audio_url, diarize: false })
    expect(without.words[0]?.speaker_id).toBeUndefined()
  })

  test('the language is the asked one or the heard one; a translation says so', async ({
    expect,
  }) => {
    const audio_url = await speak('今天天气很好。')
    expect(await hear(scribeAnswer, SCRIBE, { audio_url })).toMatchObject({ language_code: 'zho' })
    const french = await hear(whisperAnswer, WIZPER, { audio_url, language: 'fr' })
    expect(french.languages).toEqual(['fr'])
    const english = await hear(whisperAnswer, WIZPER, {
      audio_url,
      task: 'translate',
      language: 'zh',
    })
    expect(english.text).toBe('In English: 今天天气很好。')
  })

  test('is charged by what was heard', async ({ expect }) => {
    const audio_url = await speak(TEXT)
    const seconds = readSoundFacts(await download(audio_url))?.seconds ?? 0
    const { headers } = await caller.finish(SCRIBE, { audio_url })
    expect(Number(headers.get('x-fal-billable-units'))).toBeCloseTo(seconds / 60, 3)
  })
})

describe('faults', () => {
  test('in a text that is spoken, which is left out of the speech', async ({ expect }) => {
    const { status } = await caller.finish('fal-ai/elevenlabs/tts/eleven-v3', {
      text: 'Hello. [[fail:content_policy_violation]]',
    })
    expect(status).toBe(422)
    const url = await speak('Hello [[run:1ms]] again.')
    expect(readSoundFacts(await download(url))?.text).toBe('Hello again.')
  })

  test("in an uploaded file's name", async ({ expect }) => {
    const sound = await download(await speak('Hello.'))
    const url = await upload(sound, 'speech [[fail:audio_duration_too_long]].mp3')
    const { status, body } = await caller.finish(WIZPER, { audio_url: url })
    expect(status).toBe(422)
    expect(body).toMatchObject({ detail: [{ type: 'audio_duration_too_long' }] })
  })
})
