import type { TranscriptionStreamEvent } from 'openai/resources/audio/transcriptions'

import type { JsonObject } from '../../lib/json.ts'
import type { ServerEvent } from '../surface.ts'
import { withCost } from '../usage-cost.ts'
import { toSpokenSegments, type Written } from './transcription-answer.ts'
import type { TranscriptWish } from './transcription-request.ts'

/** Nobody counted tokens: 0, and nothing invented. */
const NO_USAGE = { type: 'tokens' as const, input_tokens: 0, output_tokens: 0, total_tokens: 0 }

/**
 * The events of a transcript that is told with `stream`, see OpenAI's API reference, "Transcription streaming":
 * fal tells it whole, so its deltas come together. Their texts make the whole text.
 */
export function toTranscriptEvents(
  { transcript, costUsd }: Written,
  { format }: TranscriptWish,
): readonly ServerEvent[] {
  const { text, language } = transcript
  const done = {
    type: 'transcript.text.done',
    text,
    ...(language !== undefined && { languages: [{ code: language }] }),
    usage: withCost(NO_USAGE, costUsd),
  } satisfies TranscriptionStreamEvent & JsonObject
  const told =
    format === 'diarized_json'
      ? toSpokenSegments(transcript)
      : [{ type: 'transcript.text.delta' as const, delta: text }]
  return [...told, done].map((data) => ({ data }))
}
