import type { CustomModel } from '../catalogue/custom-models.ts'
import type { ModelKind } from '../catalogue/medium-catalogue.ts'
import { SPEECH_FAMILIES } from './families/index.ts'
import { inferSpeech, toSpeechModel } from './infer-speech.ts'
import type { SpeechModel, SpeechSpec } from './speech-spec.ts'

/** The models that make sound, as a catalogue finds them. */
export const SPEECH_KIND: ModelKind<SpeechModel> = {
  families: SPEECH_FAMILIES,
  defaultModel: 'tts-1',
  what: 'make sound',
  endpointsOf: ({ speak, more = [] }) => [speak.id, ...more.map(({ id }) => id)],
  infer(schema) {
    const spec = inferSpeech(schema)
    return spec && toSpeechModel(spec)
  },
  withSettings,
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
