import type { FalQueue } from '../fal/queue/fal-queue.ts'
import type { QueuedRequest } from '../fal/queue/queued-request.ts'
import { ProblemError } from '../job/problem.ts'
import type { ClaimDesk, Taken } from '../ports/idempotency-store.ts'

/**
 * fal's queue for one request that may be repeated: its submits are made at the desk, where a repeat finds
 * the job of the first. What its caller leaves behind is not cancelled here, but by the desk, when no repeat
 * comes for it.
 */
export function createClaimedQueue(queue: FalQueue, desk: ClaimDesk): FalQueue {
  const receipts = new Map<string, number>()
  return {
    ...queue,
    async submitAll({ endpoint, inputs, step = '', webhook }, hangUp) {
      const keys = await queue.keysInTurn()
      hangUp.throwIfAborted()
      const answer = await desk.submit({ endpoint, inputs, step, keys, webhook })
      if (answer.kind === 'problem') throw new ProblemError(answer.problem)
      if (answer.kind === 'unavailable') {
        if (desk.isStrict) throw new ProblemError(LEDGER_FAILED)
        return queue.submitAll({ endpoint, inputs, step, webhook }, hangUp)
      }
      for (const { key, ms } of answer.rested) await queue.restKey(key, ms)
      for (const one of answer.taken.parts) {
        if ('part' in one) receipts.set(one.part.requestId, answer.receipt)
      }
      return toEnds(answer.taken, queue)
    },
    async cancel(request) {
      const receipt = receipts.get(request.requestId)
      if (receipt === undefined) return queue.cancel(request)
      // The parts of a job have one receipt, which is given back once.
      for (const [id, other] of receipts) if (other === receipt) receipts.delete(id)
      await desk.release(receipt)
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
