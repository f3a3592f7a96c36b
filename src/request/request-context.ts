import { NOBODY, type Caller } from '../job/caller.ts'
import type { RateLimitState } from '../ports/rate-limit.ts'
import type { Address } from './address.ts'
import { createRecord, type RequestRecord } from './request-record.ts'

/** One request on its way through the gateway. */
export interface RequestContext {
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
  /** Whether the caller only wants to know what the request would do and cost: nothing may be submitted. */
  readonly dryRun: boolean
  /** `NOBODY` on routes that need no key. */
  readonly caller: Caller
  /** How the caller stands with its requests; undefined: not limited, or not counted. */
  requests: RateLimitState | undefined
  /** Keeps the runtime at work after the caller has gone, for 30 s at most; the request ends with it. */
  readonly waitUntil: (promise: Promise<unknown>) => void
  /** Set as soon as fal has accepted a job: an error that comes later must carry it. */
  jobId: string | undefined
  /** What its end will be told with. */
  readonly record: RequestRecord
  /** What is known of the job for the headers of an error. */
  headers: Readonly<Record<string, string>>
}

/** An id for one request, which every answer carries in `x-request-id`. */
export function createRequestId(): string {
  return `req_${crypto.randomUUID().replaceAll('-', '')}`
}

/** A request at its beginning: nobody knows yet who calls. */
export function createRequestContext(
  { request, address }: { readonly request: Request; readonly address: Address },
  context: Pick<ExecutionContext, 'waitUntil'>,
  now: number,
  settings: { readonly publicUrl: string | undefined; readonly defaultModel: string },
): RequestContext {
  const record = createRecord(now)
  return {
    request,
    requestId: createRequestId(),
    nowSeconds: Math.floor(now / 1000),
    publicUrl: settings.publicUrl ?? address.url.origin,
    defaultModel: settings.defaultModel,
    deployment: address.deployment,
    dryRun: false,
    caller: NOBODY,
    requests: undefined,
    record,
    waitUntil: (promise) => {
      record.works.push(promise)
      context.waitUntil(promise)
    },
    jobId: undefined,
    headers: {},
  }
}
