import * as z from 'zod/mini'

import { mayBeTaken, problemOf, type Problem } from '../job/problem.ts'
import { parseJson } from '../lib/json.ts'
import type { SubmitAnswer, SubmitOrder, RestedKey, Taken } from '../ports/idempotency-store.ts'

/** fal's queue, as the ledger uses it. */
export interface LedgerQueue {
  /** @throws ProblemError as `submitAll` of fal's queue */
  submit(
    order: SubmitOrder,
  ): Promise<{ readonly taken: Taken; readonly rested: readonly RestedKey[] }>
  /** @returns whether everything still waited, and has been taken out of the queue */
  cancelWaiting(taken: Taken): Promise<boolean>
  /** Tells the caller's account that a job of its was cancelled. */
  tellCancelled(caller: string, requestIds: readonly string[]): Promise<void>
}

/** An order, and what its request says of its repeats. */
export interface IdempotentSubmit extends SubmitOrder {
  /** A random name for this request: the same one twice is the same request, sent again by our own hand. */
  readonly request: string
  readonly caller: string
  readonly bodyHash: string
  readonly attach: boolean
  readonly keepSeconds: number
}

/**
 * So long after a caller has gone its job is kept for a repeat of the request. The official clients wait
 * 0.5 to 8 s before they try again (openai-node, `calculateDefaultRetryTimeoutMillis`).
 */
const GRACE_MS = 10_000

/**
 * So long it is remembered that a request was refused before anything was submitted: its client tries again
 * within seconds, or when `Retry-After` says so.
 */
const REFUSED_MS = 130_000
const REFUSED = 'refused'

const TABLE = `CREATE TABLE IF NOT EXISTS jobs (
  id INTEGER PRIMARY KEY AUTOINCREMENT, request TEXT NOT NULL, step TEXT NOT NULL,
  body_hash TEXT NOT NULL, taken TEXT, attached INTEGER NOT NULL, released_at INTEGER,
  expires_at INTEGER NOT NULL)`

type Row = {
  id: number
  request: string
  step: string
  body_hash: string
  /** JSON of `Noted`; null: under way, or its outcome was lost; `REFUSED`: nothing was submitted. */
  taken: string | null
  attached: number
  released_at: number | null
  expires_at: number
}

const noted = z.object({
  endpoint: z.string(),
  keyFingerprint: z.string(),
  /** Whose job it is. */
  caller: z.optional(z.string()),
  parts: z.array(
    z.union([
      z.object({ part: z.object({ requestId: z.string(), path: z.string() }) }),
      z.object({ refused: z.custom<Problem>((value) => typeof value === 'object') }),
    ]),
  ),
})

/** The jobs of one scope: submits each once, and remembers what fal took. */
export class IdempotencyRecords {
  readonly #storage: DurableObjectStorage
  readonly #queue: LedgerQueue
  readonly #now: () => number
  readonly #submitting = new Map<number, Promise<SubmitAnswer>>()
  #cancelling: Promise<unknown> = Promise.resolve()

  /**
   * @param storage the object's own, whose SQL statements run at once: nothing comes between two of them
   * @param now milliseconds
   */
  constructor(storage: DurableObjectStorage, queue: LedgerQueue, now: () => number) {
    this.#storage = storage
    this.#queue = queue
    this.#now = now
  }

  async claim(order: IdempotentSubmit): Promise<SubmitAnswer> {
    // A job that is being cancelled must be gone, or have been found running, before it is looked for.
    await this.#cancelling
    const found = this.#lookUp(order)
    if (typeof found !== 'number') return found
    const submitted = this.#submit(found, order)
    this.#submitting.set(found, submitted)
    // Storage that takes no more must not hide what fal answers.
    await this.#wake().catch(() => undefined)
    return submitted
  }

