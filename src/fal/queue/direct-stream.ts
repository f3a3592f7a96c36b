import type { Preferences } from '../../job/preferences.ts'
import { ProblemError, type Problem } from '../../job/problem.ts'
import { parseJson } from '../../lib/json.ts'
import { readFalFailure, toProblem } from '../failure.ts'
import { callFal, type FalAccess } from '../fal-call.ts'
import { restKey, type FalKey, type KeyPool } from '../key-pool.ts'
import { toPreferenceHeaders } from './preference-headers.ts'
import { readEvents } from './read-events.ts'
import type { FalResult } from './result.ts'
import { classifyRefusal } from './submit.ts'

/** What is asked past the queue. */
export interface DirectOrder {
  readonly endpoint: string
  readonly input: unknown
  /** absent: as fal treats any. */
  readonly preferences?: Preferences
}

/** A model at work on one connection: fal keeps nothing of it. */
export interface DirectStream {
  /** What fal calls it in its own records; undefined: it did not say. */
  readonly requestId: string | undefined
  /**
   * What the model says, event by event; the last one is its result.
   *
   * @throws ProblemError `upstream_failed` when the connection breaks; the signal's reason when it aborts
   */
  frames(): AsyncGenerator<FalResult, void, void>
}

/**
 * Calls a model behind `/stream` (fal API reference §2), which has no queue: what breaks off cannot be fetched
 * again, so the request is sent once. Another key gets its turn only when the one before was refused.
 *
 * @param signal its abort drops the connection, and fal stops the model then
 * @returns undefined when fal refused it before accepting: nothing was charged, and its queue may take it
 * @throws ProblemError `content_rejected`, `input_rejected`, `upstream_failed`; the signal's reason
 */
export async function openDirectStream(
  access: FalAccess,
  pool: KeyPool,
  job: DirectOrder,
  signal: AbortSignal,
): Promise<DirectStream | undefined> {
  for (const key of await pool.take()) {
    const response = await post(access, key, job, signal)
    if (response.ok) {
      const requestId = response.headers.get('x-fal-request-id') ?? undefined
      return { requestId, frames: () => readFrames(response, signal) }
    }
    const text = await response.text().catch(() => '')
    const failure = readFalFailure(response.status, response.headers, text)
    // The endpoint is gone, or only its stream is: submitting to the queue tells which.
    if (response.status === 404) return undefined
    const { problem } = classifyRefusal(failure, response, job.endpoint)
    if (problem.kind === 'upstream_failed') return undefined
    restKey(pool, key, problem)
  }
  return undefined
}

async function post(
  access: FalAccess,
  key: FalKey,
  { endpoint, input, preferences }: DirectOrder,
  signal: AbortSignal,
): Promise<Response> {
  try {
    return await callFal(access, {
      method: 'POST',
      url: `${access.hosts.runUrl}/${endpoint}/stream`,
      key: key.value,
      body: input,
      headers: toPreferenceHeaders(preferences),
      accept: 'text/event-stream',
      signal,
    })
  } catch (error) {
    signal.throwIfAborted()
    throw new ProblemError({ ...CUT, charged: 'unknown' }, { cause: error })
  }
}

const CUT = {
  kind: 'upstream_failed',
  charged: 'maybe',
  reason: 'the connection to fal was lost',
} as const satisfies Problem

async function* readFrames(
  response: Response,
  signal: AbortSignal,
): AsyncGenerator<FalResult, void, void> {
  try {
    // A model that streams nothing answers with its result alone, which is paid for all the same.
    const isWhole = response.headers.get('content-type')?.includes('application/json') === true
    for await (const text of isWhole ? [await response.text()] : eventsOf(response)) {
      const body = parseJson(text)
      if (body === undefined) continue
      refuse(body, text)
      yield { body, text }
    }
  } catch (error) {
    signal.throwIfAborted()
    throw error instanceof ProblemError ? error : new ProblemError(CUT, { cause: error })
  }
}

function eventsOf(response: Response): AsyncIterable<string> | readonly string[] {
  const { body }: { readonly body: ReadableStream<Uint8Array> | null } = response
  return body === null ? [] : readEvents(body)
}

/** The status has gone out when a model fails at its work: it says so in an event. */
function refuse(body: unknown, text: string): void {
  if (typeof body !== 'object' || body === null || !('detail' in body || 'error' in body)) return
  if ('images' in body || 'image' in body) return
  throw new ProblemError(toProblem(readFalFailure(500, new Headers(), text), 'maybe'))
}
