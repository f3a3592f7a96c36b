import { defineSpeech } from '../speech-spec.ts'
import { multilingualV2 } from './elevenlabs.ts'
import { geminiFlash } from './gemini.ts'
import { xaiSpeech } from './xai.ts'

/**
 * Names that clients have in their code. OpenAI ends all three on 2027-01-06; here each is a model like any
 * other, which `MODELS` may point elsewhere.
 */
export const tts1 = defineSpeech({
  medium: 'speech',
  names: ['tts-1', 'tts-1-1106'],
  owner: 'xai',
  sound: 'speech',
  speak: xaiSpeech,
})

export const tts1Hd = defineSpeech({
  medium: 'speech',
  names: ['tts-1-hd', 'tts-1-hd-1106'],
  owner: 'elevenlabs',
  sound: 'speech',
  speak: multilingualV2,
})

/** The one that follows instructions. */
export const gpt4oMiniTts = defineSpeech({
  medium: 'speech',
  names: ['gpt-4o-mini-tts', 'gpt-4o-mini-tts-2025-03-20', 'gpt-4o-mini-tts-2025-12-15'],
  owner: 'google',
  sound: 'speech',
  speak: geminiFlash,
})
