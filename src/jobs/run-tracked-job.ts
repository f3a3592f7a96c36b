import type { Caller } from '../job/caller.ts'
import type { ImageJob } from '../job/image-job.ts'
import type { JobMeasures } from '../job/image-result.ts'
import type { RunningJob } from '../job/running-job.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { IdempotencyKey } from '../ports/idempotency-store.ts'
import type { JobTools } from '../run-job/job-tools.ts'
import type { runImageJob } from '../run-job/run-image-job.ts'
import type { JobIds } from '../tokens/job-id.ts'
import type { CallersWebhook, WebhookStates } from '../tokens/webhook-state.ts'
import { createBudgetReservation } from './budget-reservation.ts'
import { createIdempotentQueue } from './idempotent-queue.ts'
import { recordJob } from './record-job.ts'

/** Who asks, and in which request. */
interface JobRequest {
  readonly caller: Caller
  /** What the request says of its repeats; undefined: nothing. */
  readonly idempotency: IdempotencyKey | undefined
  /** Where the caller wants to hear of the job's end; undefined: nowhere. */
  readonly notify: CallersWebhook | undefined
  /** Seconds since 1970. */
  readonly nowSeconds: number
  readonly waitUntil: (promise: Promise<unknown>) => void
  /** Is told what the job took. */
  readonly report: (measures: JobMeasures) => void
}

/** What jobs are written down with. */
interface JobTokens {
  readonly jobIds: JobIds
  readonly webhookStates: WebhookStates
  /** Where fal can reach us; undefined: nowhere. */
  readonly publicUrl: string | undefined
}

/** How a job is made: a new one, or an earlier one that is followed once more. */
export type MakeJob = typeof runImageJob

interface Tracked extends JobTokens {
  readonly make: MakeJob
  readonly tools: JobTools
  readonly ledger: Ledger
  readonly requester: JobRequest
  readonly hangUp: AbortSignal
}

/** Runs a job whose submits, whose list and whose costs are kept in the ledger. */
export function runTrackedJob(job: ImageJob, tracked: Tracked): RunningJob {
  const { make, tools, ledger, requester, hangUp, jobIds, webhookStates, publicUrl } = tracked
  const { caller, idempotency, notify, nowSeconds } = requester
  const request = crypto.randomUUID()
  const store =
    idempotency === undefined ? undefined : ledger.idempotencyStoreOf(idempotency, request)
  const asked = { caller: caller.name, count: job.count, createdAt: nowSeconds }
  const facts = { ...asked, request, scope: idempotency?.scope, notify }
  const webhookOf: JobTools['webhookOf'] =
    publicUrl === undefined
      ? undefined
      : async (ofJob) =>
          `${publicUrl}/webhooks/fal?job=${await webhookStates.sign({ ...facts, ...ofJob })}`
  const account = ledger.accountOf(caller.name)
  const budget =
    caller.budgetUsd === undefined
      ? undefined
      : createBudgetReservation(account, caller.budgetUsd, tools)
  let measures: JobMeasures | undefined
  const running = make(
    job,
    {
      ...tools,
      queue: store === undefined ? tools.queue : createIdempotentQueue(tools.queue, store),
      ...(webhookOf && { webhookOf }),
      async reserve(order) {
        // A repeat costs nothing: its job has been paid for.
        if (idempotency?.attach === true && (await store?.knows()) === true) return
        await budget?.reserve(order)
      },
    },
    hangUp,
    (taken) => {
      measures = taken
      requester.report(taken)
    },
  )
  return recordJob(running, {
    account,
    reservation: () => budget?.reservation(),
    measures: () => measures,
    later: (work) => {
      requester.waitUntil(work.catch(() => undefined))
    },
    nowSeconds,
    async jobIdOf(accepted) {
      if (accepted.parts.length === 0) return undefined
      return jobIds.sign({ ...accepted, ...asked })
    },
  })
}
