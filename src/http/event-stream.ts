import { problemOf, type Problem } from '../job/problem.ts'
import { TIME_IS_OVER, within } from '../lib/within.ts'
import type { ErrorWords, ServerEvent, ServerEvents } from '../openai/surface.ts'
import { toErrorBody } from './error-reply.ts'

/**
 * Far below the shortest idle limit that was met on the way to a client (60 s). Not more, because outside
 * Cloudflare's network it is a ping that finds out who has closed the connection without a reset, as the
 * official clients do: workerd notices only when it writes.
 */
const PING_MS = 2_500

/** What a stream of events belongs to. */
export interface StreamOptions {
  /** Called when the reader goes away, or nothing more of the work is wanted. */
  hangUp(): void
  /** Called when nothing more will be sent. */
  end(): void
  /** What an error says of where the job can be found; absent: there is no job. */
  readonly jobId?: string
  /** How a failure is said; absent: in one event that the official clients throw on. */
  toFailure?(error: ErrorWords): readonly ServerEvent[]
  /** Writes an event's text in pieces, pictures in it while they arrive; absent: it holds none. */
  write?(text: string): AsyncGenerator<Uint8Array, void, void>
}

/**
 * Server-sent events as a body. A comment goes out every 2.5 s, so that no proxy takes the silence for death;
 * a failure becomes an error event that makes the official clients throw. A picture that breaks off inside
 * an event breaks the body off: nothing said after half a line could be read.
 */
export function eventStream(
  events: ServerEvents,
  options: StreamOptions,
): ReadableStream<Uint8Array> {
  const bytes = toBytes(events, options)
  let left = false
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const step = await bytes.next()
        if (left) return
        if (step.done !== true) {
          controller.enqueue(step.value)
          return
        }
        controller.close()
      } catch (error) {
        if (left) return
        options.hangUp()
        controller.error(error)
      }
      options.end()
    },
    async cancel() {
      left = true
      options.hangUp()
      // The abort ends the pending step; `return` then lets the generators clean up.
      await Promise.allSettled([bytes.return()])
      await Promise.allSettled([events.return()])
      options.end()
    },
  })
}

async function* toBytes(
  events: ServerEvents,
  options: StreamOptions,
): AsyncGenerator<Uint8Array, void, void> {
  const encoder = new TextEncoder()
  let pingAt = Date.now() + PING_MS
  let next = events.next()
  let inside = false
  try {
    for (;;) {
      const step = await within(next, pingAt - Date.now())
      if (step === TIME_IS_OVER) {
        pingAt = Date.now() + PING_MS
        yield encoder.encode(': ping\n\n')
        continue
      }
      if (step.done === true) return
      if (options.write === undefined) yield encoder.encode(toFrame(step.value))
      else {
        inside = true
        yield* options.write(toFrame(step.value))
        inside = false
      }
      next = events.next()
    }
  } catch (error) {
    if (inside) throw error
    yield encoder.encode(toFailure(error, options).map(toFrame).join(''))
    // Of several pictures one could not be had: the others are not read any more.
    options.hangUp()
  }
}

/** The form that openai-node, openai-python and the AI SDK all throw on. */
function toFailure(error: unknown, options: StreamOptions): readonly ServerEvent[] {
  const problem = problemOf(error)
  const words = toErrorBody(
    options.jobId === undefined ? withoutJob(problem) : problem,
    options.jobId,
  )
  if (options.toFailure !== undefined) return options.toFailure(words)
  const { code, message } = words
  return [{ event: 'error', data: { type: 'error', error: words, code, message } }]
}

/** What was made on one connection is gone with it: nothing can be looked up. */
function withoutJob(problem: Problem): Problem {
  if (problem.kind === 'timed_out') {
    const reason = `no picture within ${problem.seconds} s`
    return { kind: 'upstream_failed', charged: 'lost', status: undefined, reason }
  }
  const isOpen = problem.kind === 'upstream_failed' && problem.charged === 'maybe'
  return isOpen ? { ...problem, charged: 'lost' } : problem
}

function toFrame({ event, data }: ServerEvent): string {
  const name = event === undefined ? '' : `event: ${event}\n`
  return `${name}data: ${typeof data === 'string' ? data : JSON.stringify(data)}\n\n`
}
