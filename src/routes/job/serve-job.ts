import { clientTimeoutOf } from '../../intake/idempotency.ts'
import { readWebhookUrl, type WebhookAccess } from '../../intake/read-webhook-url.ts'
import type { JobClaims } from '../../job/job-claims.ts'
import type { BaseMade, ResultOf } from '../../job/job-result.ts'
import type { BaseJob } from '../../job/job.ts'
import type { Medium, Order } from '../../job/medium.ts'
import type { Patience, Treatment } from '../../job/preferences.ts'
import { problemOf } from '../../job/problem.ts'
import type { AcceptedJob, RunningJob } from '../../job/running-job.ts'
import type { RecentFailures } from '../../jobs/recent-failures.ts'
import type { JobRequest } from '../../jobs/run-tracked-job.ts'
import type { CallersWords } from '../../openai/callers-field.ts'
import type { IdempotencyKey } from '../../ports/idempotency-store.ts'
import { acceptedHeaders, costHeader } from '../../reply/headers.ts'
import { onAbort } from '../../request/hang-up.ts'
import type { RequestContext } from '../../request/request-context.ts'
import { end, noteFailure, toRequestEnd, type RequestRecord } from '../../request/request-record.ts'
import type { JobIds } from '../../tokens/job-id.ts'
import type { CallersWebhook } from '../../tokens/webhook-state.ts'
import { openLifetime, type Lifetime } from './request-lifetime.ts'
import { serveQuote, type QuoteService } from './serve-quote.ts'
import { tellJob } from './tell-job.ts'

/** What jobs are served with. */
export interface JobRunService extends WebhookAccess, QuoteService {
  run<Job extends BaseJob, Ordered extends Order, Made extends BaseMade>(
    job: Job,
    medium: Medium<Job, Ordered, Made>,
    request: JobRequest,
  ): RunningJob<ResultOf<Made>>
  readonly failures: RecentFailures
  readonly jobIds: JobIds
  /** Whether there is a ledger, which knows repeats. */
  readonly knowsRepeats: boolean
}

/** A job that a request asks for. */
export interface WantedJob<Job extends BaseJob, Ordered extends Order, Made extends BaseMade> {
  /** By which the request's fields are called when fal refuses one; absent: as on the images' routes. */
  readonly words?: CallersWords
  readonly job: Job
  readonly medium: Medium<Job, Ordered, Made>
  /** What the request says of its repeats; undefined: nothing. */
  readonly idempotency: IdempotencyKey | undefined
  /** Whether the job goes on at fal when its caller leaves. */
  readonly goesOn: boolean
  /** Whether it was asked for as a response. */
  readonly isResponse: boolean
  /** Whether the answer is told in events. */
  readonly streaming: boolean
  readonly treatment: Treatment
  /** Where the body says that the caller wants to hear of the end; undefined: it does not. */
  readonly webhookUrl?: string | undefined
}

/**
 * One job being served, from its acceptance to its end: the one place that knows of the caller's hanging up,
 * of what the runtime must wait for, of how the request ended.
 */
export interface ServedJob<Result> {
  readonly accepted: AcceptedJob
  readonly claims: JobClaims
  /** By which it can be found again; undefined: it cannot. */
  readonly jobId: string | undefined
  /** What every answer says of the job in its headers. */
  readonly headers: Readonly<Record<string, string>>
  /** The job from its beginning. */
  readonly running: RunningJob<Result>
  /** Aborts when nobody waits for the answer any more. */
  readonly signal: AbortSignal
  /** Nobody reads any more: what waits at fal is cancelled, unless the job goes on. */
  readonly hangUp: () => void
  /** The caller is answered without waiting for the job. */
  readonly leave: () => void
  /** Whether it matters that the answer has reached its reader. */
  readonly isRepeatable: boolean
  /** The answer is whole. */
  readonly finish: () => void
  /** The answer broke off, or tells of a failure. */
  readonly fail: (error: unknown) => void
}

/**
 * Serves a job: runs it, and answers as soon as it can be said how. A request that is sent again without
 * saying so does not start it anew: what one leaves behind that may be paid for serves the next.
 *
 * @param respond makes the answer; it calls `finish` when the answer is whole, or `hangUp`
 * @throws ProblemError every failure of the job before the answer has begun
 */
export async function serveJob<Job extends BaseJob, Ordered extends Order, Made extends BaseMade>(
  wanted: WantedJob<Job, Ordered, Made>,
  context: RequestContext,
  service: JobRunService,
  respond: (served: ServedJob<ResultOf<Made>>) => Promise<Response> | Response,
): Promise<Response> {
  const { job, medium, idempotency, goesOn } = wanted
  const { record } = context
  const wish = { caller: context.caller.name, medium: medium.name, job }
  const { failures } = service
  const notify = readNotify(wanted, context, service)
  if (context.dryRun) return serveQuote(job, medium, service)
  // Only the ledger has a use for it.
  const name = service.knowsRepeats ? crypto.randomUUID() : ''
  // The ledger knows those that say of themselves that they are repeats.
  const earlier = idempotency?.attach === true ? undefined : await failures.find(wish)
  const repeats: Repeats = {
    async failed(error) {
      if (!isLeft(record, idempotency)) return
      const claims = record.job && toClaims(record.job, job, context)
      await failures.note(wish, { error, claims, request: name })
    },
    served() {
      if (earlier !== undefined) failures.forget(earlier)
    },
  }
  const lifetime = openLifetime(context, goesOn)
  onAbort(lifetime.hangUp, () => {
    if (!goesOn && idempotency === undefined) failures.leaving(wish, lifetime.ended)
  })
  try {
    const begun = { ...wanted, name, earlier, notify, repeats }
    return await respond(await startJob(begun, context, service, lifetime))
  } catch (error) {
    lifetime.told.resolve(toRequestEnd(record.outcome ?? problemOf(error).kind))
    await repeats.failed(error).finally(lifetime.letGo)
    throw error
  }
}

