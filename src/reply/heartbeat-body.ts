import { problemOf } from '../job/problem.ts'
import type { JsonObject } from '../lib/json.ts'
import { TIMED_OUT, withTimeout } from '../lib/time/with-timeout.ts'
import type { RequestContext } from '../request/request-context.ts'
import { end } from '../request/request-record.ts'
import { toErrorBody } from './error-reply.ts'
import type { JsonAnswer } from './json-answer.ts'
import { noteAnswer } from './json-answer.ts'

/** White space every so often keeps every proxy (100 s) and Node's fetch (300 s) waiting. */
const HEARTBEAT_MS = 10_000

/** An error that comes too late for a status: it stands beside what the surface always has, left empty. */
export interface LateError {
  readonly empty: JsonObject
  readonly jobId: string | undefined
}

/**
 * Writes a JSON answer into a body as it becomes known. An answer that breaks off makes the body break off:
 * never a silent half.
 *
 * @param late what an error says that comes after the status has gone out
 */
export async function writeHeartbeatBody(
  writable: WritableStream<Uint8Array>,
  answer: Promise<Pick<JsonAnswer<unknown>, 'body'>>,
  late: LateError,
): Promise<void> {
  const writer = writable.getWriter()
  const encoder = new TextEncoder()
  try {
    const settled = answer.then(
      ({ body }) => body,
      (error: unknown) => toLateError(error, late),
    )
    let value = await withTimeout(settled, HEARTBEAT_MS)
    while (value === TIMED_OUT) {
      await writer.write(encoder.encode(' '))
      value = await withTimeout(settled, HEARTBEAT_MS)
    }
    if (typeof value === 'string') await writer.write(encoder.encode(value))
    else for await (const piece of value) await writer.write(piece)
    await writer.close()
  } catch (error) {
    await writer.abort(error).catch(() => undefined)
    throw error
  }
}

/** The body of an answer that is known; the request ends with it. */
export function writeAnswer(
  answer: JsonAnswer<unknown>,
  late: LateError,
  { record, waitUntil }: Pick<RequestContext, 'record' | 'waitUntil'>,
): ReadableStream<Uint8Array> {
  const { readable, writable } = new IdentityTransformStream()
  const noted = noteAnswer(Promise.resolve(answer), record)
  const leave = (): void => {
    end(record, 'hung_up')
  }
  waitUntil(writeHeartbeatBody(writable, noted, late).catch(leave))
  return readable
}

function toLateError(error: unknown, { empty, jobId }: LateError): string {
  return JSON.stringify({ error: toErrorBody(problemOf(error), jobId), ...empty })
}
