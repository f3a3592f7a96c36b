import type { TranscriptModel } from '../transcript-spec.ts'
import {
  gpt4oMiniTranscribe,
  gpt4oTranscribe,
  gpt4oTranscribeDiarize,
  gptTranscribe,
  whisper1,
} from './openai-names.ts'
import { cohereTranscribe, nemotronAsr, speechToText, speechToTextTurbo } from './others.ts'
import { scribe1, scribe2 } from './scribe.ts'
import { wizper } from './wizper.ts'

/** The curated models that write speech down, in the order in which they are listed. */
export const TRANSCRIPT_FAMILIES: readonly TranscriptModel[] = [
  whisper1,
  gptTranscribe,
  gpt4oTranscribe,
  gpt4oMiniTranscribe,
  gpt4oTranscribeDiarize,
  scribe2,
  scribe1,
  wizper,
  cohereTranscribe,
  nemotronAsr,
  speechToText,
  speechToTextTurbo,
]
