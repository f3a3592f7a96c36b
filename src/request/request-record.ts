import type { JobMeasures } from '../job/job-result.ts'
import { problemOf, type Problem } from '../job/problem.ts'
import type { AcceptedJob } from '../job/running-job.ts'
import type { RequestEnd } from '../ports/idempotency-store.ts'

/** How a request ended. `in_background`: it left a job behind that goes on at fal. */
export type Outcome = 'completed' | 'hung_up' | 'in_background' | Problem['kind']

/** What becomes known of a request while it is served. */
export interface RequestRecord {
  /** Milliseconds since 1970. */
  readonly beganAt: number
  /** What must have ended before the request has. */
  readonly works: Promise<unknown>[]
  /** undefined: not known yet; set by `end`. */
  outcome: Outcome | undefined
  /** undefined: fal has accepted nothing. */
  job: AcceptedJob | undefined
  /** How many were made. */
  made: number
  measures: JobMeasures | undefined
}

/** @param beganAt milliseconds since 1970 */
export function createRecord(beganAt: number): RequestRecord {
  return {
    beganAt,
    works: [],
    outcome: undefined,
    job: undefined,
    made: 0,
    measures: undefined,
  }
}

/** Notes how a request ended. What happened first holds: a failure is often followed by an abort. */
export function end(record: RequestRecord, outcome: Outcome): void {
  record.outcome ??= outcome
}

/** Failures that are the job's end: asking again would bring the same. */
const FINAL: ReadonlySet<Outcome> = new Set(['content_rejected', 'input_rejected', 'cancelled'])

/** What an outcome means for repeats of the request. */
export function toRequestEnd(outcome: Outcome | undefined): RequestEnd {
  if (outcome === undefined || outcome === 'completed' || FINAL.has(outcome)) return 'answered'
  return outcome === 'hung_up' ? 'left' : 'kept'
}

/** A failure is how the request ended. */
export function noteFailure(error: unknown, record: RequestRecord): void {
  end(record, problemOf(error).kind)
}
