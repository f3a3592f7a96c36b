import type { SpeechCard } from '../../job/model-card.ts'
import { voicesOf } from './choose-voice.ts'
import type { SpeechModel } from './speech-spec.ts'

/** What a caller may know of a model that makes sound. */
export function toSpeechCard(model: SpeechModel): SpeechCard {
  const { names, owner, sound, speak } = model
  const { id, format, makes } = speak
  return {
    medium: 'speech',
    name: names[0],
    endpoint: id,
    owner,
    sound,
    voices: voicesOf(model),
    formats: format === undefined ? [makes ?? []].flat() : Object.keys(format.values),
  }
}
