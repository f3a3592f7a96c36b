import type { BaseMade, JobFacts } from '../job-result.ts'

/** Formats in which sound may be asked for. `opus` is Opus in Ogg; `pcm` is bare 16-bit samples. */
export const AUDIO_FORMATS = ['mp3', 'opus', 'aac', 'flac', 'wav', 'pcm'] as const
export type AudioFormat = (typeof AUDIO_FORMATS)[number]

/**
 * Sound that is asked for: speech, or music and noises by their description. `undefined` always means: the
 * caller has no wish, the model's default holds.
 */
export interface SpeechJob {
  readonly medium: 'speech'
  /** The name the caller used; undefined: the configured default. */
  readonly model: string | undefined
  /** One sound a job. */
  readonly count: 1
  /** What is spoken; for music and noises what is to be heard. */
  readonly text: string
  /** A voice by its customary name (`alloy`) or by the model's own. */
  readonly voice: string | undefined
  /** How it is spoken, in words. */
  readonly instructions: string | undefined
  /** 1 is as usual, 2 twice as fast. */
  readonly speed: number | undefined
  /** How long music or a noise is to be. */
  readonly seconds: number | undefined
  readonly format: AudioFormat
  /** Fields in fal's own words that the caller sent on purpose; those that the endpoint knows pass. */
  readonly extra: Readonly<Record<string, unknown>>
}

/** Sound that fal made. */
export interface GeneratedAudio {
  /** Where it is: https, or a `data:` URI from an endpoint that sends nothing else. */
  readonly url: string
  /** undefined: fal did not say. */
  readonly contentType: string | undefined
  /** undefined: fal did not say. */
  readonly seconds: number | undefined
}

/** What came of a `SpeechJob`. */
export interface SpeechMade extends BaseMade {
  readonly medium: 'speech'
  readonly audio: GeneratedAudio
}

/** The answer to a `SpeechJob`. */
export interface SpeechResult extends SpeechMade, JobFacts {}
