import { defineTranscripts } from '../transcript-spec.ts'
import { scribeV2 } from './scribe.ts'
import { wizperV3 } from './wizper.ts'

/**
 * Names that clients have in their code. OpenAI ends all but `gpt-transcribe` on 2027-02-26; here each is a
 * model like any other, which `MODELS` may point elsewhere.
 */
export const whisper1 = defineTranscripts({
  medium: 'transcript',
  names: ['whisper-1'],
  owner: 'openai',
  transcribe: wizperV3,
  // The times of words, which Whisper told at OpenAI.
  more: [scribeV2],
})

const scribe = { medium: 'transcript', owner: 'elevenlabs', transcribe: scribeV2 } as const

export const gptTranscribe = defineTranscripts({ ...scribe, names: ['gpt-transcribe'] })

export const gpt4oTranscribe = defineTranscripts({ ...scribe, names: ['gpt-4o-transcribe'] })

export const gpt4oMiniTranscribe = defineTranscripts({
  medium: 'transcript',
  names: ['gpt-4o-mini-transcribe', 'gpt-4o-mini-transcribe-2025-12-15'],
  owner: 'openai',
  transcribe: wizperV3,
  more: [scribeV2],
})

export const gpt4oTranscribeDiarize = defineTranscripts({
  ...scribe,
  names: ['gpt-4o-transcribe-diarize'],
})
