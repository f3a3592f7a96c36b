import type {
  ArrivedNote,
  DayOfUse,
  JobEnd,
  JobNote,
  JobStatus,
  ListedJob,
  NotedJob,
} from '../ports/account.ts'
import type { RateLimitState } from '../ports/rate-limit.ts'

/** So many jobs of a caller are listed. */
const MOST_JOBS = 100
/** So many days of use are kept. */
const MOST_DAYS = 400
/** So long somebody may come back for what fal told of alone, and some more. */
const TOLD_MS = 60_000
/** Sums of prices such as 0.04 are not exact; a hundred-thousandth of a cent is nobody's money. */
const ROUNDING_USD = 1e-7

const TABLES = [
  `CREATE TABLE IF NOT EXISTS jobs (id INTEGER PRIMARY KEY AUTOINCREMENT, requests TEXT NOT NULL,
   job_id TEXT NOT NULL, model TEXT NOT NULL, endpoint TEXT NOT NULL, created_at INTEGER NOT NULL, status TEXT,
   hold INTEGER, counted INTEGER NOT NULL DEFAULT 0)`,
  `CREATE TABLE IF NOT EXISTS use (day TEXT, model TEXT, jobs INTEGER NOT NULL,
   pictures INTEGER NOT NULL, cost REAL, unpriced INTEGER NOT NULL, PRIMARY KEY (day, model))`,
  `CREATE TABLE IF NOT EXISTS holds (id INTEGER PRIMARY KEY AUTOINCREMENT, day TEXT NOT NULL,
   usd REAL NOT NULL)`,
  'CREATE TABLE IF NOT EXISTS forgotten (requests TEXT PRIMARY KEY)',
  `CREATE TABLE IF NOT EXISTS told (request TEXT, part INTEGER, job_id TEXT NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (request, part))`,
  'CREATE TABLE IF NOT EXISTS bucket (id INTEGER PRIMARY KEY, tokens REAL, at INTEGER)',
]

type JobRow = {
  id: number
  /** fal's ids, which hold no spaces, with a space between. */
  requests: string
  job_id: string
  model: string
  endpoint: string
  created_at: number
  status: JobStatus | null
  hold: number | null
  counted: number
}

type UseRow = {
  day: string
  model: string
  jobs: number
  pictures: number
  cost: number | null
  unpriced: number
}

/**
 * What one caller ordered and used. SQL statements run at once: between two of one call nothing else happens,
 * so what is looked at first still holds when it is acted on.
 */
export class AccountRecords {
  readonly #sql: SqlStorage
  readonly #now: () => number

  /** @param now milliseconds */
  constructor({ sql }: DurableObjectStorage, now: () => number) {
    this.#sql = sql
    this.#now = now
    for (const table of TABLES) sql.exec(table)
  }

