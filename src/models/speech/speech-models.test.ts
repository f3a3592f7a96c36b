import { describe, test } from 'vitest'

import type { SpeechJob } from '../../job/sound/speech-job.ts'
import { readAudio } from './audio-output.ts'
import { chooseVoice, voicesOf } from './choose-voice.ts'
import { elevenlabsMusic, elevenlabsMultilingual } from './families/elevenlabs.ts'
import { SPEECH_FAMILIES } from './families/index.ts'
import { kokoro } from './families/kokoro.ts'
import { minimaxSpeech } from './families/minimax.ts'
import { lyria } from './families/music.ts'
import { gpt4oMiniTts, tts1 } from './families/openai-names.ts'
import { toSpeechInput } from './speech-input.ts'
import type { SpeechModel } from './speech-spec.ts'

const JOB: SpeechJob = {
  medium: 'speech',
  count: 1,
  model: undefined,
  text: 'Hello there.',
  voice: 'alloy',
  instructions: undefined,
  speed: undefined,
  seconds: undefined,
  format: 'mp3',
  extra: {},
}

function idOf(voice: string): string {
  return sayIn(kokoro, { voice }).id
}

function sayIn(model: SpeechModel, wish: Partial<SpeechJob> = {}) {
  const job = { ...JOB, ...wish }
  const { endpoint, voice, adjusted } = chooseVoice(job.voice, model)
  const made = toSpeechInput(job, endpoint, voice)
  return { id: endpoint.id, input: made.input, adjusted: [...adjusted, ...made.adjusted] }
}

describe('speech in the words of a family', () => {
  test('xAI under OpenAI’s oldest name', ({ expect }) => {
    expect(sayIn(tts1, { format: 'pcm', speed: 2 })).toEqual({
      id: 'xai/tts/v1',
      input: {
        text: 'Hello there.',
        voice: 'sal',
        output_format: { codec: 'pcm', sample_rate: '24000' },
      },
      adjusted: ['voice=alloy->sal', 'speed=2->not-supported'],
    })
  })

  test('Gemini follows instructions', ({ expect }) => {
    expect(sayIn(gpt4oMiniTts, { instructions: 'Whisper.', format: 'opus', text: '嗨' })).toEqual({
      id: 'fal-ai/gemini-tts',
      input: {
        prompt: '嗨..',
        voice: 'Kore',
        style_instructions: 'Whisper.',
        output_format: 'ogg_opus',
      },
      adjusted: ['voice=alloy->Kore', 'input->lengthened'],
    })
  })

  test('MiniMax’s voice and speed stand inside an object, beside what the caller put there', ({
    expect,
  }) => {
    const extra = { voice_setting: { emotion: 'happy' } }
    expect(sayIn(minimaxSpeech, { voice: 'onyx', speed: 4, extra })).toEqual({
      id: 'fal-ai/minimax/speech-2.8-hd',
      input: {
        prompt: 'Hello there.',
        output_format: 'url',
        voice_setting: { emotion: 'happy', voice_id: 'Deep_Voice_Man', speed: 2 },
        audio_setting: { format: 'mp3' },
      },
      adjusted: ['voice=onyx->Deep_Voice_Man', 'speed=4->2'],
    })
  })

  test('Kokoro’s voice says which language speaks', ({ expect }) => {
    expect(['af_heart', 'fable', 'ZF_Xiaobei', 'jm_kumo', 'if_sara'].map(idOf)).toEqual([
      'fal-ai/kokoro/american-english',
      'fal-ai/kokoro/british-english',
      'fal-ai/kokoro/mandarin-chinese',
      'fal-ai/kokoro/japanese',
      'fal-ai/kokoro/italian',
    ])
  })

  test('a voice of nobody’s is refused with those that there are, where no others are taken', ({
    expect,
  }) => {
    expect(() => sayIn(tts1, { voice: 'darth' })).toThrow('invalid_request')
    expect(sayIn(elevenlabsMultilingual, { voice: 'JBFqnCBsd6RMkjVDRZzb' }).input).toMatchObject({
      voice: 'JBFqnCBsd6RMkjVDRZzb',
    })
  })

  test('music has a length, no voice, and its maker’s own words for a format', ({ expect }) => {
    const extra = { output_format: 'mp3_44100_192' }
    expect(sayIn(elevenlabsMusic, { seconds: 1, extra })).toEqual({
      id: 'fal-ai/elevenlabs/music',
      input: { prompt: 'Hello there.', music_length_ms: 3000, output_format: 'mp3_44100_192' },
      adjusted: ['voice=alloy->not-supported', 'seconds=1->3'],
    })
    expect(sayIn(lyria, { voice: undefined, seconds: 20 }).adjusted).toEqual([
      'seconds=20->not-supported',
    ])
  })

  test('a text that is too long is refused before anything is sent', ({ expect }) => {
    expect(() => sayIn(tts1, { text: 'x'.repeat(15_001) })).toThrow('invalid_request')
  })
})

test('every speaking family has a voice for every customary name', ({ expect }) => {
  const lacking = SPEECH_FAMILIES.filter(({ sound }) => sound === 'speech').filter(
    (model) => voicesOf(model).slice(0, 13).join(' ') !== CUSTOMARY,
  )
  expect(lacking.map(({ names: [name] }) => name)).toEqual([])
})

const CUSTOMARY = 'alloy ash ballad coral echo fable onyx nova sage shimmer verse marin cedar'

describe('what an endpoint made', () => {
  const url = 'https://v3.fal.media/files/a/b.mp3'

  test.for<[string, unknown, unknown[]]>([
    ['a file', { audio: { url, content_type: 'audio/mpeg' } }, [url, 'audio/mpeg', undefined]],
    ['in milliseconds', { audio: { url }, duration_ms: 1500 }, [url, undefined, 1.5]],
    ['under another name', { audio_file: { url, duration: 2 } }, [url, undefined, 2]],
    ['a bare address', { audio: url }, [url, undefined, undefined]],
    [
      'the first of a list',
      { audio: [{ url }, { url: 'https://b' }] },
      [url, undefined, undefined],
    ],
    ['a stem', { drums: { url: 'https://b' }, vocals: { url } }, [url, undefined, undefined]],
    ['a name nobody knows', { rendered: { url, content_type: 7 } }, [url, undefined, undefined]],
  ])('%s', ([, body, [expected, contentType, seconds]], { expect }) => {
    expect(readAudio(body)).toEqual({ url: expected, contentType, seconds })
  })

  test.for([{}, { audio: null }, { audio: { url: '' } }, { audio: 'hex0123' }, 'x', null, []])(
    '%j holds none',
    (body, { expect }) => {
      expect(() => readAudio(body)).toThrow('upstream_failed')
    },
  )
})
