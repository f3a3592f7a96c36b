import type { Model } from 'openai/resources/models'

import type { SpeechCard, TranscriptCard } from '../../job/model-card.ts'
import type { JsonObject } from '../../lib/json.ts'

/** The part of a model's entry in `GET /v1/models` that only models with sound have. */
export function toAudioEntry(
  card: SpeechCard | TranscriptCard,
  common: Model & JsonObject,
): Model & JsonObject {
  if (card.medium === 'transcript') {
    return {
      ...common,
      supported_endpoint_types: ['audio-transcription'],
      architecture: { input_modalities: ['audio'], output_modalities: ['text'] },
      endpoint: card.endpoint,
      timestamps: card.times,
      speakers: card.speakers,
      translates: card.translates,
    }
  }
  return {
    ...common,
    supported_endpoint_types: ['audio-speech'],
    architecture: { input_modalities: ['text'], output_modalities: ['audio'] },
    endpoint: card.endpoint,
    sound: card.sound,
    voices: card.voices,
    output_formats: card.formats,
  }
}
