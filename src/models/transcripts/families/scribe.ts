import { defineTranscripts, type TranscriptSpec } from '../transcript-spec.ts'

const scribe = {
  audio: 'audio_url',
  language: { field: 'language_code' },
  speakers: 'diarize',
  times: 'words',
  fields: ['tag_audio_events'],
  // What is not said, such as laughter, does not belong to what was said.
  input: { tag_audio_events: false },
} as const satisfies Omit<TranscriptSpec, 'id'>

/** Serves OpenAI's names too, see `openai-names.ts`. */
export const scribeV2 = {
  ...scribe,
  id: 'fal-ai/elevenlabs/speech-to-text/scribe-v2',
  // By the field's description; they add 30 % to the price.
  keywords: { field: 'keyterms', max: 100, maxLength: 50 },
} as const

export const scribe2 = defineTranscripts({
  medium: 'transcript',
  names: ['scribe-v2', 'elevenlabs-scribe-v2'],
  owner: 'elevenlabs',
  transcribe: scribeV2,
})

export const scribe1 = defineTranscripts({
  medium: 'transcript',
  names: ['scribe-v1', 'elevenlabs-scribe-v1'],
  owner: 'elevenlabs',
  transcribe: { ...scribe, id: 'fal-ai/elevenlabs/speech-to-text' },
})
