import { DurableObject } from 'cloudflare:workers'

import type {
  ArrivedNote,
  DayOfUse,
  JobEnd,
  JobNote,
  JobStatus,
  ListedJob,
  NotedJob,
} from '../ports/account.ts'
import type { FoundPart, RequestEnd, SubmitAnswer } from '../ports/idempotency-store.ts'
import type { RateLimitState } from '../ports/rate-limit.ts'
import { AccountRecords } from './account-records.ts'
import { IdempotencyRecords } from './idempotency-records.ts'
import type { IdempotentSubmit, LedgerQueue } from './ledger-queue.ts'

/**
 * What outlives a request, as a Durable Object: each call takes milliseconds, and the waiting for what is made
 * is left to the stateless Worker, because an object is paid for by the time it is awake.
 *
 * There is one object for each scope (a caller with an idempotency key, a caller with a body) and one for
 * each caller's account, so no object is everybody's.
 */
export class LedgerObject extends DurableObject {
  readonly #claims: IdempotencyRecords
  #account: AccountRecords | undefined

  constructor(state: DurableObjectState, env: Cloudflare.Env, queue: LedgerQueue) {
    super(state, env)
    this.#claims = new IdempotencyRecords(state.storage, queue, () => Date.now())
  }

  claim(request: IdempotentSubmit): Promise<SubmitAnswer> {
    return this.#claims.claim(request)
  }

  end(request: string, how: RequestEnd): Promise<void> {
    return this.#claims.end(request, how)
  }

  /** @returns whether a submit of this scope whose answer was lost has now been found */
  found(part: FoundPart): boolean {
    return this.#claims.found(part)
  }

  note(note: JobNote, reservation: number | undefined): void {
    this.#book().note(note, reservation)
  }

  arrived(note: ArrivedNote, status: JobStatus): void {
    this.#book().arrived(note, status)
  }

  told(request: string): readonly string[] {
    return this.#book().told(request)
  }

  settle(end: JobEnd, reservation: number | undefined): void {
    this.#book().settle(end, reservation)
  }

  seen(end: JobEnd): void {
    this.#book().seen(end)
  }

  forget(requestIds: readonly string[]): void {
    this.#book().forget(requestIds)
  }

  cancelled(requestIds: readonly string[], reservation: number | undefined): void {
    this.#book().cancelled(requestIds, reservation)
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

  admit(perMinute: number): RateLimitState {
    return this.#book().admit(perMinute)
  }

  reserve(usd: number, budgetUsd: number): number | undefined {
    return this.#book().reserve(usd, budgetUsd)
  }

  releaseReservation(reservation: number): void {
    this.#book().releaseReservation(reservation)
  }

  override alarm(): Promise<void> {
    return this.#claims.tidy()
  }

  /** Its tables are not for the objects of claims. */
  #book(): AccountRecords {
    return (this.#account ??= new AccountRecords(this.ctx.storage, () => Date.now()))
  }
}
