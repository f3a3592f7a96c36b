import { isJsonObject, type JsonObject } from '../../json.ts'

/** Endpoints whose sound is somebody who speaks; every other one makes music or noise. */
const SPEAKING =
  /tts|speech|dialogue|kokoro|chatterbox|zonos|vibevoice|csm-|maya|tada|voice|personaplex/

export const isSpeaking = (endpoint: string): boolean => SPEAKING.test(endpoint)

/** Where the words to be said stand, the surest first: beside them `prompt` is often about the voice. */
const SPOKEN = [
  'gen_text',
  'preview_text',
  'text',
  'texts',
  'script',
  'inputs',
  'scene',
  'prompt',
  'transcript',
]
const SHOWN = [
  'prompt',
  'text',
  'text_prompt',
  'text_input',
  'script',
  'lyrics_prompt',
  'lyrics',
  'tags',
]

/** A text, a list of them, or a list of turns with a `text` each; a turn is a line. */
function toText(value: unknown): string {
  if (typeof value === 'string') return value
  if (isJsonObject(value)) return toText(value['text'])
  const parts: readonly unknown[] = Array.isArray(value) ? value : []
  return parts.map(toText).join('\n')
}

/** What the endpoint is asked to say, or to make. */
export function readMainText(endpoint: string, input: JsonObject): string {
  const fields = isSpeaking(endpoint) ? SPOKEN : SHOWN
  return fields.map((field) => toText(input[field])).find((text) => text.trim() !== '') ?? ''
}

const MAX_DEPTH = 5

/** Every text in the input that is neither an address nor a file. */
export function listTexts(value: unknown, depth = 0): readonly string[] {
  if (typeof value === 'string') return /^(https?|data):/.test(value) ? [] : [value]
  if (depth >= MAX_DEPTH || typeof value !== 'object' || value === null) return []
  return Object.values(value).flatMap((inner: unknown) => listTexts(inner, depth + 1))
}
