import type { BaseMade, JobFacts } from '../job-result.ts'
import type { MediaReference } from '../reference.ts'

/** What of the speech's times an answer needs. */
type TimesWanted = 'none' | 'segments' | 'words'

/** Speech that the caller gave us to write down. */
export interface SourceAudio {
  /** https or a `data:` URI, which fal fetches and we do not. */
  readonly url: string
  /** undefined: not known, as for a caller's URL. */
  readonly seconds: number | undefined
}

/** Speech to be written down. `undefined` always means: the caller has no wish, the model's default holds. */
interface TranscriptWish {
  readonly medium: 'transcript'
  /** The name the caller used; undefined: the configured default. */
  readonly model: string | undefined
  /** One recording a job. */
  readonly count: 1
  /** `translate`: into English. */
  readonly task: 'transcribe' | 'translate'
  /** A code such as `en` or `pt-BR`; undefined: it is found out. */
  readonly language: string | undefined
  /** What goes before, or how to write. */
  readonly prompt: string | undefined
  /** Words that are likely to come. */
  readonly keywords: readonly string[]
  readonly times: TimesWanted
  /** Whether it must be told who speaks. */
  readonly speakers: boolean
  /** Wishes that no model meets, in ASCII. */
  readonly unmet: readonly string[]
  /** Fields in fal's own words that the caller sent on purpose; those that the endpoint knows pass. */
  readonly extra: Readonly<Record<string, unknown>>
}

/** A transcript's job as a caller asks for it: its recording is a reference, which nobody has resolved. */
export interface AskedTranscriptJob extends TranscriptWish {
  readonly audio: MediaReference
}

/** A transcript's job whose recording is where an upstream can fetch it. */
export interface TranscriptJob extends TranscriptWish {
  readonly audio: SourceAudio
}

/** A stretch of speech; times in seconds from the beginning. */
export interface TranscriptSegment {
  readonly start: number
  readonly end: number
  readonly text: string
  /** Whoever speaks, by the model's name; undefined: it does not tell. */
  readonly speaker: string | undefined
}

/** What was said. */
export interface Transcript {
  readonly text: string
  /** A code; undefined: the model does not tell. */
  readonly language: string | undefined
  /** Of the recording, as far as the model tells; undefined: it does not. */
  readonly seconds: number | undefined
  /** In order, none ending before it starts; undefined: the model tells no times. */
  readonly segments: readonly TranscriptSegment[] | undefined
  /** The same of single words. */
  readonly words: readonly TranscriptSegment[] | undefined
}

/** What came of a `TranscriptJob`. */
export interface TranscriptMade extends BaseMade {
  readonly medium: 'transcript'
  readonly transcript: Transcript
}

/** The answer to a `TranscriptJob`. */
export interface TranscriptResult extends TranscriptMade, JobFacts {}
