import type { Caller } from '../job/caller.ts'
import type { JobClaims } from '../job/job-claims.ts'
import type { BaseMade, JobMeasures, ResultOf } from '../job/job-result.ts'
import type { BaseJob } from '../job/job.ts'
import type { Medium, Order } from '../job/medium.ts'
import type { Patience, Preferences, Treatment } from '../job/preferences.ts'
import type { RunningJob } from '../job/running-job.ts'
import type { LedgerClient } from '../ledger/ledger-client.ts'
import type { IdempotencyKey, RequestEnd } from '../ports/idempotency-store.ts'
import { resumeJob } from '../run-job/find-job.ts'
import type { JobTools } from '../run-job/job-tools.ts'
import { runJob, type JobRun } from '../run-job/run-job.ts'
import type { JobIds } from '../tokens/job-id.ts'
import type { CallersWebhook, WebhookStates } from '../tokens/webhook-state.ts'
import { createBudgetReservation, type BudgetReservation } from './budget-reservation.ts'
import { createIdempotentQueue, type IdempotentQueue } from './idempotent-queue.ts'
import { createQueueWithPreferences } from './queue-with-preferences.ts'
import { recordJob } from './record-job.ts'

/** A job as somebody asks for it in a request. */
export interface JobRequest {
  /** A random name of the request. */
  readonly name: string
  readonly caller: Caller
  /** What the request says of its repeats; undefined: nothing. */
  readonly idempotency: IdempotencyKey | undefined
  /** The job that serves the request instead of a new one; undefined: none does. */
  readonly earlier: JobClaims | undefined
  /** Where the caller wants to hear of the job's end; undefined: nowhere. */
  readonly notify: CallersWebhook | undefined
  /** Seconds since 1970. */
  readonly nowSeconds: number
  readonly waitUntil: (promise: Promise<unknown>) => void
  /** How the request ends for its caller, as soon as that is known. */
  readonly ended: Promise<RequestEnd>
  /** Aborts when the caller has gone, see `runJob`. */
  readonly hangUp: AbortSignal
  /** Whether the job is of use only when it can be found again by its id. */
  readonly mustBeFound: boolean
  readonly treatment: Treatment
  readonly patience: Patience
  /** Is told what the job took. */
  readonly report: (measures: JobMeasures) => void
}

/** What jobs are tracked with. */
export interface Tracking {
  readonly tools: JobTools
  /** undefined: nothing outlives the request. */
  readonly ledger: LedgerClient | undefined
  readonly jobIds: JobIds
  readonly webhookStates: WebhookStates
  /** Where fal can reach us; undefined: nowhere. */
  readonly publicUrl: string | undefined
  /** How long what is made stays at fal; undefined: as the account says. */
  readonly resultSeconds: number | undefined
}

/** Runs a job; with a ledger its submits, its place on the caller's list and its costs are kept there. */
export function runTrackedJob<Job extends BaseJob, Ordered extends Order, Made extends BaseMade>(
  job: Job,
  medium: Medium<Job, Ordered, Made>,
  request: JobRequest,
  tracking: Tracking,
): RunningJob<ResultOf<Made>> {
  const { earlier } = request
  const overlay = createOverlay(job, medium.name, request, tracking)
  const running =
    earlier === undefined
      ? runJob(job, medium, overlay.tools, overlay)
      : resumeJob(earlier, medium, overlay.tools, overlay)
  const { ledger, jobIds } = tracking
  if (ledger === undefined) return running
  const { caller, nowSeconds, waitUntil } = request
  const asked = { caller: caller.name, count: job.count, createdAt: nowSeconds }
  return recordJob(running, {
    account: ledger.accountOf(caller.name),
    reservation: () => overlay.budget?.reservation(),
    measures: overlay.measures,
    leftBefore: overlay.leftBefore,
    waitUntil: (work) => {
      waitUntil(work.catch(() => undefined))
    },
    createdAt: () => overlay.idempotent?.createdAt() ?? nowSeconds,
    async jobIdOf(accepted) {
      if (accepted.parts.length === 0) return undefined
      return jobIds.sign({ ...asked, ...accepted })
    },
  })
}

