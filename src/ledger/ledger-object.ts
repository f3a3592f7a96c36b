import { DurableObject } from 'cloudflare:workers'

import type {
  DayOfUse,
  JobEnd,
  JobNote,
  JobStatus,
  ListedJob,
  NotedJob,
  Passage,
} from '../ports/account.ts'
import type { ClaimAnswer, Taken } from '../ports/idempotency-store.ts'
import { AccountBook } from './account-book.ts'
import { ClaimBook, type ClaimRequest, type LedgerQueue } from './claim-book.ts'

/**
 * What outlives a request, as a Durable Object: each call takes milliseconds, and the waiting for pictures
 * is left to the stateless Worker, because an object is paid for by the time it is awake.
 *
 * There is one object for each scope (a caller with an idempotency key, a caller with a body) and one for
 * each caller's account, so no object is everybody's.
 */
export class LedgerObject extends DurableObject {
  readonly #claims: ClaimBook
  #account: AccountBook | undefined

  constructor(state: DurableObjectState, env: Cloudflare.Env, queue: LedgerQueue) {
    super(state, env)
    this.#claims = new ClaimBook(state.storage, queue, () => Date.now())
  }

  claim(request: ClaimRequest): Promise<ClaimAnswer> {
    return this.#claims.claim(request)
  }

  knows(): boolean {
    return this.#claims.knows()
  }

  release(receipt: number): Promise<void> {
    return this.#claims.release(receipt)
  }

  /** @returns whether a submit of this scope whose answer was lost has now been found */
  found(request: string, taken: Taken): boolean {
    return this.#claims.found(request, taken)
  }

  note(note: JobNote, hold: number | undefined): void {
    this.#book().note(note, hold)
  }

  arrived(note: JobNote, status: JobStatus): void {
    this.#book().arrived(note, status)
  }

  settle(end: JobEnd, hold: number | undefined): void {
    this.#book().settle(end, hold)
  }

  seen(end: JobEnd): void {
    this.#book().seen(end)
  }

  cancelled(requestIds: readonly string[], hold: number | undefined): void {
    this.#book().cancelled(requestIds, hold)
  }

  jobOf(requestId: string): NotedJob | undefined {
    return this.#book().jobOf(requestId)
  }

  jobs(): readonly ListedJob[] {
    return this.#book().jobs()
  }

  use(): readonly DayOfUse[] {
    return this.#book().use()
  }

  admit(perMinute: number): Passage {
    return this.#book().admit(perMinute)
  }

  hold(usd: number, budgetUsd: number): number | undefined {
    return this.#book().hold(usd, budgetUsd)
  }

  giveBack(hold: number): void {
    this.#book().giveBack(hold)
  }

  override alarm(): Promise<void> {
    return this.#claims.tidy()
  }

  /** Its tables are not for the objects of claims. */
  #book(): AccountBook {
    return (this.#account ??= new AccountBook(this.ctx.storage, () => Date.now()))
  }
}
