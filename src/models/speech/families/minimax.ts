import { defineSpeech, type SpeechSpec } from '../speech-spec.ts'

/** MiniMax's system voices (fal's page of the endpoint); ids of others and of clones are taken too. */
const voice = {
  field: 'voice_setting',
  inside: 'voice_id',
  names: [
    'Wise_Woman',
    'Friendly_Person',
    'Inspirational_girl',
    'Deep_Voice_Man',
    'Calm_Woman',
    'Casual_Guy',
    'Lively_Girl',
    'Patient_Man',
    'Young_Knight',
    'Determined_Man',
    'Lovely_Girl',
    'Decent_Boy',
    'Imposing_Manner',
    'Elegant_Man',
    'Abbess',
    'Sweet_Girl_2',
    'Exuberant_Girl',
  ],
  open: true,
  customary: {
    alloy: 'Friendly_Person',
    ash: 'Casual_Guy',
    ballad: 'Elegant_Man',
    coral: 'Lively_Girl',
    echo: 'Decent_Boy',
    fable: 'Young_Knight',
    onyx: 'Deep_Voice_Man',
    nova: 'Inspirational_girl',
    sage: 'Calm_Woman',
    shimmer: 'Sweet_Girl_2',
    verse: 'Patient_Man',
    marin: 'Wise_Woman',
    cedar: 'Determined_Man',
  },
} as const

const common = {
  voice,
  // By the field's description.
  speed: { field: 'voice_setting', inside: 'speed', min: 0.5, max: 2 },
  format: {
    field: 'audio_setting',
    inside: 'format',
    values: { mp3: 'mp3', flac: 'flac', pcm: 'pcm' },
  },
  sampleRate: { field: 'audio_setting', inside: 'sample_rate', of24k: '24000' },
  makes: 'mp3',
  // Without it the sound is written into the answer as digits.
  input: { output_format: 'url' },
} as const satisfies Partial<SpeechSpec>

const fields = ['audio_setting', 'language_boost', 'pronunciation_dict', 'voice_setting'] as const

const speech28 = {
  ...common,
  text: { field: 'prompt', max: 10_000 },
  fields: [...fields, 'normalization_setting', 'voice_modify'],
} as const

export const minimaxSpeech = defineSpeech({
  medium: 'speech',
  names: ['minimax-speech-2.8-hd', 'minimax-speech'],
  owner: 'minimax',
  sound: 'speech',
  speak: { ...speech28, id: 'fal-ai/minimax/speech-2.8-hd' },
})

export const minimaxSpeechTurbo = defineSpeech({
  medium: 'speech',
  names: ['minimax-speech-2.8-turbo'],
  owner: 'minimax',
  sound: 'speech',
  speak: { ...speech28, id: 'fal-ai/minimax/speech-2.8-turbo' },
})

export const minimaxSpeech02 = defineSpeech({
  medium: 'speech',
  names: ['minimax-speech-02-hd'],
  owner: 'minimax',
  sound: 'speech',
  // By the field's description.
  speak: {
    ...common,
    id: 'fal-ai/minimax/speech-02-hd',
    text: { field: 'text', max: 5000 },
    fields,
  },
})

export const minimaxMusic = defineSpeech({
  medium: 'speech',
  names: ['minimax-music-v2', 'minimax-music'],
  owner: 'minimax',
  sound: 'music',
  speak: {
    id: 'fal-ai/minimax-music/v2',
    // By the field's description.
    text: { field: 'prompt', min: 10, max: 300 },
    format: {
      field: 'audio_setting',
      inside: 'format',
      values: { mp3: 'mp3', flac: 'flac', pcm: 'pcm' },
    },
    sampleRate: { field: 'audio_setting', inside: 'sample_rate', of24k: '24000' },
    makes: 'mp3',
    fields: ['audio_setting', 'lyrics_prompt'],
    required: ['lyrics_prompt'],
  },
})
