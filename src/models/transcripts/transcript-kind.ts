import { withTableChecks } from '../audio/table-checks.ts'
import type { CustomModel } from '../catalogue/custom-models.ts'
import type { ModelKind } from '../catalogue/medium-catalogue.ts'
import * as transcripts from '../generated/transcripts.ts'
import { lazyEndpointTable } from '../schema/endpoint-table.ts'
import { TRANSCRIPT_FAMILIES } from './families/index.ts'
import { inferTranscript, toTranscriptModel } from './infer-transcript.ts'
import type { TranscriptModel, TranscriptSpec } from './transcript-spec.ts'

/** The models that write speech down, as a catalogue finds them. */
export function createTranscriptKind(): ModelKind<TranscriptModel> {
  const table = lazyEndpointTable(transcripts)
  return {
    families: TRANSCRIPT_FAMILIES,
    table,
    defaultModel: 'whisper-1',
    what: 'write speech down',
    endpointsOf: ({ transcribe, more = [] }) => [transcribe.id, ...more.map(({ id }) => id)],
    infer(schema) {
      const spec = inferTranscript(schema)
      return spec && toTranscriptModel(spec)
    },
    withSettings,
    withChecks: (model) => ({
      ...model,
      transcribe: withTableChecks(model.transcribe, table),
      ...(model.more !== undefined && {
        more: model.more.map((spec) => withTableChecks(spec, table)),
      }),
    }),
  }
}

function withSettings(model: TranscriptModel, custom: CustomModel): TranscriptModel {
  const { name, endpoint, owner = model.owner, input } = custom
  const all = [model.transcribe, ...(model.more ?? [])]
  const meant = all.find(({ id }) => id === endpoint) ?? model.transcribe
  const fill = (spec: TranscriptSpec): TranscriptSpec => ({
    ...spec,
    input: { ...spec.input, ...input },
  })
  if (endpoint === undefined) return { ...model, owner, transcribe: fill(model.transcribe) }
  // A name for one endpoint of several keeps to that one.
  const { more: _siblings, ...alone } = model
  return { ...alone, names: [name], owner, transcribe: fill(meant) }
}
