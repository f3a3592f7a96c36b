import type { ImageJob } from '../job/image-job.ts'
import type { ImageResult } from '../job/image-result.ts'
import type { RunningJob } from '../job/running-job.ts'
import type { JsonObject } from '../lib/json.ts'

/** One event of a stream: an optional name, and data that becomes one line of JSON (or `[DONE]`). */
export interface ServerEvent {
  readonly event?: string
  readonly data: JsonObject | '[DONE]'
}

export type ServerEvents = AsyncGenerator<ServerEvent, void, void>

/** How the caller wants the pictures. */
export type PictureForm = 'url' | 'b64_json' | 'both'

/** What a surface needs to know of the request besides its body. */
export interface RequestFacts {
  readonly requestId: string
  /** Seconds since 1970. */
  readonly nowSeconds: number
  /** The name of the model that serves when a request names none. */
  readonly defaultModel: string
  /** The model in the path, as Azure's clients send it; undefined: none. */
  readonly deployment: string | undefined
}

/**
 * Stands for the base64 of the result's picture at `index` in a reply, which is written while the picture
 * arrives.
 */
export type PlaceBase64 = (index: number) => string

/** One use of a surface. */
export type Call =
  | {
      readonly kind: 'job'
      readonly job: ImageJob
      readonly streaming: boolean
      readonly pictures: PictureForm
      /** The list that an answer always has; it stays empty beside an error that comes too late for a status. */
      readonly emptyList: 'data' | 'choices'
      toJson(result: ImageResult, base64: PlaceBase64): JsonObject
      toEvents(running: RunningJob): ServerEvents
    }
  /** Answered without a job: nothing is submitted. */
  | {
      readonly kind: 'answer'
      readonly streaming: boolean
      toJson(): JsonObject
      toEvents(): ServerEvents
    }

/** A way in and out: reads a body into a call. */
export interface Surface {
  /** @throws ProblemError `invalid_request` */
  read(body: Readonly<Record<string, unknown>>, facts: RequestFacts): Call
}
