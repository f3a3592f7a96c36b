import type { Endpoint } from '../../endpoints/endpoints.ts'
import { readField } from '../../endpoints/validate-input.ts'
import type { JsonObject } from '../../json.ts'
import type { SoundSource } from './sound-plan.ts'
import { transcribe, type Transcript } from './transcript.ts'
import { findLanguage } from './voices.ts'

/** Nothing here translates; the words say what was asked for. */
const toEnglish = (text: string): string => `In English: ${text}`

type Say = (facts: Heard) => unknown

interface Heard {
  readonly transcript: Transcript
  readonly code: string
  readonly longCode: string
  readonly read: (field: string) => unknown
}

const toWhisperSpeaker = (speaker: number): string => `SPEAKER_${`${speaker}`.padStart(2, '0')}`

/** Whisper's and Wizper's pieces: sentences, words, or none. */
function toChunks({ transcript, read }: Heard): readonly JsonObject[] {
  const level = read('chunk_level')
  const pieces = level === 'word' ? transcript.words : transcript.segments
  const diarized = read('diarize') === true
  return (level === 'none' ? [] : pieces).map(({ text, start, end, speaker }) => ({
    timestamp: [start, end],
    text,
    ...(diarized && { speaker: toWhisperSpeaker(speaker) }),
  }))
}

/** ElevenLabs' pieces: words, and the spaces between them. */
function toScribeWords({ transcript, read }: Heard): readonly JsonObject[] {
  const diarized = read('diarize') !== false
  const tell = (speaker: number) => (diarized ? { speaker_id: `speaker_${speaker}` } : {})
  return transcript.words.flatMap(({ text, start, end, spaced, speaker }, index) => {
    const before = transcript.words[index - 1]
    const word = { text, start, end, type: 'word', ...tell(speaker) }
    if (!before || !spaced) return [word]
    return [{ text: ' ', start: before.end, end: start, type: 'spacing', ...tell(speaker) }, word]
  })
}

function toDiarization({ transcript, read }: Heard): readonly JsonObject[] {
  if (read('diarize') !== true) return []
  return transcript.segments.map(({ start, end, speaker }) => ({
    timestamp: [start, end],
    speaker: toWhisperSpeaker(speaker),
  }))
}

const FIELDS: Readonly<Record<string, Say>> = {
  text: ({ transcript }) => transcript.text,
  output: ({ transcript }) => transcript.text,
  transcription: ({ transcript }) => transcript.text,
  chunks: toChunks,
  words: toScribeWords,
  languages: ({ code }) => [code],
  inferred_languages: ({ code }) => [code],
  language_code: ({ longCode }) => longCode,
  language_probability: () => 0.98,
  diarization_segments: toDiarization,
  has_speech: ({ transcript }) => transcript.words.length > 0,
  timestamps: ({ transcript }) => transcript.segments.map(({ start, end }) => ({ start, end })),
}

/** Optional fields that a model that hears fills all the same. */
export const HEARD_FIELDS: readonly string[] = ['chunks', 'partial']

/** Beginning and end of a text that was not heard to its end yet. */
function cut(text: string, progress: number): string {
  const words = text.split(/(?<=\s)/)
  return words
    .slice(0, Math.ceil(words.length * progress))
    .join('')
    .trimEnd()
}

/**
 * What a model that hears says of a sound, by the fields of its answer.
 *
 * @param progress below 1 for what a stream says before its end
 */
export function hear(
  endpoint: Endpoint,
  input: JsonObject,
  { text, seconds }: SoundSource,
  progress = 1,
): (field: string) => unknown {
  const read = (field: string): unknown => readField(endpoint, input, field)
  const { code, long } = findLanguage(endpoint, input, text)
  const translated = read('task') === 'translate' && code !== 'en'
  const whole = translated ? toEnglish(text) : text
  const transcript = transcribe(progress < 1 ? cut(whole, progress) : whole, seconds)
  const heard: Heard = { transcript, code, longCode: long, read }
  return (field) => (field === 'partial' ? progress < 1 : FIELDS[field]?.(heard))
}
