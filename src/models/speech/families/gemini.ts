import { defineSpeech, type SpeechSpec } from '../speech-spec.ts'

const names = [
  'Achernar',
  'Achird',
  'Algenib',
  'Algieba',
  'Alnilam',
  'Aoede',
  'Autonoe',
  'Callirrhoe',
  'Charon',
  'Despina',
  'Enceladus',
  'Erinome',
  'Fenrir',
  'Gacrux',
  'Iapetus',
  'Kore',
  'Laomedeia',
  'Leda',
  'Orus',
  'Pulcherrima',
  'Puck',
  'Rasalgethi',
  'Sadachbia',
  'Sadaltager',
  'Schedar',
  'Sulafat',
  'Umbriel',
  'Vindemiatrix',
  'Zephyr',
  'Zubenelgenubi',
] as const

const common = {
  text: { field: 'prompt', min: 3, max: 50_000 },
  voice: {
    field: 'voice',
    names,
    customary: {
      alloy: 'Kore',
      ash: 'Orus',
      ballad: 'Charon',
      coral: 'Leda',
      echo: 'Puck',
      fable: 'Fenrir',
      onyx: 'Algenib',
      nova: 'Aoede',
      sage: 'Sulafat',
      shimmer: 'Zephyr',
      verse: 'Iapetus',
      marin: 'Callirrhoe',
      cedar: 'Alnilam',
    },
  },
  instructions: 'style_instructions',
  // WAV here is 24 kHz, 16 bits, mono (the field's description).
  format: { field: 'output_format', values: { mp3: 'mp3', opus: 'ogg_opus', wav: 'wav' } },
  makes: 'mp3',
  fields: ['language_code', 'output_format', 'speakers', 'style_instructions', 'temperature'],
} as const satisfies Omit<SpeechSpec, 'id'>

/** Serves OpenAI's names too, see `openai-names.ts`. */
export const geminiFlash = { ...common, id: 'fal-ai/gemini-tts' } as const

export const geminiTts = defineSpeech({
  medium: 'speech',
  names: ['gemini-2.5-flash-tts', 'gemini-tts'],
  owner: 'google',
  sound: 'speech',
  speak: geminiFlash,
})

export const geminiProTts = defineSpeech({
  medium: 'speech',
  names: ['gemini-2.5-pro-tts'],
  owner: 'google',
  sound: 'speech',
  speak: { ...geminiFlash, input: { model: 'gemini-2.5-pro-tts' } },
})

export const gemini31Tts = defineSpeech({
  medium: 'speech',
  names: ['gemini-3.1-flash-tts'],
  owner: 'google',
  sound: 'speech',
  speak: { ...common, id: 'fal-ai/gemini-3.1-flash-tts' },
})
