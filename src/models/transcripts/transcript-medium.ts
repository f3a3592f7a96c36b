import type { Medium, Order, Output, Ran } from '../../job/medium.ts'
import type { TranscriptJob, TranscriptMade } from '../../job/sound/transcript-job.ts'
import type { MediumCatalogue } from '../catalogue/medium-catalogue.ts'
import { chooseTranscriber, toTranscriptInput } from './transcript-input.ts'
import { readTranscript } from './transcript-output.ts'
import type { TranscriptModel, TranscriptSpec } from './transcript-spec.ts'

/** Transcripts: what their jobs need of their own. `catalogue` is the caller's. */
export function createTranscriptMedium(
  catalogue: MediumCatalogue<TranscriptModel>,
): Medium<TranscriptJob, Order, TranscriptMade> {
  return {
    name: 'transcript',
    async plan(job, schemaOf) {
      const model = await catalogue.resolve(job.model, schemaOf)
      const first = chooseTranscriber(job, model, catalogue.models)
      const others = catalogue.successorsOf(model).flatMap((one) => {
        try {
          return [chooseTranscriber(job, one, [])]
        } catch {
          // It cannot do what the job needs.
          return []
        }
      })
      const toChoice = (spec: TranscriptSpec) => ({
        endpoint: spec.id,
        toOrder: () => toOrder(job, spec),
      })
      return { model: model.names[0], choices: [toChoice(first), ...others.map(toChoice)] }
    },
    collect: collectTranscript,
  }
}

function toOrder(job: TranscriptJob, spec: TranscriptSpec): Order {
  const { input, adjusted } = toTranscriptInput(job, spec)
  const { seconds } = job.audio
  return { endpoint: spec.id, inputs: [input], adjusted, quantity: { count: 1, seconds } }
}

/** @throws ProblemError the request's failure; `upstream_failed` when there is no text in its output */
function collectTranscript(
  [end]: readonly PromiseSettledResult<Output>[],
  _asked: unknown,
  ran?: Ran<TranscriptJob, Order>,
): TranscriptMade {
  if (end?.status === 'rejected') throw end.reason
  return {
    medium: 'transcript',
    made: 1,
    transcript: readTranscript(end?.value.body),
    adjusted: ran?.order.adjusted ?? [],
  }
}
