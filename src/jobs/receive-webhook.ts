import { ProblemError } from '../job/problem.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { ImageLine } from '../run-job/image-line.ts'
import type { JobClaims, JobIds } from '../tokens/job-id.ts'
import type { WebhookTicket } from '../tokens/webhook-state.ts'
import { findKeptJob } from './find-tracked-job.ts'
import { notifyCaller, type Notice } from './notify-caller.ts'

/** What a webhook of fal's says of which job. */
interface News {
  readonly ticket: WebhookTicket
  /** The fingerprint of the fal key that submitted. */
  readonly key: string
  readonly news: { readonly requestId: string; readonly ok: boolean }
}

interface Desk extends Pick<Notice, 'fetch' | 'toEvent'> {
  readonly line: ImageLine
  readonly ledger: Ledger
  readonly jobIds: JobIds
  /** What a caller checks its webhooks with. */
  readonly secretsOf: (caller: string) => Promise<readonly string[]>
}

/**
 * Takes down that a request has ended; one whose submit's answer was lost is found by that. Who waits for
 * the job is told.
 *
 * @throws ProblemError `upstream_failed` when the caller could not be told: fal comes again then
 */
export async function takeNews(heard: News, desk: Desk): Promise<void> {
  const { ticket, news } = heard
  const { ledger, jobIds, line } = desk
  const { caller, model, endpoint, createdAt, request, scope, notify } = ticket
  const claims = toClaims(heard, line)
  const { parts, keyFingerprint } = claims
  const jobId = await jobIds.sign(claims)
  const account = ledger.accountOf(caller)
  const note = { requestIds: [news.requestId], jobId, model, endpoint, createdAt }
  await account.arrived(note, news.ok ? 'completed' : 'failed')
  if (scope !== undefined) {
    const taken = { endpoint, keyFingerprint, parts: parts.map((part) => ({ part })) }
    await ledger.found(scope, request, taken)
  }
  if (notify === undefined) return
  const whole = ticket.parts === 1 ? claims : await findWhole(heard, desk)
  const counted: Promise<unknown>[] = []
  const found = await findKeptJob(whole, {
    line,
    ledger,
    signal: new AbortController().signal,
    later: (work) => void counted.push(work),
  })
  await Promise.all(counted)
  const id = await jobIds.sign(whole)
  const secrets = await desk.secretsOf(caller)
  // The owner has taken the caller's keys away: nobody could check what we say.
  if (secrets.length === 0) return
  const nowSeconds = toSeconds(line)
  await notifyCaller(
    { ...notify, id, found },
    { fetch: desk.fetch, toEvent: desk.toEvent, url: notify.url, secrets, nowSeconds },
  )
}

/** The job as far as one of its requests tells it. */
function toClaims({ ticket, key, news }: News, { queue }: ImageLine): JobClaims {
  const { model, endpoint, count, caller, createdAt } = ticket
  const part = queue.partOf(endpoint, news.requestId)
  return { model, endpoint, count, parts: [part], keyFingerprint: key, caller, createdAt }
}

function toSeconds({ now }: ImageLine): number {
  return Math.floor(now() / 1000)
}

/** By then a job of several requests has been noted with all of them. */
const NOTED_SECONDS = 60

/** @throws ProblemError `upstream_failed` while the job's other requests are not known */
async function findWhole(
  { ticket, news }: News,
  { ledger, jobIds, line }: Desk,
): Promise<JobClaims> {
  const nowSeconds = toSeconds(line)
  const { caller, createdAt } = ticket
  const noted = await ledger.accountOf(caller).jobOf(news.requestId)
  const isNew = nowSeconds < createdAt + NOTED_SECONDS
  if (noted !== undefined && (noted.parts > 1 || !isNew)) {
    return jobIds.read(noted.jobId, caller, nowSeconds)
  }
  throw new ProblemError({
    kind: 'upstream_failed',
    charged: 'no',
    status: undefined,
    reason: 'the job has not been written down yet',
  })
}