  /** What answers the order, or the number of a new row for it. */
  #lookUp(order: IdempotentSubmit): Promise<SubmitAnswer> | SubmitAnswer | number {
    try {
      return this.#find(order) ?? this.#write(order)
    } catch {
      // Nothing has been submitted: storage that can write no more must not stop every image.
      return { kind: 'unavailable' }
    }
  }

  #find(order: IdempotentSubmit): Promise<SubmitAnswer> | SubmitAnswer | undefined {
    const all = this.#living()
    const rows = all.filter(({ taken }) => taken !== REFUSED)
    const same = rows.find((row) => row.request === order.request && row.step === order.step)
    if (same !== undefined) return this.#answer(same)
    if (order.attach && rows.some((row) => row.body_hash !== order.bodyHash)) {
      return { kind: 'problem', problem: { kind: 'idempotency_key_reused' } }
    }
    const known = order.attach || order.step !== '' ? jobOfRepeat(all, order.step) : undefined
    if (known === undefined) return undefined
    this.#tryRun(
      'UPDATE jobs SET attached = attached + 1, released_at = NULL, expires_at = ? WHERE id = ?',
      this.#now() + order.keepSeconds * 1000,
      known.id,
    )
    return this.#answer(known)
  }

  /** Whether a job is known, so that a repeat would be served by it. */
  knows(): boolean {
    return jobOfRepeat(this.#living(), '') !== undefined
  }

  #living(): Row[] {
    return this.#rows().filter((row) => row.expires_at > this.#now())
  }

  async release(recordId: number): Promise<void> {
    if (!this.#rows().some(({ id }) => id === recordId)) return
    this.#run(
      `UPDATE jobs SET attached = max(0, attached - 1),
       released_at = CASE WHEN attached <= 1 THEN ? ELSE released_at END WHERE id = ?`,
      this.#now(),
      recordId,
    )
    await this.#wake()
  }

  /** fal has told of a request whose answer was lost: from now on it is found. */
  found(request: string, done: Taken): boolean {
    const lost = this.#rows().find(
      (row) => row.request === request && row.step === '' && row.taken === null,
    )
    if (lost === undefined || this.#submitting.has(lost.id)) return false
    this.#run('UPDATE jobs SET taken = ? WHERE id = ?', JSON.stringify(done), lost.id)
    return true
  }

  /** What the alarm does: cancels what was left for good, forgets what is old. */
  async tidy(): Promise<void> {
    const left = this.#rows().filter(
      ({ released_at: at }) => at !== null && at + GRACE_MS <= this.#now(),
    )
    this.#cancelling = Promise.all(left.map((row) => this.#cancel(row)))
    await this.#cancelling
    this.#run('DELETE FROM jobs WHERE expires_at <= ?', this.#now())
    await this.#wake()
  }

  #rows(): Row[] {
    // Each time, because an object that has forgotten everything may be asked again.
    this.#run(TABLE)
    return this.#storage.sql.exec<Row>('SELECT * FROM jobs ORDER BY id').toArray()
  }

  #run(statement: string, ...values: (string | number)[]): void {
    this.#storage.sql.exec(statement, ...values)
  }

  async #wake(): Promise<void> {
    const at = Math.min(...this.#rows().map((row) => nextLook(row)))
    if (Number.isFinite(at)) await this.#storage.setAlarm(at)
    else await this.#storage.deleteAll()
  }

  /** Before fal is asked: when this object dies in between, nobody submits again. */
  #write(order: IdempotentSubmit): number {
    return this.#storage.sql
      .exec<{ id: number }>(
        `INSERT INTO jobs (request, step, body_hash, taken, attached, released_at, expires_at)
         VALUES (?, ?, ?, NULL, 1, NULL, ?) RETURNING id`,
        order.request,
        order.step,
        order.bodyHash,
        this.#now() + order.keepSeconds * 1000,
      )
      .one().id
  }

  async #submit(id: number, order: IdempotentSubmit): Promise<SubmitAnswer> {
    try {
      const done = await this.#queue.submit(order)
      const note = JSON.stringify({ ...done.taken, caller: order.caller })
      this.#tryRun('UPDATE jobs SET taken = ? WHERE id = ?', note, id)
      return { kind: 'taken', ...done, recordId: id }
    } catch (error) {
      const problem = problemOf(error)
      // What may be at fal is never asked for again; what is not may be.
      if (!mayBeTaken(problem)) {
        const until = this.#now() + REFUSED_MS
        this.#run('UPDATE jobs SET taken = ?, expires_at = ? WHERE id = ?', REFUSED, until, id)
      }
      return { kind: 'problem', problem }
    } finally {
      this.#submitting.delete(id)
    }
  }

  /** What fal has taken is worth more than our note of it: the request gets its image all the same. */
  #tryRun(statement: string, ...values: (string | number)[]): void {
    try {
      this.#run(statement, ...values)
    } catch {
      // The row stays as it is.
    }
  }

  #answer(row: Row): Promise<SubmitAnswer> | SubmitAnswer {
    return this.#submitting.get(row.id) ?? toAnswer(row)
  }

  async #cancel(row: Row): Promise<void> {
    const known = readNoted(row)
    const gone = known !== undefined && (await this.#queue.cancelWaiting(known).catch(() => false))
    this.#run(
      gone ? 'DELETE FROM jobs WHERE id = ?' : 'UPDATE jobs SET released_at = NULL WHERE id = ?',
      row.id,
    )
    if (!gone || known.caller === undefined) return
    const requestIds = known.parts.flatMap((one) => ('part' in one ? [one.part.requestId] : []))
    await this.#queue.tellCancelled(known.caller, requestIds).catch(() => undefined)
  }
}

/**
 * Which job serves a repeat; undefined: none does.
 *
 * Of several equal jobs the one that the fewest are waiting for; of those the oldest. When the latest request
 * was refused before anything was submitted, its repeat is the one that comes now, and what was made for
 * others before is theirs; a job that its caller has left goes before that.
 */
function jobOfRepeat(living: readonly Row[], step: string): Row | undefined {
  const rows = living.filter((row) => row.step === step)
  const [best] = rows
    .filter(({ taken }) => taken !== REFUSED)
    .toSorted((one, other) => one.attached - other.attached)
  const isRefused = rows.at(-1)?.taken === REFUSED
  return best !== undefined && isRefused && best.attached > 0 ? undefined : best
}

function nextLook({ released_at: released, expires_at: expires }: Row): number {
  return released === null ? expires : Math.min(released + GRACE_MS, expires)
}

type Noted = z.infer<typeof noted>

function readNoted(row: Row): Noted | undefined {
  const read = noted.safeParse(row.taken === null ? undefined : parseJson(row.taken))
  return read.success ? read.data : undefined
}

function toAnswer(row: Row): SubmitAnswer {
  const known = readNoted(row)
  return known === undefined
    ? { kind: 'problem', problem: OUTCOME_LOST }
    : { kind: 'taken', taken: known, recordId: row.id, rested: [] }
}

/** The submit's answer never came: fal may have the job, but nobody knows its id. */
export const OUTCOME_LOST: Problem = {
  kind: 'upstream_failed',
  charged: 'unknown',
  status: undefined,
  reason: 'the answer to the submit was lost',
}
