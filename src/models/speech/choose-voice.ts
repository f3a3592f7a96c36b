import { invalidRequest } from '../../job/problem.ts'
import { toKey } from '../catalogue/name-keys.ts'
import {
  CUSTOMARY_VOICES,
  type CustomaryVoice,
  type SpeechModel,
  type SpeechSpec,
} from './speech-spec.ts'

/** The endpoint that speaks, and the voice in its words. */
export interface VoiceChoice {
  readonly endpoint: SpeechSpec
  /** undefined: the endpoint's own choice. */
  readonly voice: string | undefined
  readonly adjusted: readonly string[]
}

/**
 * Which of a model's endpoints has a voice: by the model's own names first, then by the customary ones.
 *
 * @throws ProblemError `invalid_request` with the voices that there are
 */
export function chooseVoice(wish: string | undefined, model: SpeechModel): VoiceChoice {
  const endpoints = [model.speak, ...(model.more ?? [])]
  const main = model.speak
  if (wish === undefined) return { endpoint: main, voice: main.voice?.required, adjusted: [] }
  const key = toKey(wish)
  for (const endpoint of endpoints) {
    const own = endpoint.voice?.names.find((name) => toKey(name) === key)
    if (own !== undefined) return { endpoint, voice: own, adjusted: [] }
  }
  const customary = CUSTOMARY_VOICES.find((name) => name === key)
  if (customary !== undefined) return fromCustomary(customary, endpoints, main)
  if (main.voice === undefined) {
    // A caller's own text is not repeated in a header.
    return { endpoint: main, voice: undefined, adjusted: ['voice->not-supported'] }
  }
  if (main.voice.open === true) return { endpoint: main, voice: wish.trim(), adjusted: [] }
  throw invalidRequest('voice', unknownVoice(endpoints, model))
}

function fromCustomary(
  name: CustomaryVoice,
  endpoints: readonly SpeechSpec[],
  main: SpeechSpec,
): VoiceChoice {
  for (const endpoint of endpoints) {
    const voice = endpoint.voice?.customary[name]
    if (voice !== undefined) return { endpoint, voice, adjusted: [`voice=${name}->${voice}`] }
  }
  const adjusted = [`voice=${name}->${main.voice?.required ?? 'not-supported'}`]
  return { endpoint: main, voice: main.voice?.required, adjusted }
}

/** Names in a message: enough to choose from. */
const MOST_NAMED = 40

function unknownVoice(endpoints: readonly SpeechSpec[], { names: [name] }: SpeechModel): string {
  const own = endpoints.flatMap(({ voice }) => voice?.names ?? [])
  const listed = own.slice(0, MOST_NAMED).join(', ')
  return `The model '${name}' has no such voice. Its voices: ${listed}; and by OpenAI's names: ${CUSTOMARY_VOICES.join(', ')}.`
}

/** Every voice that a model has, by its own names, then the customary ones that stand for some. */
export function voicesOf(model: SpeechModel): readonly string[] {
  const rules = [model.speak, ...(model.more ?? [])].flatMap(({ voice }) => voice ?? [])
  const customary = CUSTOMARY_VOICES.filter((name) =>
    rules.some((rule) => rule.customary[name] !== undefined),
  )
  return [...new Set([...customary, ...rules.flatMap(({ names }) => names)])]
}
