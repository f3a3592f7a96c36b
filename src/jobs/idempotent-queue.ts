import type { FalQueue } from '../fal/queue/fal-queue.ts'
import type { QueuedRequest } from '../fal/queue/queued-request.ts'
import { ProblemError } from '../job/problem.ts'
import type { IdempotencyStore, Taken } from '../ports/idempotency-store.ts'

/**
 * fal's queue for one request that may be repeated: its submits are made at the desk, where a repeat finds
 * the job of the first. What its caller leaves behind is not cancelled here, but by the desk, when no repeat
 * comes for it.
 */
export function createIdempotentQueue(queue: FalQueue, store: IdempotencyStore): FalQueue {
  const recordIds = new Map<string, number>()
  return {
    ...queue,
    async submitAll({ endpoint, inputs, step = '', webhook }, hangUp) {
      const keys = await queue.keysInTurn()
      hangUp.throwIfAborted()
      const answer = await store.submit({ endpoint, inputs, step, keys, webhook })
      if (answer.kind === 'problem') throw new ProblemError(answer.problem)
      if (answer.kind === 'unavailable') {
        if (store.isStrict) throw new ProblemError(LEDGER_FAILED)
        return queue.submitAll({ endpoint, inputs, step, webhook }, hangUp)
      }
      for (const { key, ms } of answer.rested) await queue.restKey(key, ms)
      for (const one of answer.taken.parts) {
        if ('part' in one) recordIds.set(one.part.requestId, answer.recordId)
      }
      return toEnds(answer.taken, queue)
    },
    async cancel(request) {
      const recordId = recordIds.get(request.requestId)
      if (recordId === undefined) return queue.cancel(request)
      // The parts of a job have one receipt, which is given back once.
      for (const [id, other] of recordIds) if (other === recordId) recordIds.delete(id)
      await store.release(recordId)
      // Not yet.
      return false
    },
  }
}

const LEDGER_FAILED = {
  kind: 'upstream_failed',
  charged: 'no',
  status: undefined,
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
