import type { RequestCount } from '../job/admission.ts'
import type { Caller } from '../job/caller.ts'

/** One request on its way through the gateway. */
export interface Visit {
  readonly request: Request
  readonly requestId: string
  /** Seconds since 1970. */
  readonly nowSeconds: number
  /** Our own address as callers know it, without a slash at the end. */
  readonly publicUrl: string
  /** The name of the model that serves when a request names none. */
  readonly defaultModel: string
  /** The model that Azure's clients put into the path; undefined: none. */
  readonly deployment: string | undefined
  /** `NOBODY` on routes that need no key. */
  readonly caller: Caller
  /** How the caller stands with its requests; undefined: not limited, or not counted. */
  requests: RequestCount | undefined
  /** Keeps the runtime at work after the caller has gone, for 30 s at most. */
  readonly waitUntil: (promise: Promise<unknown>) => void
  /** Set as soon as fal has accepted a job: an error that comes later must carry it. */
  jobId: string | undefined
  /** What is known of the job for the headers of an error. */
  headers: Readonly<Record<string, string>>
}

/** An id for one request, which every answer carries in `x-request-id`. */
export function createRequestId(): string {
  return `req_${crypto.randomUUID().replaceAll('-', '')}`
}
