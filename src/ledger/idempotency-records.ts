import { mayBeTaken, problemOf, type Problem } from '../job/problem.ts'
import type { FoundPart, RequestEnd, SubmitAnswer } from '../ports/idempotency-store.ts'
import type { IdempotentSubmit, LedgerQueue } from './ledger-queue.ts'
import { forsakenAt, nextLookAt } from './left-orders.ts'
import { orderOfRepeat } from './order-of-repeat.ts'
import { createOrderRows, type OrderRow, type OrderRows } from './order-rows.ts'
import { isIncomplete, OUTCOME_LOST, withFound, withKnown } from './taken-parts.ts'
import { createUnclearRepeats, type Repeat } from './unclear-repeats.ts'

/**
 * So long it is remembered that a request was refused before anything was submitted: its client tries again
 * within seconds, or when `Retry-After` says so.
 */
const REFUSED_MS = 130_000
/** Refusals after which it does; what is refused for good is forgotten. */
const COMES_BACK: ReadonlySet<string> = new Set([
  'rate_limited',
  'too_many_requests',
  'upstream_failed',
])

/**
 * So long after fal first told of one request of a job the others are waited for before the job is taken for
 * what is known of it: they were submitted within a second, and run alike.
 */
const FOUND_WHOLE_MS = 60_000

/**
 * So long it is waited for to show which of several equal orders a repeat belongs to. Not longer, because its
 * caller hears nothing meanwhile, and proxies give up after 60 s.
 */
const UNCLEAR_MS = 50_000

const CALLER_GONE: Problem = { kind: 'cancelled' }

/** A submit under way. */
interface Submitting {
  readonly answer: Promise<SubmitAnswer>
  /** fal has told of all of it, before its own answer came. */
  readonly found: () => void
}

/** The submits of one scope: each is made once, and what fal took is remembered. */
export class IdempotencyRecords {
  readonly #storage: DurableObjectStorage
  readonly #rows: OrderRows
  readonly #queue: LedgerQueue
  readonly #now: () => number
  readonly #submitting = new Map<number, Submitting>()
  /** Requests that this object has heard of, so that it will hear of their ends. */
  readonly #open = new Set<string>()
  /** Requests that ended before they had an order. */
  readonly #gone = new Set<string>()
  readonly #unclear = createUnclearRepeats()
  #cancelling: Promise<unknown> = Promise.resolve()

  /**
   * @param storage the object's own, whose SQL statements run at once: nothing comes between two of them
   * @param now milliseconds
   */
  constructor(storage: DurableObjectStorage, queue: LedgerQueue, now: () => number) {
    this.#storage = storage
    this.#rows = createOrderRows(storage)
    this.#queue = queue
    this.#now = now
  }

  async claim(order: IdempotentSubmit): Promise<SubmitAnswer> {
    // A job that is being cancelled must be gone, or have been found running, before it is looked for.
    await this.#cancelling
    const found = await this.#settleOn(order)
    if (typeof found !== 'number') return found
    const { promise: told, resolve } = Promise.withResolvers<SubmitAnswer>()
    const answer = Promise.race([this.#submit(found, order), told])
    this.#submitting.set(found, {
      answer,
      found: () => {
        resolve(this.#answerOf(found))
      },
    })
    // Storage that takes no more must not hide what fal answers.
    await this.#wake().catch(() => undefined)
    return answer
  }

  /**
   * What answers the order, or the number of a new row for it. Of several equal orders that may all be waited
   * for one ends soon, and then it shows whose repeat this is.
   */
  async #settleOn(order: IdempotentSubmit): Promise<SubmitAnswer | number> {
    const { request } = order
    if (order.step === '' && !this.#hasOneBefore(order)) this.#unclear.overtake(toRepeat(order))
    for (const until = this.#now() + UNCLEAR_MS; ;) {
      if (this.#gone.delete(request)) {
        this.#unclear.settle(request)
        return { kind: 'problem', problem: CALLER_GONE }
      }
      const isClear = this.#now() >= until
      const found = this.#lookUp(order, isClear)
      if (found !== 'unclear') {
        this.#unclear.settle(request)
        return found
      }
      await this.#unclear.wait(toRepeat(order), Math.max(0, until - this.#now()))
    }
  }

  /** Whether an order is waiting for just this repeat, so that its client may be another than one that waits here. */
  #hasOneBefore({ tries = 0 }: IdempotentSubmit): boolean {
    return tries > 1 && this.#living().some(({ lastTry }) => lastTry === tries - 1)
  }

