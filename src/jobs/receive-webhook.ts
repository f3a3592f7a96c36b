import type { JobClaims } from '../job/job-claims.ts'
import type { BaseMade, JobPart } from '../job/job-result.ts'
import type { Reader } from '../job/medium.ts'
import { ProblemError } from '../job/problem.ts'
import type { LedgerClient } from '../ledger/ledger-client.ts'
import type { FalWebhookEvent } from '../ports/fal-webhook-event.ts'
import type { JobTools } from '../run-job/job-tools.ts'
import type { JobIds } from '../tokens/job-id.ts'
import type { WebhookState } from '../tokens/webhook-state.ts'
import { findTrackedJob } from './find-tracked-job.ts'
import { notifyCaller, type Notice } from './notify-caller.ts'

/** What a webhook of fal's says of which job. */
interface ReceivedWebhook {
  readonly state: WebhookState
  /** The fingerprint of the fal key that submitted. */
  readonly key: string
  /** Which of the job's requests it is; undefined: not known. */
  readonly index: number | undefined
  readonly event: FalWebhookEvent
}

interface WebhookDependencies extends Pick<Notice, 'fetch' | 'toEvent'> {
  readonly tools: JobTools
  readonly ledger: LedgerClient
  readonly jobIds: JobIds
  /** @throws ProblemError `job_not_found` for a medium that this gateway does not know */
  readonly readerOf: (medium: string) => Reader<BaseMade>
  /** What a caller checks its webhooks with. */
  readonly secretsOf: (callerName: string) => Promise<readonly string[]>
}

/**
 * Takes down that a request has ended; one whose submit's answer was lost is found by that. Who waits for
 * the job is told.
 *
 * @throws ProblemError `upstream_failed` when the caller could not be told: fal comes again then
 */
export async function receiveWebhook(
  received: ReceivedWebhook,
  dependencies: WebhookDependencies,
): Promise<void> {
  const { state, event } = received
  const { ledger, jobIds, tools, readerOf } = dependencies
  const { caller, model, endpoint, createdAt, request, scope, notify } = state
  const claims = toClaims(received, tools)
  const { parts, keyFingerprint } = claims
  const jobId = await jobIds.sign(claims)
  const account = ledger.accountOf(caller)
  const { index } = received
  const note = { requestIds: [event.requestId], jobId, model, endpoint, createdAt }
  await account.arrived({ ...note, request, index }, event.ok ? 'completed' : 'failed')
  if (scope !== undefined) {
    const [part] = parts
    const found = { request, endpoint, keyFingerprint, index, part, ok: event.ok }
    await ledger.found(scope, { ...found, parts: state.parts })
  }
  if (notify === undefined) return
  const whole = state.parts === 1 ? claims : await findWhole(received, dependencies)
  const counted: Promise<unknown>[] = []
  const reader = readerOf(whole.medium)
  const found = await findTrackedJob(whole, reader, {
    tools,
    ledger,
    signal: new AbortController().signal,
    waitUntil: (work) => void counted.push(work),
  })
  await Promise.all(counted)
  const id = await jobIds.sign(whole)
  const secrets = await dependencies.secretsOf(caller)
  // The owner has taken the caller's keys away: nobody could check what we say.
  if (secrets.length === 0) return
  const nowSeconds = toSeconds(tools)
  await notifyCaller(
    { ...notify, medium: whole.medium, id, found },
    {
      fetch: dependencies.fetch,
      toEvent: dependencies.toEvent,
      url: notify.url,
      secrets,
      nowSeconds,
    },
  )
}

/** A job of one request. */
interface OneRequest extends JobClaims {
  readonly parts: readonly [JobPart]
}

/** The job as far as one of its requests tells it. */
function toClaims({ state, key, event }: ReceivedWebhook, { queue }: JobTools): OneRequest {
  const { medium, model, endpoint, count, caller, createdAt, memo } = state
  const part = queue.partOf(endpoint, event.requestId)
  return {
    medium,
    model,
    endpoint,
    count,
    parts: [part],
    keyFingerprint: key,
    caller,
    createdAt,
    memo,
  }
}

function toSeconds({ now }: JobTools): number {
  return Math.floor(now() / 1000)
}

/** By then a job of several requests has been noted with all of them. */
const NOTED_SECONDS = 60

/** @throws ProblemError `upstream_failed` while the job's other requests are not known */
async function findWhole(
  { state, event }: ReceivedWebhook,
  { ledger, jobIds, tools }: WebhookDependencies,
): Promise<JobClaims> {
  const nowSeconds = toSeconds(tools)
  const { caller, createdAt } = state
  const noted = await ledger.accountOf(caller).jobOf(event.requestId)
  const isNew = nowSeconds < createdAt + NOTED_SECONDS
  if (noted !== undefined && (noted.parts > 1 || !isNew)) {
    return jobIds.read(noted.jobId, caller, nowSeconds)
  }
  throw new ProblemError({
    kind: 'upstream_failed',
    charged: 'no',
    reason: 'the job has not been written down yet',
  })
}
