import { problemOf } from '../job/problem.ts'
import type { Log } from '../lib/log.ts'
import { end, type RequestRecord } from '../request/request-record.ts'
import { toErrorBody, toErrorReply } from './error-reply.ts'

/** What an error may say of the job it belongs to. */
export interface ErrorContext {
  /** undefined: fal has accepted nothing. */
  readonly jobId: string | undefined
  /** Headers about the job; empty: there is none. */
  readonly headers: Readonly<Record<string, string>>
  /** Absent: no request of the app's. */
  readonly record?: RequestRecord
}

/** An error as an OpenAI answer. The job's id is in it: what was paid for can still be fetched. */
export function toErrorResponse(error: unknown, context: ErrorContext, log: Log): Response {
  const problem = problemOf(error)
  const reply = toErrorReply(problem)
  const hungUp = error instanceof Error && error.name === 'AbortError'
  if (context.record !== undefined) end(context.record, hungUp ? 'hung_up' : problem.kind)
  // What breaks when nobody waits any more is no mistake.
  if (problem.kind === 'internal' && context.record?.outcome !== 'hung_up') {
    // Only the kind of error: its message may hold a prompt or a URL.
    log('error', 'internal error', { error: error instanceof Error ? error.name : typeof error })
  }
  return Response.json(
    { error: toErrorBody(problem, context.jobId) },
    { status: reply.status, headers: { ...context.headers, ...reply.headers } },
  )
}
