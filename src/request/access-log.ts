import type { Timings } from '../job/job-result.ts'
import type { AcceptedJob } from '../job/running-job.ts'
import type { Log } from '../lib/log.ts'
import type { DataPoint, UsageSink } from '../ports/usage-sink.ts'
import type { RequestContext } from './request-context.ts'
import type { Outcome } from './request-record.ts'

/** What the end of a request is told to. */
export interface AccessLog {
  readonly log: Log
  /** undefined: the owner has bound none. */
  readonly usage: UsageSink | undefined
  /** Milliseconds since 1970. */
  readonly now: () => number
}

/**
 * Waits until all works of a request have ended, for a stream until after its last byte, and tells of it: one
 * line in the log, and one data point when it had a job. Never a prompt, a key or a URL: the route is the
 * pattern in our table, the model a name of the catalogue.
 */
export async function logWhenEnded(
  context: RequestContext,
  answer: Answer,
  listeners: AccessLog,
): Promise<void> {
  const { works } = context.record
  // One may bring another: what is written down when a job is done.
  for (let known = 0; known < works.length;) {
    known = works.length
    await Promise.allSettled(works)
  }
  logEnd(context, answer, listeners)
}

interface Answer {
  readonly status: number
  /** The pattern, not the path. */
  readonly route: string
}

function logEnd(
  context: RequestContext,
  { status, route }: Answer,
  { log, usage, now }: AccessLog,
): void {
  const { request, caller, record } = context
  const { job, measures } = record
  const outcome = record.outcome ?? (request.signal.aborted ? 'hung_up' : 'completed')
  const total = now() - record.beganAt
  log('info', 'request', {
    request_id: context.requestId,
    method: request.method,
    route,
    status,
    outcome,
    caller: caller.name,
    ...(job && {
      model: job.model,
      endpoint: job.endpoint,
      fal_request_id: job.requestIds.join(','),
      pictures: record.made,
    }),
    units: measures?.units,
    cost_usd: measures?.costUsd,
    ms: { ...measures?.timings, total },
  })
  if (job === undefined || usage === undefined) return
  try {
    usage.writeDataPoint(toDataPoint(job, context, outcome, total))
  } catch {
    log('warn', 'usage not written')
  }
}

/** The places of these values are what owners write their queries with: docs/operations.md. */
function toDataPoint(
  { model, endpoint }: AcceptedJob,
  { caller, record }: RequestContext,
  outcome: Outcome,
  total: number,
): DataPoint {
  const { units, costUsd, timings } = record.measures ?? {}
  // A number cannot be absent there: a word says whether the cost is known.
  const priced = costUsd === undefined ? 'unpriced' : 'priced'
  const { submit, queue, run, fetch }: Partial<Timings> = timings ?? {}
  return {
    indexes: [caller.name],
    blobs: [caller.name, model, endpoint, outcome, priced],
    doubles: [record.made, units, costUsd, total, submit, queue, run, fetch].map(
      (value) => value ?? 0,
    ),
  }
}
