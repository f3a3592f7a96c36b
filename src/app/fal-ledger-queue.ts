import { createKeyPool } from '../fal/key-pool.ts'
import { createFalQueue } from '../fal/queue/fal-queue.ts'
import { mayBeTaken, ProblemError, problemOf } from '../job/problem.ts'
import { reserve } from '../jobs/budget-reservation.ts'
import type { LedgerQueue } from '../ledger/ledger-queue.ts'
import type { Fetcher } from '../lib/fetcher.ts'
import type { Account } from '../ports/account.ts'
import type { RestedKey, SubmitOrder, Taken } from '../ports/idempotency-store.ts'
import type { Settings } from '../settings/read-settings.ts'

/** The outside world of the ledger's objects. */
interface LedgerWorld {
  readonly fetch: Fetcher
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** undefined: it cannot be reached. */
  readonly accountOf: (callerName: string) => Account | undefined
}

/**
 * fal's queue for the ledger's objects.
 *
 * @param settings read when the queue is first used: an object must be there to forget, whatever is set
 */
export function createFalLedgerQueue(
  settings: () => Settings,
  { fetch, now, accountOf }: LedgerWorld,
): LedgerQueue {
  return {
    submit: (order) => submit(order, { ...settings(), fetch, now }),
    cancelWaiting: (taken) => cancelWaiting(taken, { ...settings(), fetch, now }),
    async reserve(callerName, order) {
      const account = accountOf(callerName)
      if (account === undefined) throw new ProblemError({ kind: 'ledger_missing' })
      return reserve(account, order, now)
    },
    async releaseReservation(callerName, reservation) {
      await accountOf(callerName)?.releaseReservation(reservation)
    },
    async tellCancelled(callerName, requestIds) {
      await accountOf(callerName)?.cancelled(requestIds, undefined)
    },
  }
}

type QueueAccess = Settings & Pick<LedgerWorld, 'fetch' | 'now'>

async function submit(
  { endpoint, inputs, keys, webhook, preferences }: SubmitOrder,
  { falKeys, hosts, fetch, now }: QueueAccess,
): ReturnType<LedgerQueue['submit']> {
  const pool = createKeyPool(falKeys, now)
  const rested: RestedKey[] = []
  const known = await Promise.all(keys.map((name) => pool.find(name)))
  const inTurn = known.filter((key) => key !== undefined)
  // Which key is next, and which rest, is known where all requests pass.
  const queue = createFalQueue(
    { fetch, hosts },
    {
      ...pool,
      take: async () => inTurn,
      rest: (key, ms) => rested.push({ key: key.fingerprint, ms }),
    },
  )
  const order = { endpoint, inputs, webhook, ...(preferences && { preferences }) }
  const ends = await queue.submitAll(order, new AbortController().signal)
  const [first] = ends
  if (first?.status !== 'fulfilled') throw new ProblemError({ kind: 'internal' })
  const parts = ends.map((end) =>
    end.status === 'fulfilled'
      ? { part: queue.toPart(end.value) }
      : { refused: problemOf(end.reason) },
  )
  const keyFingerprint = first.value.key.fingerprint
  return { taken: { endpoint, keyFingerprint, parts }, rested }
}

async function cancelWaiting(
  { endpoint, keyFingerprint, parts }: Taken,
  { falKeys, hosts, fetch, now }: QueueAccess,
): Promise<boolean> {
  const queue = createFalQueue({ fetch, hosts }, createKeyPool(falKeys, now))
  // What may be at fal without a word of where cannot be taken out.
  if (parts.some((one) => 'refused' in one && mayBeTaken(one.refused))) return false
  const requests = await Promise.all(
    parts.flatMap((one) => ('part' in one ? [queue.find(one.part, endpoint, keyFingerprint)] : [])),
  )
  const waiting = await Promise.all(requests.map((request) => queue.stillWaits(request)))
  // What has begun is paid for, and worth what was asked for only when it is whole.
  if (!waiting.every(Boolean)) return false
  const cancelled = await Promise.all(requests.map((request) => queue.cancel(request)))
  return cancelled.every(Boolean)
}
