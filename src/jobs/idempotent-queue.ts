import type { FalQueue } from '../fal/queue/fal-queue.ts'
import type { QueuedRequest } from '../fal/queue/queued-request.ts'
import { ProblemError } from '../job/problem.ts'
import type { IdempotencyStore, RequestEnd, Taken } from '../ports/idempotency-store.ts'
import type { BudgetReservation } from './budget-reservation.ts'

/** fal's queue for one request that may be repeated. */
export interface IdempotentQueue {
  readonly queue: FalQueue
  /** When the job was ordered first, in seconds since 1970. */
  createdAt(): number
  /** Its caller waits for the request no longer. */
  readonly end: (how: RequestEnd) => Promise<void>
}

/**
 * fal's queue for one request that may be repeated: its submits are made at the store, where a repeat finds
 * the job of the first. What its caller leaves behind is not cancelled here, but by the store, when no repeat
 * comes for it.
 *
 * @param budget what is set aside where the job is submitted; undefined: nothing
 * @param nowSeconds since 1970
 */
export function createIdempotentQueue(
  queue: FalQueue,
  store: IdempotencyStore,
  budget: BudgetReservation | undefined,
  nowSeconds: number,
): IdempotentQueue {
  const ofStore = new Set<string>()
  let createdAt = nowSeconds
  let isKnown = false
  const submitAll: FalQueue['submitAll'] = async (job, hangUp) => {
    const { endpoint, inputs, step = '', webhook, preferences } = job
    const keys = await queue.keysInTurn()
    hangUp.throwIfAborted()
    isKnown = true
    // What later steps cost has been set aside with the first.
    const ofJob = step === '' ? budget : undefined
    const reservation = ofJob?.planned()
    const asked = { endpoint, inputs, step, webhook, preferences }
    const order = { ...asked, keys, reservation, createdAt: nowSeconds }
    const answer = await store.submit(order)
    if (answer.kind === 'problem') throw new ProblemError(answer.problem)
    if (answer.kind === 'unavailable') {
      isKnown = false
      if (store.isStrict) throw new ProblemError(LEDGER_FAILED)
      await ofJob?.reservePlanned()
      return queue.submitAll(job, hangUp)
    }
    ofJob?.note(answer.reservation)
    if (step === '') ({ createdAt } = answer)
    await Promise.all(answer.rested.map(({ key, ms }) => queue.restKey(key, ms)))
    const ends = await toEnds(answer.taken, queue)
    for (const end of ends) if (end.status === 'fulfilled') ofStore.add(end.value.requestId)
    return ends
  }
  return {
    queue: {
      ...queue,
      submitAll,
      // Of the store's no single part is cancelled: a repeat may want all of them.
      cancel: async (request) => !ofStore.has(request.requestId) && queue.cancel(request),
    },
    createdAt: () => createdAt,
    async end(how) {
      if (isKnown) await store.end(how)
    },
  }
}

const LEDGER_FAILED = {
  kind: 'upstream_failed',
  charged: 'no',
  reason: 'the ledger is out of order',
} as const

/** fal's requests as the line knows them. */
async function toEnds(
  { endpoint, keyFingerprint, parts }: Taken,
  queue: FalQueue,
): Promise<readonly PromiseSettledResult<QueuedRequest>[]> {
  return Promise.allSettled(
    parts.map((one) =>
      'part' in one
        ? queue.find(one.part, endpoint, keyFingerprint)
        : Promise.reject(new ProblemError(one.refused)),
    ),
  )
}
