import { createKeyPool } from '../fal/key-pool.ts'
import { createFalQueue } from '../fal/queue/fal-queue.ts'
import { ProblemError, problemOf } from '../job/problem.ts'
import type { LedgerQueue } from '../ledger/idempotency-records.ts'
import type { Fetcher } from '../lib/fetcher.ts'
import type { Account } from '../ports/account.ts'
import type { RestedKey } from '../ports/idempotency-store.ts'
import type { Settings } from '../settings/read-settings.ts'

/** The outside world of the ledger's objects. */
interface LedgerWorld {
  readonly fetch: Fetcher
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** undefined: it cannot be reached. */
  readonly accountOf: (caller: string) => Account | undefined
}

/** Longest that a status is asked for before a cancellation. */
const STATUS_TIMEOUT_MS = 10_000

/**
 * fal's queue for the ledger's objects.
 *
 * @param settings read when the queue is first used: an object must be there to forget, whatever is set
 */
export function createLedgerQueue(
  settings: () => Settings,
  { fetch, now, accountOf }: LedgerWorld,
): LedgerQueue {
  return {
    async submit({ endpoint, inputs, keys, webhook }) {
      const { falKeys, hosts } = settings()
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
      const ends = await queue.submitAll(
        { endpoint, inputs, webhook },
        new AbortController().signal,
      )
      const [first] = ends
      if (first?.status !== 'fulfilled') throw new ProblemError({ kind: 'internal' })
      const parts = ends.map((end) =>
        end.status === 'fulfilled'
          ? { part: queue.toPart(end.value) }
          : { refused: problemOf(end.reason) },
      )
      const keyFingerprint = first.value.key.fingerprint
      return { taken: { endpoint, keyFingerprint, parts }, rested }
    },
    async cancelWaiting({ endpoint, keyFingerprint, parts }) {
      const { falKeys, hosts } = settings()
      const queue = createFalQueue({ fetch, hosts }, createKeyPool(falKeys, now))
      const cancelled = await Promise.all(
        parts.map(async (one) => {
          if (!('part' in one)) return true
          const request = await queue.find(one.part, endpoint, keyFingerprint)
          const signal = AbortSignal.timeout(STATUS_TIMEOUT_MS)
          const status = await queue.status(request, signal).catch(() => undefined)
          return (status?.status ?? 'IN_QUEUE') === 'IN_QUEUE' && queue.cancel(request)
        }),
      )
      return cancelled.every(Boolean)
    },
    async tellCancelled(caller, requestIds) {
      await accountOf(caller)?.cancelled(requestIds, undefined)
    },
  }
}
