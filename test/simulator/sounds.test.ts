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

const TEXT = 'Good morning, dear well-known friend. How are you?'

const file = z.looseObject({
  url: z.url(),
  content_type: z.string(),
  file_name: z.string(),
  file_size: z.number().optional(),
  duration: z.number().optional(),
})

async function make(endpoint: string, input: object, field = 'audio') {
  const { body, headers } = await caller.finish(endpoint, input)
  const answer = z.looseObject({ [field]: file }).parse(body)
  const sound = file.parse(answer[field])
  const bytes = Buffer.from(await (await fetch(sound.url)).arrayBuffer())
  return { ...sound, bytes, answer, units: headers.get('x-fal-billable-units') }
}

describe('speech', () => {
  test.for([
    ['fal-ai/kokoro/american-english', { prompt: TEXT, voice: 'af_bella' }, 'audio/wav', 'RIFF'],
    ['fal-ai/elevenlabs/tts/eleven-v3', { text: TEXT }, 'audio/mpeg', 'ID3'],
    ['xai/tts/v1', { text: TEXT, output_format: { codec: 'wav' } }, 'audio/wav', 'RIFF'],
    [
      'fal-ai/minimax/speech-2.8-hd',
      { prompt: TEXT, audio_setting: { format: 'flac' } },
      'audio/flac',
      'fLaC',
    ],
    ['fal-ai/chatterbox/text-to-speech', { text: TEXT }, 'audio/wav', 'RIFF'],
    [
      'fal-ai/f5-tts',
      { gen_text: TEXT, ref_audio_url: 'https://example.com/v.mp3', model_type: 'F5-TTS' },
      'audio/wav',
      'RIFF',
      'audio_url',
    ],
  ] as const)('%s %j: %s', async ([endpoint, input, type, magic, field], { expect }) => {
    const { bytes, content_type, file_size } = await make(endpoint, input, field)
    expect(content_type).toBe(type)
    expect(bytes.toString('latin1', 0, magic.length)).toBe(magic)
    expect(bytes.length).toBe(file_size)
    const facts = readSoundFacts(bytes)
    expect(facts?.text).toBe(TEXT)
    // About 150 words a minute.
    expect(facts?.seconds).toBeGreaterThan(2)
    expect(facts?.seconds).toBeLessThan(8)
  })

  test('the voice, the pace and the language are heard', async ({ expect }) => {
    const kokoro = 'fal-ai/kokoro/american-english'
    const usual = await make(kokoro, { prompt: TEXT, voice: 'af_bella' })
    const again = await make(kokoro, { prompt: TEXT, voice: 'af_bella' })
    const other = await make(kokoro, { prompt: TEXT, voice: 'am_echo' })
    const fast = await make(kokoro, { prompt: TEXT, voice: 'af_bella', speed: 2 })
    expect(again.bytes.equals(usual.bytes)).toBe(true)
    expect(other.bytes.equals(usual.bytes)).toBe(false)
    const [slow = 0, quick = 0] = [usual, fast].map(({ bytes }) => readSoundFacts(bytes)?.seconds)
    expect(quick / slow).toBeLessThan(0.75)
  })

  test('length, sample rate and characters are told where the type has them', async ({
    expect,
  }) => {
    const minimax = await make('fal-ai/minimax/speech-2.8-hd', { prompt: TEXT })
    const seconds = readSoundFacts(minimax.bytes)?.seconds ?? 0
    expect(minimax.answer['duration_ms']).toBe(Math.round(seconds * 1000))
    expect(minimax.units).toBe(`${TEXT.length / 1000}`)
    const qwen = await make('fal-ai/qwen-3-tts/text-to-speech/0.6b', { text: TEXT })
    expect(qwen.answer['audio']).toMatchObject({ channels: 1 })
    expect(qwen.duration).toBeCloseTo(readSoundFacts(qwen.bytes)?.seconds ?? 0, 3)
    const maya = await make('fal-ai/maya', { text: TEXT, prompt: 'an old man' })
    expect(maya.answer).toMatchObject({ sample_rate: '48 kHz', duration: expect.any(Number) })
  })

  test('raw samples come as fast as they were asked for', async ({ expect }) => {
    const [slow, fast] = await Promise.all(
      ['8000', '48000'].map((sample_rate) =>
        make('xai/tts/v1', { text: TEXT, output_format: { codec: 'pcm', sample_rate } }),
      ),
    )
    if (!slow || !fast) throw new Error('nothing was said')
    expect(slow.content_type).toBe('audio/pcm')
    expect(fast.bytes.length / slow.bytes.length).toBeCloseTo(6, 2)
  })

  test('a text that looks like an option, or has nothing to say, is spoken', async ({ expect }) => {
    for (const text of ['--version', '-w /tmp/x', '...', '中文，ok?']) {
      const { bytes } = await make('fal-ai/elevenlabs/tts/eleven-v3', { text })
      expect(readSoundFacts(bytes)).toMatchObject({ text })
      expect(readSoundFacts(bytes)?.seconds).toBeGreaterThan(0.2)
    }
  })
})

describe('music and noises', () => {
  test.for([
    ['fal-ai/elevenlabs/music', { prompt: 'jazz', music_length_ms: 12_000 }, 12, 'audio'],
    ['fal-ai/elevenlabs/sound-effects/v2', { text: 'rain', duration_seconds: 3 }, 3, 'audio'],
    ['fal-ai/stable-audio', { prompt: 'jazz', seconds_total: 20 }, 20, 'audio_file'],
    ['cassetteai/sound-effects-generator', { prompt: 'rain', duration: 4 }, 4, 'audio_file'],
    ['fal-ai/ace-step', { tags: 'jazz', duration: 7 }, 7, 'audio'],
  ] as const)('%s %j', async ([endpoint, input, seconds, field], { expect }) => {
    const { bytes } = await make(endpoint, input, field)
    expect(readSoundFacts(bytes)?.seconds).toBeCloseTo(seconds, 0)
  })

  test('bytes makes a sound exactly that large, and it can still be read', async ({ expect }) => {
    for (const endpoint of [
      'fal-ai/elevenlabs/tts/eleven-v3',
      'fal-ai/chatterbox/text-to-speech',
    ]) {
      const plain = await make(endpoint, { text: TEXT })
      const huge = await make(endpoint, { text: `${TEXT} [[bytes:5MB]]` })
      expect(huge.bytes.length).toBe(5 * 1024 ** 2)
      expect(huge.file_size).toBe(5 * 1024 ** 2)
      expect(readSoundFacts(huge.bytes)?.seconds).toBe(readSoundFacts(plain.bytes)?.seconds)
    }
  })

  test('a sound made anew keeps its words and its length', async ({ expect }) => {
    const { url, bytes } = await make('fal-ai/elevenlabs/tts/eleven-v3', { text: TEXT })
    const clean = await make('fal-ai/elevenlabs/audio-isolation', { audio_url: url })
    const seconds = readSoundFacts(bytes)?.seconds ?? 0
    expect(readSoundFacts(clean.bytes)?.seconds).toBeCloseTo(seconds, 0)
    expect(readSoundFacts(clean.bytes)?.text).toBe(TEXT)
  })
})
