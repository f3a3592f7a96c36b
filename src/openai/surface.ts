import type { ErrorObject } from 'openai/resources/shared'

import type { AskedImageJob } from '../job/image/image-job.ts'
import type { ImageReference } from '../job/image/image-reference.ts'
import type { ImageResult } from '../job/image/image-result.ts'
import type { RunningJob } from '../job/running-job.ts'
import type { JsonObject } from '../lib/json.ts'

/** One event of a stream: an optional name, and data that becomes one line of JSON (or `[DONE]`). */
export interface ServerEvent {
  readonly event?: string
  readonly data: JsonObject | '[DONE]'
}

/** Events that are known together come together, and go out in one piece: each piece costs CPU. */
export type ServerEvents = AsyncGenerator<readonly ServerEvent[], void, void>

/** A failure in OpenAI's words. */
export type ErrorWords = Pick<ErrorObject, 'message' | 'type' | 'param' | 'code'> & JsonObject

/** How the caller wants the images. */
export type ImageForm = 'url' | 'b64_json' | 'both'

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
}

/**
 * Stands for the base64 of the result's image at `index` in a reply, which is written while the image
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

/** One use of a surface. */
export type Call =
  | {
      readonly kind: 'job'
      readonly job: AskedImageJob
      readonly streaming: boolean
      readonly images: ImageForm
      /** The list that an answer always has; it stays empty beside an error that comes too late for a status. */
      readonly emptyList: 'data' | 'choices' | 'output'
      /**
       * The job goes on at fal when the caller leaves, and a reply that is no stream does not wait for it:
       * this is that reply. Absent: the caller waits.
       */
      toAccepted?(named: NamedJob): JsonObject
      toJson(result: ImageResult, base64: PlaceBase64, named: NamedJob): JsonObject
      toEvents(running: RunningJob<ImageResult>, base64: PlaceBase64, named: NamedJob): ServerEvents
      /** How a stream says that it failed; absent: as the images and chat streams do. */
      toFailure?(error: ErrorWords, named: NamedJob): readonly ServerEvent[]
    }
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
  /** @throws ProblemError `invalid_request` */
  read(body: Readonly<Record<string, unknown>>, facts: RequestFacts): Call
}