  /** Puts a job on the list, once. */
  note(note: JobNote, reservation: number | undefined): void {
    const known = this.#find(note.requestIds)
    const whole = note.requestIds.join(' ')
    if (known.some(({ requests }) => requests === whole)) {
      // fal told of it before it was noted, or a repeat takes it over: the first knows what was set aside.
      this.#sql.exec(
        'UPDATE jobs SET hold = coalesce(hold, ?) WHERE requests = ?',
        reservation ?? null,
        whole,
      )
      return
    }
    // fal told of single requests before the job they belong to was noted.
    for (const { id } of known) this.#sql.exec('DELETE FROM jobs WHERE id = ?', id)
    this.#sql.exec(
      `INSERT INTO jobs (requests, job_id, model, endpoint, created_at, hold)
       VALUES (?, ?, ?, ?, ?, ?)`,
      whole,
      note.jobId,
      note.model,
      note.endpoint,
      note.createdAt,
      reservation ?? null,
    )
    this.#sql.exec(
      'DELETE FROM jobs WHERE id NOT IN (SELECT id FROM jobs ORDER BY id DESC LIMIT ?)',
      MOST_JOBS,
    )
  }

  /** fal says that a request has ended: a job that nobody noted is noted now. */
  arrived(note: ArrivedNote, status: JobStatus): void {
    const known = this.#find(note.requestIds)
    if (known.length === 0) {
      this.note(note, undefined)
      this.#tell(note)
    }
    this.#sql.exec(
      'UPDATE jobs SET status = ? WHERE requests = ? AND status IS NULL',
      status,
      note.requestIds.join(' '),
    )
  }

  /** Kept for a moment: the submit's answer may have been lost, and the same is asked for again. */
  #tell({ request, index = 0, jobId }: ArrivedNote): void {
    this.#sql.exec('DELETE FROM told WHERE at < ?', this.#now() - TOLD_MS)
    this.#sql.exec(
      'INSERT OR REPLACE INTO told (request, part, job_id, at) VALUES (?, ?, ?, ?)',
      request,
      index,
      jobId,
      this.#now(),
    )
  }

  told(request: string): readonly string[] {
    const rows = this.#sql.exec<{ job_id: string }>(
      'SELECT job_id FROM told WHERE request = ? ORDER BY part',
      request,
    )
    return rows.toArray().map(({ job_id: jobId }) => jobId)
  }

  seen(end: JobEnd): void {
    if (this.#find(end.requestIds).some(({ counted }) => counted === 0)) this.settle(end, undefined)
  }

  cancelled(requestIds: readonly string[], reservation: number | undefined): void {
    this.releaseReservation(reservation)
    for (const row of this.#find(requestIds)) {
      this.releaseReservation(row.hold)
      this.#sql.exec("UPDATE jobs SET status = 'cancelled' WHERE id = ?", row.id)
    }
  }

  /** Takes a job off the list; it is counted all the same, and found by its requests. */
  forget(requestIds: readonly string[]): void {
    for (const { requests } of this.#find(requestIds)) {
      this.#sql.exec('INSERT OR IGNORE INTO forgotten VALUES (?)', requests)
    }
    this.#sql.exec('DELETE FROM forgotten WHERE requests NOT IN (SELECT requests FROM jobs)')
  }

  /** Counts what a job came to: once, however many were waiting for it. */
  settle(end: JobEnd, reservation: number | undefined): void {
    const known = this.#find(end.requestIds)
    if (end.costUsd !== undefined) {
      for (const row of known) this.releaseReservation(row.hold)
      this.releaseReservation(reservation)
    }
    if (known.some(({ counted }) => counted === 1)) return
    for (const { id } of known) {
      this.#sql.exec('UPDATE jobs SET status = ?, counted = 1 WHERE id = ?', end.status, id)
    }
    const cost = end.costUsd ?? null
    this.#sql.exec(
      `INSERT INTO use (day, model, jobs, pictures, cost, unpriced) VALUES (?, ?, 1, ?, ?, ?)
       ON CONFLICT DO UPDATE SET jobs = jobs + 1, pictures = pictures + excluded.pictures,
       cost = CASE WHEN excluded.cost IS NULL THEN cost ELSE coalesce(cost, 0) + excluded.cost END,
       unpriced = unpriced + excluded.unpriced`,
      this.#today(),
      end.model,
      end.made,
      cost,
      cost === null ? 1 : 0,
    )
    this.#sql.exec(
      'DELETE FROM use WHERE day NOT IN (SELECT DISTINCT day FROM use ORDER BY day DESC LIMIT ?)',
      MOST_DAYS,
    )
  }

  jobOf(requestId: string): NotedJob | undefined {
    const [row] = this.#find([requestId])
    return row && { jobId: row.job_id, parts: row.requests.split(' ').length }
  }

  /** The latest first. */
  jobs(): readonly ListedJob[] {
    return this.#sql
      .exec<JobRow>(
        `SELECT * FROM jobs WHERE requests NOT IN (SELECT requests FROM forgotten)
         ORDER BY id DESC`,
      )
      .toArray()
      .map((row) => ({
        jobId: row.job_id,
        model: row.model,
        endpoint: row.endpoint,
        createdAt: row.created_at,
        status: row.status ?? undefined,
      }))
  }

  /** The latest day first. */
  use(): readonly DayOfUse[] {
    return this.#sql
      .exec<UseRow>('SELECT * FROM use ORDER BY day DESC, model')
      .toArray()
      .map(({ cost, pictures, ...row }) => ({
        ...row,
        made: pictures,
        costUsd: cost ?? undefined,
      }))
  }

  /**
   * Whether one more request passes: a bucket of `perMinute` that fills up again evenly, as OpenAI's limits
   * do.
   */
  admit(perMinute: number): RateLimitState {
    const now = this.#now()
    const rate = perMinute / 60_000
    const [kept] = this.#sql
      .exec<{ tokens: number; at: number }>('SELECT tokens, at FROM bucket')
      .toArray()
    const filled = kept === undefined ? perMinute : kept.tokens + (now - kept.at) * rate
    const tokens = Math.min(perMinute, filled)
    const ok = tokens >= 1
    const left = ok ? tokens - 1 : tokens
    this.#sql.exec('INSERT OR REPLACE INTO bucket VALUES (1, ?, ?)', left, now)
    return {
      ok,
      limit: perMinute,
      remaining: Math.floor(left),
      retrySeconds: Math.max(0, (1 - left) / rate / 1000),
      resetSeconds: (perMinute - left) / rate / 1000,
    }
  }

  /**
   * Sets money aside for a job, when the day's budget still has so much.
   *
   * @returns what to give back or to settle with; undefined: there is not enough left today
   */
  reserve(usd: number, budgetUsd: number): number | undefined {
    const day = this.#today()
    this.#sql.exec('DELETE FROM holds WHERE day <> ?', day)
    const { spent } = this.#sql
      .exec<{ spent: number }>(
        `SELECT (SELECT coalesce(sum(cost), 0) FROM use WHERE day = ?) +
         (SELECT coalesce(sum(usd), 0) FROM holds) AS spent`,
        day,
      )
      .one()
    if (spent + usd > budgetUsd + ROUNDING_USD) return undefined
    return this.#sql
      .exec<{ id: number }>('INSERT INTO holds (day, usd) VALUES (?, ?) RETURNING id', day, usd)
      .one().id
  }

  releaseReservation(reservation: number | null | undefined): void {
    this.#sql.exec('DELETE FROM holds WHERE id = ?', reservation ?? null)
  }

  #find(requestIds: readonly string[]): readonly JobRow[] {
    return this.#sql
      .exec<JobRow>('SELECT * FROM jobs')
      .toArray()
      .filter(({ requests }) => requests.split(' ').some((id) => requestIds.includes(id)))
  }

  #today(): string {
    return new Date(this.#now()).toISOString().slice(0, 10)
  }
}