/** What the tools of all jobs become for one of them: the only place where something is laid over them. */
interface Overlay extends JobRun {
  readonly tools: JobTools
  /** undefined: the request says nothing of its repeats. */
  readonly idempotent: IdempotentQueue | undefined
  /** undefined: the caller has none. */
  readonly budget: BudgetReservation | undefined
  /** What the job took, once it has ended; undefined: it was never accepted. */
  readonly measures: () => JobMeasures | undefined
  /** Whether a failure says that the caller has gone before anything was submitted. */
  readonly leftBefore: (error: unknown) => boolean
}

function createBudget(
  { name, budgetUsd }: Caller,
  ledger: LedgerClient | undefined,
  tools: JobTools,
): BudgetReservation | undefined {
  if (ledger === undefined || budgetUsd === undefined) return undefined
  return createBudgetReservation(ledger.accountOf(name), budgetUsd, tools)
}

/** A job in the background is answered before fal has told a price or a schema: the questions outlive it. */
function withQuestions(tools: JobTools, waitUntil: JobRequest['waitUntil']): JobTools {
  const outlive = (asking: Promise<void> | undefined): Promise<void> | undefined => {
    if (asking !== undefined) waitUntil(asking)
    return asking
  }
  const { prices, schemas } = tools
  return {
    ...tools,
    prices: { ...prices, ask: (endpoint) => outlive(prices.ask(endpoint)) },
    schemas: { ...schemas, refresh: (...about) => outlive(schemas.refresh(...about)) },
  }
}

/**
 * What has not begun when nobody waits for it any more shall never begin, nor cost. Only for whom somebody
 * waits: a job in the background, a video among them, is asked for whenever it suits, and a long queue at fal
 * is no reason to lose it.
 */
function toPreferences(
  { treatment, patience, caller }: JobRequest,
  { tools: { timeoutSeconds }, resultSeconds }: Tracking,
): Preferences {
  const startWithinSeconds =
    patience === 'open' ? undefined : Math.min(patience ?? timeoutSeconds, timeoutSeconds)
  return { ...treatment, startWithinSeconds, resultSeconds, caller: caller.name }
}

/** Where fal tells of the job's end; undefined: nobody could hear it, or nothing would be kept of it. */
function createWebhookOf(
  job: BaseJob,
  medium: string,
  { name, caller, notify, idempotency, nowSeconds }: JobRequest,
  { ledger, publicUrl, webhookStates }: Tracking,
): JobTools['webhookOf'] {
  if (ledger === undefined || publicUrl === undefined) return undefined
  const facts = {
    medium,
    caller: caller.name,
    count: job.count,
    createdAt: nowSeconds,
    request: name,
    notify,
    scope: idempotency?.scope,
  }
  return async (ofJob) => {
    const state = await webhookStates.sign({ ...facts, ...ofJob })
    return `${publicUrl}/webhooks/fal?job=${state}`
  }
}

function createOverlay(
  job: BaseJob,
  medium: string,
  request: JobRequest,
  tracking: Tracking,
): Overlay {
  const { caller, idempotency, hangUp, waitUntil, mustBeFound } = request
  const { tools, ledger } = tracking
  const store = idempotency && ledger?.idempotencyStoreOf(idempotency, request.name)
  const budget = createBudget(caller, ledger, tools)
  const idempotent = store && createIdempotentQueue(tools.queue, store, budget, request.nowSeconds)
  if (idempotent !== undefined) {
    waitUntil(request.ended.then(idempotent.end).catch(() => undefined))
  }
  const webhookOf = createWebhookOf(job, medium, request, tracking)
  let measures: JobMeasures | undefined
  let isPastQueue = false
  return {
    tools: {
      ...withQuestions(tools, waitUntil),
      queue: createQueueWithPreferences(
        idempotent?.queue ?? tools.queue,
        toPreferences(request, tracking),
      ),
      ...(webhookOf && { webhookOf }),
      async reserve(order, isDirect) {
        isPastQueue = isDirect
        // A repeat costs nothing, and only the store knows whether it is one.
        await (store === undefined || isDirect ? budget?.reserve(order) : budget?.plan(order))
      },
    },
    hangUp,
    mustBeFound,
    report(taken) {
      measures = taken
      request.report(taken)
    },
    idempotent,
    budget,
    measures: () => measures,
    // The queue hears every submit out; past it the request is dropped wherever it is.
    leftBefore: (error) => hangUp.aborted && error === hangUp.reason && !isPastQueue,
  }
}
