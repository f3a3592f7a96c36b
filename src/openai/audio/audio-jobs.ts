import type { GeneratedAudio, SpeechResult } from '../../job/sound/speech-job.ts'
import type { TranscriptResult } from '../../job/sound/transcript-job.ts'
import type { JsonObject } from '../../lib/json.ts'

/** What came of a speech job that is looked up. */
export function toSpeechObject(
  { model, costUsd }: SpeechResult,
  { url, contentType, seconds }: GeneratedAudio,
): JsonObject {
  return {
    object: 'audio',
    model,
    url,
    ...(contentType !== undefined && { content_type: contentType }),
    ...(seconds !== undefined && { seconds }),
    ...(costUsd !== undefined && { usage: { cost: costUsd } }),
  }
}

/** What came of a transcript's job that is looked up: all that is known. */
export function toTranscriptObject({ model, costUsd, transcript }: TranscriptResult): JsonObject {
  const { text, language, seconds, segments, words } = transcript
  return {
    object: 'transcription',
    model,
    text,
    ...(language !== undefined && { languages: [{ code: language }] }),
    ...(seconds !== undefined && { duration: seconds }),
    ...(segments !== undefined && { segments: segments.map((one) => ({ ...one })) }),
    ...(words !== undefined && {
      words: words.map(({ text: word, start, end }) => ({ word, start, end })),
    }),
    ...(costUsd !== undefined && { usage: { cost: costUsd } }),
  }
}
