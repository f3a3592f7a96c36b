import { createParser } from 'eventsource-parser'

import { TIME_IS_OVER, within } from '../lib/within.ts'
import { callFal, type FalAccess } from './fal-call.ts'
import { readFalStatus, type FalStatus } from './fal-status.ts'
import type { QueuedRequest } from './queued-request.ts'

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
  const body = await openStream(access, request, signal)
  if (body === undefined) return
  const reader = body.getReader()
  const decoder = new TextDecoder()
  const arrived: FalStatus[] = []
  const parser = createParser({
    onEvent: ({ data }) => {
      const status = readFalStatus(data)
      if (status !== undefined) arrived.push(status)
    },
  })
  try {
    for (;;) {
      const chunk = await within(
        reader.read().catch(() => undefined),
        SILENCE_MS,
      )
      signal.throwIfAborted()
      if (chunk === undefined || chunk === TIME_IS_OVER || chunk.done) return
      parser.feed(decoder.decode(chunk.value, { stream: true }))
      yield* arrived.splice(0)
    }
  } finally {
    // Not awaited: a dead connection may never answer.
    void reader.cancel().catch(() => undefined)
  }
}

async function openStream(
  access: FalAccess,
  request: QueuedRequest,
  signal: AbortSignal,
): Promise<ReadableStream<Uint8Array> | undefined> {
  const gaveUp = new AbortController()
  try {
    const opening = callFal(access, {
      method: 'GET',
      url: `${request.statusUrl}/stream`,
      key: request.key.value,
      accept: 'text/event-stream',
      signal: AbortSignal.any([signal, gaveUp.signal]),
    })
    const response = await within(opening, SILENCE_MS)
    if (response === TIME_IS_OVER) {
      gaveUp.abort()
      await opening.catch(() => undefined)
      return undefined
    }
    if (response.ok && response.body !== null) return response.body
    await response.body?.cancel()
    return undefined
  } catch {
    signal.throwIfAborted()
    return undefined
  }
}