/** What equal requests that come next should hear of this one. */
interface Repeats {
  /** Its caller is told of a failure: what it leaves behind that may be paid for serves the next. */
  readonly failed: (error: unknown) => Promise<void>
  /** Its caller has what was asked for: the next wants another. */
  readonly served: () => void
}

function readNotify(
  {
    goesOn,
    isResponse,
    webhookUrl,
  }: Pick<WantedJob<never, never, never>, 'goesOn' | 'isResponse' | 'webhookUrl'>,
  { request }: RequestContext,
  service: WebhookAccess,
): CallersWebhook | undefined {
  const url = readWebhookUrl(request, goesOn, service, webhookUrl)
  return url === undefined ? undefined : { url, response: isResponse }
}

type BegunJob<Job extends BaseJob, Ordered extends Order, Made extends BaseMade> = WantedJob<
  Job,
  Ordered,
  Made
> &
  Pick<JobRequest, 'name' | 'earlier' | 'notify'> & { readonly repeats: Repeats }

async function startJob<Job extends BaseJob, Ordered extends Order, Made extends BaseMade>(
  wanted: BegunJob<Job, Ordered, Made>,
  context: RequestContext,
  service: JobRunService,
  lifetime: Lifetime,
): Promise<ServedJob<ResultOf<Made>>> {
  const { job, medium, idempotency, earlier, repeats } = wanted
  const { record } = context
  const { hangUp, told, letGo } = lifetime
  const { accepted, running, settle } = await tellJob(
    service.run(job, medium, toRequest(wanted, context, lifetime)),
    wanted.words ?? {},
    { record, failed: repeats.failed },
  )
  record.job = accepted
  const claims = earlier ?? toClaims(accepted, job, context)
  const jobId = accepted.parts.length > 0 ? await service.jobIds.sign(claims) : undefined
  context.jobId = jobId
  const headers = acceptedHeaders(accepted, jobId)
  context.headers = headers
  const finish = (): void => {
    end(record, 'completed')
    told.resolve(toRequestEnd(record.outcome))
    // At once: the next request may come as soon as this answer has.
    if (record.outcome === 'completed' || record.outcome === 'in_background') repeats.served()
    void settle().then(letGo)
  }
  // Not left to the reply: one whose reader was gone before it began is never read, nor cancelled.
  onAbort(hangUp, finish)
  return {
    accepted,
    claims,
    jobId,
    headers,
    running,
    signal: hangUp.signal,
    hangUp: hangUp.abort,
    leave: () => {
      told.resolve('answered')
      hangUp.abort()
    },
    isRepeatable: idempotency !== undefined,
    finish,
    fail: (error) => {
      noteFailure(error, record)
    },
  }
}

function toRequest(
  wanted: Omit<BegunJob<never, never, never>, 'job' | 'medium'>,
  context: RequestContext,
  { hangUp, told }: Lifetime,
): JobRequest {
  const { name, idempotency, earlier, notify, goesOn, treatment } = wanted
  return {
    ...context,
    name,
    idempotency,
    earlier,
    notify,
    ended: told.promise,
    hangUp: hangUp.signal,
    // What goes on without its caller, and what serves repeats, is found again in fal's queue alone.
    mustBeFound: goesOn || idempotency?.attach === true,
    treatment,
    patience: patienceOf(wanted, context),
    report(measures) {
      context.record.measures = measures
      context.headers = { ...context.headers, ...costHeader(measures) }
    },
  }
}

/**
 * How long somebody waits for the job. A client's own timeout holds until the answer begins, which a stream
 * does at once; and where the ledger knows a request's repeats, they wait for the same job when it has passed,
 * and the ledger takes it out of the queue when none comes.
 */
function patienceOf(
  {
    goesOn,
    streaming,
    idempotency,
  }: Pick<WantedJob<never, never, never>, 'goesOn' | 'streaming' | 'idempotency'>,
  { request }: RequestContext,
): Patience {
  if (goesOn) return 'open'
  return streaming || idempotency !== undefined ? undefined : clientTimeoutOf(request.headers)
}

/** Whether a job has failed its caller and is still there: not cancelled, nor about to be by the ledger. */
function isLeft(
  { outcome, measures }: RequestRecord,
  idempotency: IdempotencyKey | undefined,
): boolean {
  if (outcome === 'in_background' || measures?.cancelled === true) return false
  return !(idempotency !== undefined && outcome === 'hung_up')
}

function toClaims(
  accepted: AcceptedJob,
  { count }: BaseJob,
  { caller, nowSeconds }: RequestContext,
): JobClaims {
  return { createdAt: nowSeconds, ...accepted, count, caller: caller.name }
}
