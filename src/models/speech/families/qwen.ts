import { defineSpeech, type SpeechSpec } from '../speech-spec.ts'

const common = {
  text: { field: 'text' },
  voice: {
    field: 'voice',
    names: ['Vivian', 'Serena', 'Uncle_Fu', 'Dylan', 'Eric', 'Ryan', 'Aiden', 'Ono_Anna', 'Sohee'],
    customary: {
      alloy: 'Aiden',
      ash: 'Ryan',
      ballad: 'Uncle_Fu',
      coral: 'Vivian',
      echo: 'Aiden',
      fable: 'Ryan',
      onyx: 'Uncle_Fu',
      nova: 'Serena',
      sage: 'Sohee',
      shimmer: 'Vivian',
      verse: 'Dylan',
      marin: 'Serena',
      cedar: 'Eric',
    },
  },
  // "Optional prompt to guide the style of the generated speech."
  instructions: 'prompt',
  fields: [
    'language',
    'max_new_tokens',
    'prompt',
    'reference_text',
    'repetition_penalty',
    'speaker_voice_embedding_file_url',
    'subtalker_dosample',
    'subtalker_temperature',
    'subtalker_top_k',
    'subtalker_top_p',
    'temperature',
    'top_k',
    'top_p',
  ],
} as const satisfies Omit<SpeechSpec, 'id'>

export const qwenTts = defineSpeech({
  medium: 'speech',
  names: ['qwen3-tts', 'qwen-3-tts', 'qwen3-tts-1.7b'],
  owner: 'qwen',
  sound: 'speech',
  speak: { ...common, id: 'fal-ai/qwen-3-tts/text-to-speech/1.7b' },
})

export const qwenTtsSmall = defineSpeech({
  medium: 'speech',
  names: ['qwen3-tts-0.6b'],
  owner: 'qwen',
  sound: 'speech',
  speak: { ...common, id: 'fal-ai/qwen-3-tts/text-to-speech/0.6b' },
})
