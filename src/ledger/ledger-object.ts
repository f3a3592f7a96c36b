import { DurableObject } from 'cloudflare:workers'

import type { ClaimAnswer } from '../job/claim.ts'
import { ClaimBook, type ClaimRequest, type LedgerQueue } from './claim-book.ts'

/**
 * What outlives a request, as a Durable Object: each call takes milliseconds, and the waiting for pictures
 * is left to the stateless Worker, because an object is paid for by the time it is awake.
 *
 * There is one object for each scope (a caller with an idempotency key, a caller with a body), so no object
 * is everybody's.
 */
export class LedgerObject extends DurableObject {
  readonly #claims: ClaimBook

  constructor(state: DurableObjectState, env: Cloudflare.Env, queue: LedgerQueue) {
    super(state, env)
    this.#claims = new ClaimBook(state.storage, queue, () => Date.now())
  }

  claim(request: ClaimRequest): Promise<ClaimAnswer> {
    return this.#claims.claim(request)
  }

  release(receipt: number): Promise<void> {
    return this.#claims.release(receipt)
  }

  override alarm(): Promise<void> {
    return this.#claims.tidy()
  }
}
