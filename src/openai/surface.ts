import type { ErrorObject } from 'openai/resources/shared'

import type { MediumName } from '../job/any-result.ts'
import type { AskedImageJob } from '../job/image/image-job.ts'
import type { ImageReference } from '../job/image/image-reference.ts'
import type { ImageResult } from '../job/image/image-result.ts'
import type { RunningJob } from '../job/running-job.ts'
import type { SpeechJob, SpeechResult } from '../job/sound/speech-job.ts'
import type { AskedTranscriptJob, TranscriptResult } from '../job/sound/transcript-job.ts'
import type { AskedVideoJob } from '../job/video/video-job.ts'
import type { VideoResult } from '../job/video/video-result.ts'
import type { JsonObject } from '../lib/json.ts'
import type { CallersWords } from './callers-field.ts'

/** One event of a stream: an optional name, and data that becomes one line of JSON (or `[DONE]`). */
export interface ServerEvent {
  readonly event?: string
  readonly data: JsonObject | '[DONE]'
}

/** Events that are known together come together, and go out in one piece: each piece costs CPU. */
export type ServerEvents = AsyncGenerator<readonly ServerEvent[], void, void>

/** A failure in OpenAI's words. */
export type ErrorWords = Pick<ErrorObject, 'message' | 'type' | 'param' | 'code'> & JsonObject

/** How the caller wants what is made: its address, base64, or both. */
export type MediaForm = 'url' | 'b64_json' | 'both'

/** What a surface needs to know of the request besides its body. */
export interface RequestFacts {
  readonly requestId: string
  /** Seconds since 1970. */
  readonly nowSeconds: number
  /** The name of the model that serves when a request names none. */
  readonly defaultModel: string
  /** Images that came as a form, where fal can fetch them; undefined: the body was JSON. */
  readonly given:
    | { readonly images: readonly ImageReference[]; readonly mask: ImageReference | undefined }
    | undefined
  /** The model in the path, as Azure's clients send it; undefined: none. */
  readonly deployment: string | undefined
  /** What the model makes that the request names. */
  readonly medium: MediumName
}

/**
 * Stands for the base64 of the result's image or sound at `index` in a reply, which is written while the image
 * arrives; in the events of an unfinished image for that one, at 0.
 */
export type PlaceBase64 = (index: number) => string

/** What an answer names of its job. */
export interface NamedJob {
  /** undefined: it cannot be found again. */
  readonly id: string | undefined
  /** When it was ordered first, in seconds since 1970: a repeat tells the same of the same job. */
  readonly createdAt: number
}

/** A use of a surface that makes something. */
export interface BaseCall<Result> {
  readonly kind: 'job'
  /** What fields of fal's are called in the request; absent: as images call them. */
  readonly fields?: CallersWords['fields']
  readonly streaming: boolean
  readonly form: MediaForm
  /** The list that an answer always has; it stays empty beside an error that comes too late for a status. */
  readonly emptyList: 'data' | 'choices' | 'output'
  /**
   * The job goes on at fal when the caller leaves, and a reply that is no stream does not wait for it:
   * this is that reply. Absent: the caller waits.
   */
  toAccepted?(named: NamedJob): JsonObject
  toJson(result: Result, base64: PlaceBase64, named: NamedJob): JsonObject
  toEvents(running: RunningJob<Result>, base64: PlaceBase64, named: NamedJob): ServerEvents
  /** How a stream says that it failed; absent: as the images and chat streams do. */
  toFailure?(error: ErrorWords, named: NamedJob): readonly ServerEvent[]
}

interface ImageWork {
  readonly medium: 'image'
  readonly job: AskedImageJob
}

interface VideoWork {
  readonly medium: 'video'
  readonly job: AskedVideoJob
}

interface SpeechWork {
  readonly medium: 'speech'
  readonly job: SpeechJob
}

interface TranscriptWork {
  readonly medium: 'transcript'
  readonly job: AskedTranscriptJob
}

/** What is to be made. */
export type AskedWork = ImageWork | VideoWork | SpeechWork | TranscriptWork

/** What makes something, and in which words its result is said. */
export type JobCall =
  | (BaseCall<ImageResult> & ImageWork)
  | (BaseCall<VideoResult> & VideoWork)
  | (BaseCall<SpeechResult> & SpeechWork)
  | (BaseCall<TranscriptResult> & TranscriptWork)

/** One use of a surface. */
export type Call =
  | JobCall
  /** Answered without a job: nothing is submitted. */
  | {
      readonly kind: 'answer'
      readonly model: string
      readonly streaming: boolean
      toJson(): JsonObject
      toEvents(): ServerEvents
    }

/** A way in and out: reads a body into a call. */
export interface Surface {
  /** Whether the body may be a form, with images in it. */
  readonly takesForms?: true
  /** The name of the model that decides what is made; absent: images are, whatever it is called. */
  modelOf?(body: Readonly<Record<string, unknown>>): string | undefined
  /** @throws ProblemError `invalid_request` */
  read(body: Readonly<Record<string, unknown>>, facts: RequestFacts): Call
}
