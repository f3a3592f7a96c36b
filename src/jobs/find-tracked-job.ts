import type { FoundJob } from '../job/found-job.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { JobEnd } from '../ports/account.ts'
import { findImageJob } from '../run-job/find-image-job.ts'
import type { JobTools } from '../run-job/job-tools.ts'
import type { JobClaims } from '../tokens/job-id.ts'

/** How a job is looked up. */
interface LookUp {
  readonly tools: JobTools
  /** undefined: nothing is written down. */
  readonly ledger: Ledger | undefined
  readonly signal: AbortSignal
  /** Keeps the runtime at work; the caller does not wait for what is written down. */
  readonly later: (work: Promise<unknown>) => void
}

/**
 * A job by its claims, see `findImageJob`. Its end is counted on its caller's account, unless somebody who
 * waited for it has done so.
 *
 * @throws ProblemError as `findImageJob`
 */
export async function findTrackedJob(
  claims: JobClaims,
  { tools, ledger, signal, later }: LookUp,
): Promise<FoundJob> {
  // The request may end before fal has told the price.
  const asking = tools.prices.ask(claims.endpoint)
  later(asking)
  const found = await findImageJob(claims, tools, signal)
  if (ledger !== undefined) {
    const counting = asking.then(() => count(claims, found, tools, ledger))
    later(counting.catch(() => undefined))
  }
  return found
}

async function count(
  claims: JobClaims,
  found: FoundJob,
  tools: JobTools,
  ledger: Ledger,
): Promise<void> {
  const isUnpriced = found.status === 'completed' && found.result.costUsd === undefined
  const priced = isUnpriced
    ? await findImageJob(claims, tools, new AbortController().signal)
    : found
  const end = toEnd(claims, priced)
  if (end !== undefined) await ledger.accountOf(claims.caller).seen(end)
}

/** What a job came to; undefined: it is not at its end. */
function toEnd({ parts, model }: JobClaims, found: FoundJob): JobEnd | undefined {
  if (found.status !== 'completed' && found.status !== 'failed') return undefined
  const result = found.status === 'completed' ? found.result : undefined
  const cancelled = found.status === 'failed' && found.problem.kind === 'cancelled'
  return {
    requestIds: parts.map(({ requestId }) => requestId),
    model,
    status: cancelled ? 'cancelled' : found.status,
    images: result?.images.length ?? 0,
    costUsd: cancelled ? 0 : result?.costUsd,
  }
}
