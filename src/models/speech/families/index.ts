import type { SpeechModel } from '../speech-spec.ts'
import {
  elevenlabsMultilingual,
  elevenlabsMusic,
  elevenlabsSounds,
  elevenlabsTurbo,
  elevenlabsV3,
} from './elevenlabs.ts'
import { gemini31Tts, geminiProTts, geminiTts } from './gemini.ts'
import { kokoro } from './kokoro.ts'
import { minimaxMusic, minimaxSpeech, minimaxSpeech02, minimaxSpeechTurbo } from './minimax.ts'
import { aceStep, cassetteMusic, cassetteSounds, lyria, stableAudio } from './music.ts'
import { gpt4oMiniTts, tts1, tts1Hd } from './openai-names.ts'
import { qwenTts, qwenTtsSmall } from './qwen.ts'
import { xaiTts } from './xai.ts'

/** The curated models that make sound, in the order in which they are listed. */
export const SPEECH_FAMILIES: readonly SpeechModel[] = [
  tts1,
  tts1Hd,
  gpt4oMiniTts,
  kokoro,
  xaiTts,
  geminiTts,
  geminiProTts,
  gemini31Tts,
  elevenlabsMultilingual,
  elevenlabsTurbo,
  elevenlabsV3,
  minimaxSpeech,
  minimaxSpeechTurbo,
  minimaxSpeech02,
  qwenTts,
  qwenTtsSmall,
  elevenlabsMusic,
  elevenlabsSounds,
  minimaxMusic,
  lyria,
  stableAudio,
  aceStep,
  cassetteMusic,
  cassetteSounds,
]
