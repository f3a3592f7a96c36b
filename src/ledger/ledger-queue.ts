import type {
  IdempotencyKey,
  ReservationOrder,
  RestedKey,
  SubmitOrder,
  Taken,
} from '../ports/idempotency-store.ts'

/** fal's queue and the caller's account, as the ledger's records of submits use them. */
export interface LedgerQueue {
  /** @throws ProblemError as `submitAll` of fal's queue */
  submit(
    order: SubmitOrder,
  ): Promise<{ readonly taken: Taken; readonly rested: readonly RestedKey[] }>
  /** @returns whether all of it still waited, and has been taken out of the queue; else nothing has */
  cancelWaiting(taken: Taken): Promise<boolean>
  /**
   * Sets money aside on the caller's account.
   *
   * @throws ProblemError `budget_spent`
   */
  reserve(callerName: string, order: ReservationOrder): Promise<number>
  releaseReservation(callerName: string, reservation: number): Promise<void>
  /** Tells the caller's account that a job of its was cancelled. */
  tellCancelled(callerName: string, requestIds: readonly string[]): Promise<void>
}

/** An order, and what its request says of its repeats. */
export interface IdempotentSubmit extends SubmitOrder, Omit<IdempotencyKey, 'scope' | 'isStrict'> {
  /** A random name for this request: the same one twice is the same request, sent again by our own hand. */
  readonly request: string
}
