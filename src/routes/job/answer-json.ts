import type { BaseMade, JobMeasures } from '../../job/job-result.ts'
import type { JsonObject } from '../../lib/json.ts'
import { TIMED_OUT, withTimeout } from '../../lib/time/with-timeout.ts'
import { resultHeaders } from '../../reply/headers.ts'
import { writeHeartbeatBody } from '../../reply/heartbeat-body.ts'
import { noteAnswer, type JsonAnswer } from '../../reply/json-answer.ts'
import { writeTold } from '../../reply/told-body.ts'
import type { RequestRecord } from '../../request/request-record.ts'
import type { ServedJob } from './serve-job.ts'

/** Clients and proxies give up a silent answer after 100 s or less; from here on white space is sent. */
const SILENT_MS = 60_000

/**
 * Answers with JSON as soon as it is known; an answer that takes long begins with white space.
 *
 * @param empty what the surface's answers always have, left empty beside an error that comes too late for a
 *   status
 * @throws ProblemError every failure that comes before the answer has begun
 */
export async function answerJson<Result extends BaseMade & JobMeasures>(
  job: ServedJob<Result>,
  answer: Promise<JsonAnswer<Result>>,
  { empty, record }: { readonly empty: JsonObject; readonly record: RequestRecord },
): Promise<Response> {
  const answered = noteAnswer(answer, record)
  const early = await withTimeout(answered, SILENT_MS)
  const headers = { ...job.headers, 'content-type': 'application/json' }
  const write = (): ReadableStream<Uint8Array> => writeBody(answered, job, empty)
  if (early === TIMED_OUT) return new Response(write(), { headers })
  const known = { ...headers, ...resultHeaders(early.result) }
  if (typeof early.body !== 'string') return new Response(write(), { headers: known })
  if (job.isRepeatable) {
    return new Response(writeTold(early.body, job.finish, job.hangUp), { headers: known })
  }
  job.finish()
  return new Response(early.body, { headers: known })
}

function writeBody<Result>(
  answered: Promise<JsonAnswer<Result>>,
  { jobId, finish, hangUp }: ServedJob<Result>,
  empty: JsonObject,
): ReadableStream<Uint8Array> {
  const { readable, writable } = new IdentityTransformStream()
  // Nobody reads any more, or what was written broke off.
  void writeHeartbeatBody(writable, answered, { empty, jobId }).then(finish, hangUp)
  return readable
}
