import type { RunningJob } from '../job/running-job.ts'
import type { JsonObject } from '../lib/json.ts'
import { createBase64Places, type Base64Supply } from '../media/base64-places.ts'
import type { PlaceBase64 } from '../openai/surface.ts'
import { noteFailure, type RequestRecord } from '../request/request-record.ts'
import type { Delivery } from './delivery.ts'

/** A JSON answer. */
export interface JsonAnswer<Result> {
  /** What is answered, as it is told to the caller. */
  readonly result: Result
  /** Whole when it is small, in pieces when base64 is written into it while it arrives. */
  readonly body: string | AsyncGenerator<Uint8Array, void, void>
}

/**
 * Makes the answer to a result. When it holds base64, all of that is opened before the first byte is written,
 * so that what cannot be had is still an HTTP error.
 *
 * @param toJson the surface's words, given the result with what was learned in opening it
 * @throws ProblemError `upstream_failed` when something that is written into it cannot be had
 */
export async function toJsonAnswer<Result>(
  result: Result,
  { writes, deliver }: Delivery<Result>,
  toJson: (result: Result, base64: PlaceBase64) => JsonObject,
): Promise<JsonAnswer<Result>> {
  const places = createBase64Places()
  const { value, ...supply } = await deliver(result)
  const text = JSON.stringify(toJson(value, (index) => places.place(index)))
  return { result: value, body: writes ? places.write(text, supply) : text }
}

/** A job whose events are told with what was made in them. */
export interface ToldJob<Result> {
  /** Its result says what was learned in opening it. */
  readonly running: RunningJob<Result>
  readonly base64: PlaceBase64
  /** A text of the stream in pieces; a place in it can be written when the result is known. */
  write(text: string): AsyncGenerator<Uint8Array, void, void>
}

/** Makes a job's result ready when it is done, for a stream that may write it while it arrives. */
export function withDelivery<Result>(
  running: RunningJob<Result>,
  { writes, deliver, deliverPartial }: Delivery<Result>,
): ToldJob<Result> {
  const places = createBase64Places()
  let supply: Base64Supply = { take: async () => undefined }
  async function* told(): RunningJob<Result> {
    for (;;) {
      const next = await running.next()
      if (next.done === true) {
        const { value, ...known } = await deliver(next.value)
        supply = known
        return value
      }
      if (next.value.type !== 'partial' || !writes) {
        yield next.value
        continue
      }
      const partial = await deliverPartial?.(next.value.image)
      // One that cannot be had is no reason to fail: the finished image is still to come.
      if (partial === undefined) continue
      supply = partial
      yield { type: 'partial', image: partial.value }
    }
  }
  return {
    running: told(),
    base64: (index) => places.place(index),
    write: (text) => places.write(text, supply),
  }
}

/** The same answer; a failure on the way to it, or of what is in it, is how the request ended. */
export async function noteAnswer<Result>(
  answer: Promise<JsonAnswer<Result>>,
  record: RequestRecord,
): Promise<JsonAnswer<Result>> {
  try {
    const { result, body } = await answer
    return { result, body: typeof body === 'string' ? body : noteBreak(body, record) }
  } catch (error) {
    noteFailure(error, record)
    throw error
  }
}

async function* noteBreak(
  pieces: AsyncGenerator<Uint8Array, void, void>,
  record: RequestRecord,
): AsyncGenerator<Uint8Array, void, void> {
  try {
    yield* pieces
  } catch (error) {
    noteFailure(error, record)
    throw error
  }
}
