import { createParser } from 'eventsource-parser'

import { createWatch } from '../../lib/idle-timeout.ts'
import { callFal, type FalAccess } from '../fal-call.ts'
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
  const gaveUp = new AbortController()
  const watch = createWatch(SILENCE_MS, () => {
    gaveUp.abort()
  })
  const decoder = new TextDecoder()
  const arrived: FalStatus[] = []
  const parser = createParser({
    onEvent: ({ data }) => {
      const status = readFalStatus(data)
      if (status !== undefined) arrived.push(status)
    },
  })
  let reader: ReadableStreamDefaultReader<Uint8Array> | undefined
  try {
    const body = await openStream(access, request, AbortSignal.any([signal, gaveUp.signal]))
    reader = body?.getReader()
    for (;;) {
      // Also what breaks off, or is aborted after a silence, is at its end.
      const chunk = await reader?.read().catch(() => undefined)
      signal.throwIfAborted()
      if (chunk === undefined || chunk.done) return
      watch.heard()
      parser.feed(decoder.decode(chunk.value, { stream: true }))
      yield* arrived.splice(0)
    }
  } finally {
    watch.stop()
    // Not awaited: a dead connection may never answer.
    void reader?.cancel().catch(() => undefined)
  }
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