  #lookUp(
    order: IdempotentSubmit,
    isClear: boolean,
  ): Promise<SubmitAnswer> | SubmitAnswer | number | 'unclear' {
    try {
      return this.#find(order, isClear) ?? this.#write(order)
    } catch {
      // Nothing has been submitted: storage that can write no more must not stop every job.
      return { kind: 'unavailable' }
    }
  }

  #find(
    order: IdempotentSubmit,
    isClear: boolean,
  ): Promise<SubmitAnswer> | SubmitAnswer | 'unclear' | undefined {
    const living = this.#living()
    const rows = living.filter(({ state }) => state === undefined)
    const same = rows.find(
      ({ step, tries }) =>
        step === order.step && tries.some(({ request }) => request === order.request),
    )
    if (same !== undefined) return this.#answer(same.id)
    if (order.tries === undefined && rows.some((row) => row.bodyHash !== order.bodyHash)) {
      return { kind: 'problem', problem: { kind: 'idempotency_key_reused' } }
    }
    const known = this.#knownTo(order, living, isClear)
    if (known === 'unclear') return known
    // Its next try submits it.
    if (known?.refused === true) this.#rows.remove(known.id)
    if (known === undefined || known.refused) return undefined
    this.#join(known, order)
    const expiresAt = this.#now() + order.keepSeconds * 1000
    this.#tryUpdate(known.id, { expiresAt, lastTry: Math.max(known.lastTry, order.tries ?? 0) })
    return this.#answer(known.id)
  }

  /** The row that serves an order; undefined: it is a new one. */
  #knownTo(
    order: IdempotentSubmit,
    living: readonly OrderRow[],
    isClear: boolean,
  ): OrderRow | 'unclear' | undefined {
    const rows = living.filter(({ step, state }) => step === order.step && state !== 'cancelled')
    // A later step is named after what it works on, which belongs to one order.
    if (order.step !== '' || order.tries === undefined) return rows.find(({ refused }) => !refused)
    if (!order.attach) return undefined
    const isOpen = (request: string): boolean => !isClear && this.#open.has(request)
    const successor = this.#unclear.successorOf(order.request)
    if (successor !== undefined) {
      const same = rows.find(({ tries }) => tries.some(({ request }) => request === successor))
      if (same !== undefined) return same
      if (!isClear && this.#unclear.isWaiting(successor)) return 'unclear'
    }
    const rivals = this.#unclear.rivalsOf(toRepeat(order))
    const patienceMs = order.patienceSeconds * 1000
    return orderOfRepeat(rows, order.tries, { now: this.#now(), patienceMs, rivals, isOpen })
  }

  #living(): readonly OrderRow[] {
    return this.#rows.all().filter(({ expiresAt }) => expiresAt > this.#now())
  }

  /** Its caller waits for a request no longer. */
  async end(request: string, how: RequestEnd): Promise<void> {
    await this.#cancelling
    this.#open.delete(request)
    if (!this.#rows.end(request, how, this.#now())) this.#gone.add(request)
    this.#unclear.changed()
    await this.#wake()
  }

  /**
   * fal has told of a request whose submit's answer was lost, or has not come yet: from now on it is found.
   *
   * @returns whether that was news
   */
  found({ request, ok, ...part }: FoundPart): boolean {
    const row = this.#rows.all().find((each) => each.request === request && each.step === '')
    if (row === undefined) return false
    // Taken out of the queue, as fal had promised, and made all the same.
    if (row.state === 'cancelled' && ok) this.#rows.update(row.id, { state: undefined })
    const taken = withFound(row.taken, part)
    if (taken === undefined) return false
    this.#rows.update(row.id, {
      taken,
      ...(row.taken === undefined && { foundAt: this.#now() }),
      ...(row.refused && { state: undefined }),
    })
    if (!isIncomplete(taken)) this.#submitting.get(row.id)?.found()
    return true
  }

  /** What the alarm does: cancels what was left for good, forgets what is old. */
  async tidy(): Promise<void> {
    const left = this.#rows.all().filter((row) => forsakenAt(row) <= this.#now())
    this.#cancelling = Promise.all(left.map((row) => this.#cancel(row)))
    await this.#cancelling
    for (const { id, expiresAt } of this.#rows.all()) {
      if (expiresAt <= this.#now()) this.#rows.remove(id)
    }
    await this.#wake()
  }

  async #wake(): Promise<void> {
    const at = Math.min(...this.#rows.all().map(nextLookAt))
    if (Number.isFinite(at)) await this.#storage.setAlarm(at)
    else await this.#storage.deleteAll()
  }

  /** Before fal is asked: when this object dies in between, nobody submits again. */
  #write(order: IdempotentSubmit): number {
    const { request, caller, step, bodyHash, createdAt, keepSeconds, tries = 0 } = order
    // One endpoint has refused it, and now it is another's.
    for (const row of this.#rows.all()) {
      if (row.refused && row.request === request && row.step === step) this.#rows.remove(row.id)
    }
    const expiresAt = this.#now() + keepSeconds * 1000
    const when = { createdSeconds: createdAt, lastTry: tries, expiresAt }
    const id = this.#rows.add({ request, caller, step, bodyHash, ...when })
    this.#join({ id, lastTry: tries, tries: [] }, order)
    return id
  }

  #join(
    { id, lastTry, tries: known }: Pick<OrderRow, 'id' | 'lastTry' | 'tries'>,
    { request, patienceSeconds, tries = lastTry }: IdempotentSubmit,
  ): void {
    const [first] = known
    // One that was overtaken tells nothing of how the order stands: the latest does.
    const cameAt = first !== undefined && tries < lastTry ? first.cameAt - 1 : this.#now()
    this.#open.add(request)
    this.#rows.join(id, { request, cameAt, dueAt: cameAt + patienceSeconds * 1000 })
  }

  async #submit(id: number, order: IdempotentSubmit): Promise<SubmitAnswer> {
    let reservation: number | undefined
    try {
      if (order.reservation !== undefined) {
        reservation = await this.#queue.reserve(order.caller, order.reservation)
        this.#tryUpdate(id, { reservation })
      }
      const { taken, rested } = await this.#queue.submit(order)
      const kept = withKnown(taken, this.#row(id)?.taken)
      this.#tryUpdate(id, { taken: kept, foundAt: undefined })
      return { kind: 'taken', taken: kept, rested, createdAt: order.createdAt, reservation }
    } catch (error) {
      return this.#fail(id, order, problemOf(error), reservation)
    } finally {
      this.#submitting.delete(id)
    }
  }

  #fail(
    id: number,
    { caller }: IdempotentSubmit,
    problem: Problem,
    reservation: number | undefined,
  ): SubmitAnswer {
    if (this.#row(id)?.taken !== undefined) return this.#answerOf(id)
    // What may be at fal is never asked for again; what is not may be.
    if (!mayBeTaken(problem)) {
      const expiresAt = this.#now() + (COMES_BACK.has(problem.kind) ? REFUSED_MS : 0)
      this.#tryUpdate(id, { state: 'refused', expiresAt })
      if (reservation !== undefined) {
        void this.#queue.releaseReservation(caller, reservation).catch(() => undefined)
      }
    }
    return { kind: 'problem', problem }
  }

  /** What fal has taken is worth more than our note of it: the request gets what was made all the same. */
  #tryUpdate(...update: Parameters<OrderRows['update']>): void {
    try {
      this.#rows.update(...update)
    } catch {
      // The row stays as it is.
    }
  }

  #row(id: number): OrderRow | undefined {
    return this.#rows.all().find((row) => row.id === id)
  }

  #answer(id: number): Promise<SubmitAnswer> | SubmitAnswer {
    return this.#submitting.get(id)?.answer ?? this.#answerOf(id)
  }

  #answerOf(id: number): SubmitAnswer {
    const row = this.#row(id)
    const { taken, foundAt = -Infinity } = row ?? {}
    const isEarly = this.#now() < foundAt + FOUND_WHOLE_MS
    if (row === undefined || taken === undefined || (isEarly && isIncomplete(taken))) {
      return { kind: 'problem', problem: OUTCOME_LOST }
    }
    const { createdSeconds: createdAt, reservation } = row
    return { kind: 'taken', taken, createdAt, reservation, rested: [] }
  }

  async #cancel({ id, taken, caller }: OrderRow): Promise<void> {
    const gone = taken !== undefined && (await this.#queue.cancelWaiting(taken).catch(() => false))
    // The row stays: what fal makes all the same is found by it.
    if (gone) this.#rows.update(id, { state: 'cancelled' })
    this.#rows.keep(id)
    if (!gone) return
    const requestIds = taken.parts.flatMap((one) => ('part' in one ? [one.part.requestId] : []))
    await this.#queue.tellCancelled(caller, requestIds).catch(() => undefined)
  }
}

function toRepeat({ request, tries = 0, patienceSeconds }: IdempotentSubmit): Repeat {
  return { request, tries, patienceSeconds }
}
