import * as z from 'zod/mini'

import { ProblemError } from '../../job/problem.ts'
import type { Transcript, TranscriptSegment } from '../../job/sound/transcript-job.ts'
import { once } from '../../lib/once.ts'
import { inOrder, toSegments, type TimedText } from './segments.ts'

const text = once(() => z.catch(z.optional(z.string()), undefined))
const time = once(() => z.catch(z.optional(z.number().check(z.nonnegative())), undefined))
const speaker = once(() => z.catch(z.optional(z.union([z.string(), z.number()])), undefined))

const item = once(() =>
  z.object({
    text: z.string(),
    start: time(),
    end: time(),
    /** Wizper's way to tell both. */
    timestamp: z.catch(z.optional(z.array(z.catch(z.nullable(z.number()), null))), undefined),
    type: text(),
    speaker: speaker(),
    speaker_id: speaker(),
  }),
)

const items = once(() => z.catch(z.optional(z.array(z.catch(z.nullable(item()), null))), undefined))

const output = once(() =>
  z.object({
    text: text(),
    output: text(),
    transcription: text(),
    transcript: text(),
    language: text(),
    language_code: text(),
    languages: z.catch(z.optional(z.array(z.catch(z.string(), ''))), undefined),
    duration: time(),
    chunks: items(),
    segments: items(),
    words: items(),
  }),
)

/**
 * Reads what an endpoint wrote down: `text` or `output`; times as `words`, `chunks` or `segments`.
 *
 * @param body foreign: nothing in it is believed
 * @throws ProblemError `upstream_failed` when there is no text in it
 */
export function readTranscript(body: unknown): Transcript {
  const parsed = output().safeParse(body)
  if (!parsed.success) throw noText()
  const { data } = parsed
  const words = data.words && toTimed(data.words)
  const segments = segmentsOf(data, words)
  const whole = saidIn(data) ?? segments?.map((one) => one.text).join(' ')
  if (whole === undefined) throw noText()
  return {
    text: whole.trim(),
    language: languageIn(data),
    seconds: data.duration ?? segments?.at(-1)?.end,
    segments,
    words: words && toWords(words),
  }
}

type Output = z.infer<ReturnType<typeof output>>

function segmentsOf(
  { segments, chunks }: Output,
  words: readonly TimedText[] | undefined,
): Transcript['segments'] {
  const told = segments ?? chunks
  return told === undefined ? words && toSegments(words) : inOrder(toTimed(told))
}

function saidIn({ text: said, output: put, transcription, transcript }: Output) {
  return said ?? put ?? transcription ?? transcript
}

function languageIn({ language, language_code: code, languages }: Output): string | undefined {
  const told = code ?? language ?? languages?.find((one) => one !== '')
  if (told === undefined) return undefined
  try {
    // The shortest code that there is: `en` for `eng`.
    return Intl.getCanonicalLocales(told)[0]
  } catch {
    return told
  }
}

function toTimed(list: NonNullable<z.infer<ReturnType<typeof items>>>): readonly TimedText[] {
  return list.flatMap((one) => {
    if (one === null) return []
    const who = one.speaker_id ?? one.speaker
    return [
      {
        text: one.text,
        start: one.start ?? one.timestamp?.[0] ?? undefined,
        end: one.end ?? one.timestamp?.[1] ?? undefined,
        isSpoken: one.type === undefined || one.type === 'word',
        speaker: who === undefined ? undefined : String(who),
      },
    ]
  })
}

function toWords(list: readonly TimedText[]): readonly TranscriptSegment[] {
  return inOrder(list.filter(({ isSpoken }) => isSpoken))
}

function noText(): ProblemError {
  return new ProblemError({
    kind: 'upstream_failed',
    charged: 'maybe',
    reason: 'the result holds no transcript',
  })
}
