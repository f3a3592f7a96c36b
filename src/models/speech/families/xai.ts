import { defineSpeech, type SpeechSpec } from '../speech-spec.ts'

/** Serves OpenAI's names too, see `openai-names.ts`: it speaks twenty languages and finds out which. */
export const xaiSpeech = {
  id: 'xai/tts/v1',
  // By the field's description.
  text: { field: 'text', max: 15_000 },
  voice: {
    field: 'voice',
    names: ['eve', 'ara', 'rex', 'sal', 'leo'],
    customary: {
      alloy: 'sal',
      ash: 'rex',
      ballad: 'leo',
      coral: 'ara',
      echo: 'rex',
      fable: 'leo',
      onyx: 'leo',
      nova: 'eve',
      sage: 'ara',
      shimmer: 'eve',
      verse: 'sal',
      marin: 'ara',
      cedar: 'rex',
    },
  },
  format: {
    field: 'output_format',
    inside: 'codec',
    values: { mp3: 'mp3', wav: 'wav', pcm: 'pcm' },
  },
  sampleRate: { field: 'output_format', inside: 'sample_rate', of24k: '24000' },
  makes: 'mp3',
  fields: ['language', 'output_format'],
} as const satisfies SpeechSpec

export const xaiTts = defineSpeech({
  medium: 'speech',
  names: ['xai-tts', 'grok-tts'],
  owner: 'xai',
  sound: 'speech',
  speak: xaiSpeech,
})
