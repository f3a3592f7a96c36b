import type { FoundJob } from '../job/found-job.ts'
import type { JobClaims } from '../job/job-claims.ts'
import type { BaseMade, ResultOf } from '../job/job-result.ts'
import type { Reader } from '../job/medium.ts'
import type { LedgerClient } from '../ledger/ledger-client.ts'
import type { JobEnd } from '../ports/account.ts'
import { findJob } from '../run-job/find-job.ts'
import type { JobTools } from '../run-job/job-tools.ts'

/** How a job is looked up. */
interface LookUp {
  readonly tools: JobTools
  /** undefined: nothing is written down. */
  readonly ledger: LedgerClient | undefined
  readonly signal: AbortSignal
  /** Keeps the runtime at work; the caller does not wait for what is written down. */
  readonly waitUntil: (work: Promise<unknown>) => void
}

/**
 * A job by its claims, see `findJob`. Its end is counted on its caller's account, unless somebody who
 * waited for it has done so.
 *
 * @throws ProblemError as `findJob`
 */
export async function findTrackedJob<Made extends BaseMade>(
  claims: JobClaims,
  reader: Reader<Made>,
  { tools, ledger, signal, waitUntil }: LookUp,
): Promise<FoundJob<ResultOf<Made>>> {
  // The request may end before fal has told the price.
  const asking = tools.prices.ask(claims.endpoint)
  if (asking !== undefined) waitUntil(asking)
  const found = await findJob(claims, reader, tools, signal)
  if (ledger !== undefined) {
    const counting = async (): Promise<void> => {
      await asking
      const isUnpriced = found.status === 'completed' && found.result.costUsd === undefined
      const priced = isUnpriced
        ? await findJob(claims, reader, tools, new AbortController().signal)
        : found
      const end = toEnd(claims, priced)
      if (end !== undefined) await ledger.accountOf(claims.caller).seen(end)
    }
    waitUntil(counting().catch(() => undefined))
  }
  return found
}

/** What a job came to; undefined: it is not at its end. */
function toEnd(
  { parts, model }: JobClaims,
  found: FoundJob<ResultOf<BaseMade>>,
): JobEnd | undefined {
  if (found.status !== 'completed' && found.status !== 'failed') return undefined
  const result = found.status === 'completed' ? found.result : undefined
  // Part of it is still to be read.
  if (result?.isPartial === true) return undefined
  const cancelled = found.status === 'failed' && found.problem.kind === 'cancelled'
  return {
    requestIds: parts.map(({ requestId }) => requestId),
    model,
    status: cancelled ? 'cancelled' : found.status,
    made: result?.made ?? 0,
    costUsd: cancelled ? 0 : costOf(found),
  }
}

function costOf(found: FoundJob<ResultOf<BaseMade>>): number | undefined {
  if (found.status === 'completed') return found.result.costUsd
  return found.status === 'failed' ? found.costUsd : undefined
}
