import type { Caller } from '../job/caller.ts'
import type { ImageJob } from '../job/image-job.ts'
import type { JobMeasures } from '../job/image-result.ts'
import type { RunningJob } from '../job/running-job.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { Claim } from '../ports/idempotency-store.ts'
import type { ImageLine } from '../run-job/image-line.ts'
import type { runImageJob } from '../run-job/run-image-job.ts'
import type { JobIds } from '../tokens/job-id.ts'
import type { CallersWebhook, WebhookTickets } from '../tokens/webhook-state.ts'
import { createPurse } from './budget-reservation.ts'
import { createClaimedQueue } from './idempotent-queue.ts'
import { keepAccount } from './record-job.ts'

/** Who asks, and in which request. */
interface Asker {
  readonly caller: Caller
  /** What the request says of its repeats; undefined: nothing. */
  readonly claim: Claim | undefined
  /** Where the caller wants to hear of the job's end; undefined: nowhere. */
  readonly notify: CallersWebhook | undefined
  /** Seconds since 1970. */
  readonly nowSeconds: number
  readonly waitUntil: (promise: Promise<unknown>) => void
  /** Is told what the job took. */
  readonly report: (measures: JobMeasures) => void
}

/** What jobs are written down with. */
interface Bookkeeping {
  readonly jobIds: JobIds
  readonly tickets: WebhookTickets
  /** Where fal can reach us; undefined: nowhere. */
  readonly publicUrl: string | undefined
}

/** How a job is made: a new one, or an earlier one that is followed once more. */
export type MakeJob = typeof runImageJob

interface Kept extends Bookkeeping {
  readonly make: MakeJob
  readonly line: ImageLine
  readonly ledger: Ledger
  readonly asker: Asker
  readonly hangUp: AbortSignal
}

/** Runs a job whose submits, whose list and whose costs are kept in the ledger. */
export function runKeptJob(job: ImageJob, kept: Kept): RunningJob {
  const { make, line, ledger, asker, hangUp, jobIds, tickets, publicUrl } = kept
  const { caller, claim, notify, nowSeconds } = asker
  const request = crypto.randomUUID()
  const desk = claim === undefined ? undefined : ledger.deskOf(claim, request)
  const asked = { caller: caller.name, count: job.count, createdAt: nowSeconds }
  const facts = { ...asked, request, scope: claim?.scope, notify }
  const webhookOf: ImageLine['webhookOf'] =
    publicUrl === undefined
      ? undefined
      : async (ofJob) =>
          `${publicUrl}/webhooks/fal?job=${await tickets.sign({ ...facts, ...ofJob })}`
  const account = ledger.accountOf(caller.name)
  const purse =
    caller.budgetUsd === undefined ? undefined : createPurse(account, caller.budgetUsd, line)
  let measures: JobMeasures | undefined
  const running = make(
    job,
    {
      ...line,
      queue: desk === undefined ? line.queue : createClaimedQueue(line.queue, desk),
      ...(webhookOf && { webhookOf }),
      async setAside(order) {
        // A repeat costs nothing: its job has been paid for.
        if (claim?.attach === true && (await desk?.knows()) === true) return
        await purse?.setAside(order)
      },
    },
    hangUp,
    (taken) => {
      measures = taken
      asker.report(taken)
    },
  )
  return keepAccount(running, {
    account,
    hold: () => purse?.hold(),
    measures: () => measures,
    later: (work) => {
      asker.waitUntil(work.catch(() => undefined))
    },
    nowSeconds,
    async jobIdOf(accepted) {
      if (accepted.parts.length === 0) return undefined
      return jobIds.sign({ ...accepted, ...asked })
    },
  })
}
