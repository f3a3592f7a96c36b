import type { Medium, Order, Output, Ran } from '../../job/medium.ts'
import type { SpeechJob, SpeechMade } from '../../job/sound/speech-job.ts'
import type { MediumCatalogue } from '../catalogue/medium-catalogue.ts'
import { readAudio } from './audio-output.ts'
import { chooseVoice, type VoiceChoice } from './choose-voice.ts'
import { toSpeechInput } from './speech-input.ts'
import type { SpeechModel } from './speech-spec.ts'

/** Speech, music and sounds: what their jobs need of their own. `catalogue` is the caller's. */
export function createSpeechMedium(
  catalogue: MediumCatalogue<SpeechModel>,
): Medium<SpeechJob, Order, SpeechMade> {
  return {
    name: 'speech',
    async plan(job, schemaOf) {
      const model = await catalogue.resolve(job.model, schemaOf)
      const first = toChoice(job, chooseVoice(job.voice, model))
      const others = catalogue.successorsOf(model).flatMap((one) => {
        try {
          return [toChoice(job, chooseVoice(job.voice, one))]
        } catch {
          // It has no such voice.
          return []
        }
      })
      return { model: model.names[0], choices: [first, ...others] }
    },
    collect: collectSpeech,
  }
}

function toChoice(job: SpeechJob, { endpoint, voice, adjusted }: VoiceChoice) {
  return {
    endpoint: endpoint.id,
    toOrder: (): Order => {
      const made = toSpeechInput(job, endpoint, voice)
      return {
        endpoint: endpoint.id,
        inputs: [made.input],
        adjusted: [...adjusted, ...made.adjusted],
        quantity: {
          count: 1,
          characters: Array.from(job.text).length,
          seconds: job.seconds ?? endpoint.seconds?.required,
        },
      }
    },
  }
}

/** @throws ProblemError the request's failure; `upstream_failed` when there is no sound in its output */
function collectSpeech(
  [end]: readonly PromiseSettledResult<Output>[],
  _asked: unknown,
  ran?: Ran<SpeechJob, Order>,
): SpeechMade {
  if (end?.status === 'rejected') throw end.reason
  return {
    medium: 'speech',
    made: 1,
    audio: readAudio(end?.value.body),
    adjusted: ran?.order.adjusted ?? [],
  }
}
