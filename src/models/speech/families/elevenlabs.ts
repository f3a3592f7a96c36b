import { defineSpeech, type SpeechSpec } from '../speech-spec.ts'

/** ElevenLabs' public voices; ids of others are taken too. */
const voice = {
  field: 'voice',
  names: [
    'Rachel',
    'Aria',
    'Roger',
    'Sarah',
    'Laura',
    'Charlie',
    'George',
    'Callum',
    'River',
    'Liam',
    'Charlotte',
    'Alice',
    'Matilda',
    'Will',
    'Jessica',
    'Eric',
    'Chris',
    'Brian',
    'Daniel',
    'Lily',
    'Bill',
  ],
  open: true,
  customary: {
    alloy: 'River',
    ash: 'Will',
    ballad: 'Callum',
    coral: 'Jessica',
    echo: 'Liam',
    fable: 'George',
    onyx: 'Brian',
    nova: 'Sarah',
    sage: 'Alice',
    shimmer: 'Laura',
    verse: 'Charlie',
    marin: 'Aria',
    cedar: 'Roger',
  },
} as const

const multilingual = {
  text: { field: 'text' },
  voice,
  // By the field's description.
  speed: { field: 'speed', min: 0.7, max: 1.2 },
  makes: 'mp3',
  fields: [
    'apply_text_normalization',
    'language_code',
    'next_text',
    'previous_text',
    'similarity_boost',
    'stability',
    'style',
    'timestamps',
  ],
} as const satisfies Omit<SpeechSpec, 'id'>

/** Serves OpenAI's names too, see `openai-names.ts`. */
export const multilingualV2 = {
  ...multilingual,
  id: 'fal-ai/elevenlabs/tts/multilingual-v2',
} as const

export const elevenlabsMultilingual = defineSpeech({
  medium: 'speech',
  names: ['elevenlabs-multilingual-v2', 'eleven-multilingual-v2'],
  owner: 'elevenlabs',
  sound: 'speech',
  speak: multilingualV2,
})

export const elevenlabsTurbo = defineSpeech({
  medium: 'speech',
  names: ['elevenlabs-turbo-v2.5', 'eleven-turbo-v2.5'],
  owner: 'elevenlabs',
  sound: 'speech',
  speak: { ...multilingual, id: 'fal-ai/elevenlabs/tts/turbo-v2.5' },
})

export const elevenlabsV3 = defineSpeech({
  medium: 'speech',
  names: ['elevenlabs-v3', 'eleven-v3'],
  owner: 'elevenlabs',
  sound: 'speech',
  speak: {
    id: 'fal-ai/elevenlabs/tts/eleven-v3',
    text: { field: 'text' },
    voice,
    makes: 'mp3',
    fields: ['apply_text_normalization', 'language_code', 'stability', 'timestamps'],
  },
})

/** `codec_rate_bitrate`; of each codec the customary one, bare samples at the rate that is custom. */
const format = {
  field: 'output_format',
  values: { mp3: 'mp3_44100_128', opus: 'opus_48000_96', pcm: 'pcm_24000' },
} as const

export const elevenlabsMusic = defineSpeech({
  medium: 'speech',
  names: ['elevenlabs-music', 'eleven-music'],
  owner: 'elevenlabs',
  sound: 'music',
  speak: {
    id: 'fal-ai/elevenlabs/music',
    text: { field: 'prompt', optional: true },
    // By the field's description.
    seconds: { field: 'music_length_ms', unit: 'ms', min: 3, max: 600 },
    format,
    makes: 'mp3',
    fields: [
      'composition_plan',
      'force_instrumental',
      'output_format',
      'respect_sections_durations',
    ],
  },
})

export const elevenlabsSounds = defineSpeech({
  medium: 'speech',
  names: ['elevenlabs-sound-effects', 'eleven-sound-effects'],
  owner: 'elevenlabs',
  sound: 'sounds',
  speak: {
    id: 'fal-ai/elevenlabs/sound-effects/v2',
    text: { field: 'text' },
    // By the field's description.
    seconds: { field: 'duration_seconds', min: 0.5, max: 22 },
    format,
    makes: 'mp3',
    fields: ['loop', 'output_format', 'prompt_influence'],
  },
})
