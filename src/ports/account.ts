import type { RateLimitState } from './rate-limit.ts'

/** A job of a caller's, as the account lists it. */
export interface JobNote {
  /** fal's ids of the job's requests: what makes the job one, however often it is noted. */
  readonly requestIds: readonly string[]
  readonly jobId: string
  readonly model: string
  readonly endpoint: string
  /** Seconds since 1970. */
  readonly createdAt: number
}

/** What fal tells of the end of one request of a job. */
export interface ArrivedNote extends JobNote {
  /** The random name of the request that submitted it. */
  readonly request: string
  /** Which of the job's requests it is; undefined: fal does not say. */
  readonly index: number | undefined
}

/** A job by one of its requests. */
export interface NotedJob {
  readonly jobId: string
  /** How many fal requests it is known to have. */
  readonly parts: number
}

/** How a job has ended, as far as somebody has seen it. */
export type JobStatus = 'completed' | 'failed' | 'cancelled'

/** What a job came to. */
export interface JobEnd {
  readonly requestIds: readonly string[]
  readonly model: string
  readonly status: JobStatus
  readonly made: number
  /** undefined: not known, which is not 0. */
  readonly costUsd: number | undefined
}

/** A noted job; `status` undefined: nobody has seen its end. */
export type ListedJob = Omit<JobNote, 'requestIds'> & { readonly status: JobStatus | undefined }

/** What one caller used of one model on one day (UTC). */
export interface DayOfUse {
  /** `2026-11-23`. */
  readonly day: string
  readonly model: string
  readonly jobs: number
  readonly made: number
  /** Of the jobs whose cost is known; undefined: of none. */
  readonly costUsd: number | undefined
  /** Jobs whose cost is not known. */
  readonly unpriced: number
}

/** What one caller ordered and used, kept where it outlives requests. */
export interface Account {
  /**
   * Puts a job on the list of the caller's latest.
   *
   * @param reservation what was set aside for it, which is settled with it
   */
  note(note: JobNote, reservation: number | undefined): Promise<void>
  /** fal says that a request has ended. */
  arrived(note: ArrivedNote, status: JobStatus): Promise<void>
  /**
   * What one of our requests turned out to have submitted, as fal told a moment ago when nobody had noted it: ids
   * of jobs of one fal request each, in their order.
   */
  told(request: string): Promise<readonly string[]>
  /** Counts what a job came to, once, and gives back what was set aside for it, when its cost is known. */
  settle(end: JobEnd, reservation: number | undefined): Promise<void>
  /** The same of a job whose end was only seen when it was looked up: when it is listed, and not counted yet. */
  seen(end: JobEnd): Promise<void>
  /** Nothing was made and nothing is charged: what was set aside for the job is free again. */
  cancelled(requestIds: readonly string[], reservation: number | undefined): Promise<void>
  /** Takes a job off the list: its caller wants to see it no more. */
  forget(requestIds: readonly string[]): Promise<void>
  /** The job that a request of fal's belongs to; undefined: it is not on the list. */
  jobOf(requestId: string): Promise<NotedJob | undefined>
  /** The latest hundred, the latest first. */
  jobs(): Promise<readonly ListedJob[]>
  /** The latest day first. */
  use(): Promise<readonly DayOfUse[]>
  /** Counts one request against so many for a minute. */
  admit(perMinute: number): Promise<RateLimitState>
  /** Sets money aside; undefined: the day's budget has not so much left. */
  reserve(usd: number, budgetUsd: number): Promise<number | undefined>
  releaseReservation(reservation: number): Promise<void>
}
