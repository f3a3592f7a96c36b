import { createIdleTimer } from '../../lib/time/idle-timer.ts'
import { callFal, type FalAccess } from '../fal-call.ts'
import { readFalStatus, type FalStatus } from './fal-status.ts'
import type { QueuedRequest } from './queued-request.ts'
import { createEventReader, type EventReader } from './read-events.ts'

/** fal pings every 15 s; a stream that says nothing for longer than this is dead. */
const SILENCE_MS = 20_000

/**
 * Follows a request by fal's status stream. Ends after `COMPLETED`, and early when the stream cannot be
 * had, breaks off, or says nothing for 20 s: then the caller polls.
 *
 * @throws only when the signal aborts
 */
export async function* followStatusStream(
  access: FalAccess,
  request: QueuedRequest,
  signal: AbortSignal,
): AsyncGenerator<FalStatus, void, void> {
  const gaveUp = new AbortController()
  const idle = createIdleTimer(SILENCE_MS, () => {
    gaveUp.abort()
  })
  let reader: EventReader | undefined
  try {
    const body = await openStream(access, request, AbortSignal.any([signal, gaveUp.signal]))
    reader = body && createEventReader(body, idle.heard)
    for (let events = await reader?.next(); events !== undefined; events = await reader?.next()) {
      signal.throwIfAborted()
      yield* events.flatMap((data) => readFalStatus(data) ?? [])
    }
  } catch {
    // What breaks off, or is aborted after a silence, is at its end.
  } finally {
    idle.stop()
    reader?.leave()
  }
  signal.throwIfAborted()
}

async function openStream(
  access: FalAccess,
  request: QueuedRequest,
  signal: AbortSignal,
): Promise<ReadableStream<Uint8Array> | undefined> {
  try {
    const response = await callFal(access, {
      method: 'GET',
      url: `${request.statusUrl}/stream`,
      key: request.key.value,
      accept: 'text/event-stream',
      signal,
    })
    if (response.ok && response.body !== null) return response.body
    await response.body?.cancel()
    return undefined
  } catch {
    return undefined
  }
}
