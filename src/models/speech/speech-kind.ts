import { withTableChecks } from '../audio/table-checks.ts'
import type { CustomModel } from '../catalogue/custom-models.ts'
import type { ModelKind } from '../catalogue/medium-catalogue.ts'
import * as speech from '../generated/speech.ts'
import { lazyEndpointTable } from '../schema/endpoint-table.ts'
import { SPEECH_FAMILIES } from './families/index.ts'
import { inferSpeech, toSpeechModel } from './infer-speech.ts'
import type { SpeechModel, SpeechSpec } from './speech-spec.ts'

/** The models that make sound, as a catalogue finds them. */
export function createSpeechKind(): ModelKind<SpeechModel> {
  const table = lazyEndpointTable(speech)
  return {
    families: SPEECH_FAMILIES,
    table,
    defaultModel: 'tts-1',
    what: 'make sound',
    endpointsOf: ({ speak, more = [] }) => [speak.id, ...more.map(({ id }) => id)],
    infer(schema) {
      const spec = inferSpeech(schema)
      return spec && toSpeechModel(spec)
    },
    withSettings,
    withChecks: (model) => ({
      ...model,
      speak: withTableChecks(model.speak, table),
      ...(model.more !== undefined && {
        more: model.more.map((spec) => withTableChecks(spec, table)),
      }),
    }),
  }
}

function withSettings(model: SpeechModel, custom: CustomModel): SpeechModel {
  const { name, endpoint, owner = model.owner, input } = custom
  const all = [model.speak, ...(model.more ?? [])]
  const meant = all.find(({ id }) => id === endpoint) ?? model.speak
  const fill = (spec: SpeechSpec): SpeechSpec => ({ ...spec, input: { ...spec.input, ...input } })
  if (endpoint === undefined) return { ...model, owner, speak: fill(model.speak) }
  // A name for one endpoint of several keeps to that one.
  const { more: _siblings, ...alone } = model
  return { ...alone, names: [name], owner, speak: fill(meant) }
}
