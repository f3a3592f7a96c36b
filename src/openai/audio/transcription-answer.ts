import type {
  Transcription,
  TranscriptionDiarized,
  TranscriptionSegment,
  TranscriptionVerbose,
} from 'openai/resources/audio/transcriptions'

import type {
  Transcript,
  TranscriptJob,
  TranscriptSegment,
} from '../../job/sound/transcript-job.ts'
import type { JsonObject } from '../../lib/json.ts'
import { withCost } from '../usage-cost.ts'
import { toSrt, toVtt } from './subtitles.ts'
import type { TranscriptWish } from './transcription-request.ts'

/** A transcript to be answered. */
export interface Written {
  readonly transcript: Transcript
  /** What fal charges; undefined: not known. */
  readonly costUsd: number | undefined
}

/** The answer's body: JSON, or a text that is no JSON. */
export function toTranscriptAnswer(written: Written, wish: TranscriptWish): JsonObject | string {
  const { transcript } = written
  const segments = transcript.segments ?? []
  switch (wish.format) {
    case 'json':
      return toJson(written)
    case 'verbose_json':
      return toVerbose(written, wish)
    case 'diarized_json':
      return toDiarized(written, wish.job)
    case 'text':
      return `${transcript.text}\n`
    case 'srt':
      return toSrt(segments)
    case 'vtt':
      return toVtt(segments)
  }
}

function toJson(written: Written): Transcription & JsonObject {
  const { text, language } = written.transcript
  return {
    text,
    ...(language !== undefined && { languages: [{ code: language }] }),
    ...usageOf(written),
  } satisfies Transcription & JsonObject
}

function toVerbose(written: Written, { job, granularities }: TranscriptWish): JsonObject {
  const { transcript } = written
  const { text, language, words, segments } = transcript
  const told = languageName(language ?? job.language)
  return {
    task: job.task,
    language: told ?? 'unknown',
    duration: secondsOf(transcript, job),
    text,
    ...(granularities.has('segment') && { segments: (segments ?? []).map(toSegment) }),
    ...(granularities.has('word') && {
      words: (words ?? []).map(({ text: word, start, end }) => ({ word, start, end })),
    }),
    ...usageOf(written),
  } satisfies TranscriptionVerbose & JsonObject & { task: string }
}

/** What Whisper thought of its own work is not told by fal: 0, and nothing invented. */
function toSegment({ start, end, text, speaker }: TranscriptSegment, id: number) {
  return {
    id,
    seek: 0,
    start,
    end,
    text,
    tokens: [],
    temperature: 0,
    avg_logprob: 0,
    compression_ratio: 0,
    no_speech_prob: 0,
    ...(speaker !== undefined && { speaker }),
  } satisfies TranscriptionSegment & JsonObject
}

function toDiarized(written: Written, job: TranscriptJob): TranscriptionDiarized & JsonObject {
  const { transcript } = written
  return {
    task: 'transcribe',
    duration: secondsOf(transcript, job),
    text: transcript.text,
    segments: toSpokenSegments(transcript),
    ...usageOf(written),
  } satisfies TranscriptionDiarized & JsonObject
}

/** Speakers are called `A`, `B` and so on, in the order in which they are first heard. */
export function toSpokenSegments({ segments = [] }: Transcript) {
  const heard = [...new Set(segments.map(({ speaker }) => speaker))]
  return segments.map(({ start, end, text, speaker }, index) => ({
    type: 'transcript.text.segment' as const,
    id: `seg_${index}`,
    start,
    end,
    speaker: toLetters(heard.indexOf(speaker)),
    text,
  }))
}

/** `A` to `Z`, then `AA`, as columns are called. */
function toLetters(index: number): string {
  const rest = Math.floor(index / 26)
  const letter = String.fromCodePoint(65 + (index % 26))
  return rest === 0 ? letter : toLetters(rest - 1) + letter
}

function secondsOf({ seconds }: Transcript, { audio }: TranscriptJob): number {
  return audio.seconds ?? seconds ?? 0
}

function usageOf({ transcript: { seconds }, costUsd }: Written) {
  if (seconds === undefined && costUsd === undefined) return {}
  return { usage: withCost({ type: 'duration' as const, seconds: seconds ?? 0 }, costUsd) }
}

/** Whisper answered with names: `english` for `en` and `eng`; undefined: no such code. */
function languageName(code: string | undefined): string | undefined {
  if (code === undefined) return undefined
  try {
    return new Intl.DisplayNames(['en'], { type: 'language' }).of(code)?.toLowerCase()
  } catch {
    return undefined
  }
}
