import { problemOf, type Problem } from '../job/problem.ts'
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
  /** Is told what broke the events or the writing of one off. */
  failed?(error: unknown): void
  /** What an error says of where the job can be found; absent: there is no job. */
  readonly jobId?: string
  /** How a failure is said; absent: in one event that the official clients throw on. */
  toFailure?(error: ErrorWords): readonly ServerEvent[]
  /** Writes an event's text in pieces, base64 in it while it arrives; absent: it holds none. */
  write?(text: string): AsyncGenerator<Uint8Array, void, void>
}

/**
 * Server-sent events as a body. A comment goes out every 2.5 s, so that no proxy takes the silence for death;
 * a failure becomes an error event that makes the official clients throw. What breaks off inside
 * an event breaks the body off: nothing said after half a line could be read.
 */
export function eventStream(
  events: ServerEvents,
  options: StreamOptions,
): ReadableStream<Uint8Array> {
  const pieces = createPieces(events, options)
  let clock: ReturnType<typeof setInterval> | undefined
  let left = false
  return new ReadableStream<Uint8Array>({
    start(controller) {
      clock = setInterval(() => {
        // Never in the middle of an event, nor for a reader who does not keep up.
        const isFree = !pieces.inEvent() && (controller.desiredSize ?? 0) > 0
        if (isFree) controller.enqueue(new TextEncoder().encode(': ping\n\n'))
      }, PING_MS)
    },
    async pull(controller) {
      try {
        const piece = await pieces.next()
        if (left) return
        if (piece !== undefined) {
          controller.enqueue(piece)
          return
        }
        controller.close()
      } catch (error) {
        if (left) return
        options.failed?.(error)
        options.hangUp()
        controller.error(error)
      }
      clearInterval(clock)
      options.end()
    },
    async cancel() {
      left = true
      clearInterval(clock)
      options.hangUp()
      // The abort ends the pending step; `return` then lets the generators clean up.
      await pieces.leave()
      options.end()
    },
  })
}

/** What is written, piece by piece. */
interface Pieces {
  /** undefined: there are no more. Throws what breaks an event off. */
  next(): Promise<Uint8Array | undefined>
  /** Whether a part of an event has been written, and not all of it. */
  inEvent(): boolean
  leave(): Promise<void>
}

// No generator, and no timer for every step: most streams wait, and each layer of one is memory.
function createPieces(events: ServerEvents, options: StreamOptions): Pieces {
  const encoder = new TextEncoder()
  let writing: AsyncGenerator<Uint8Array, void, void> | undefined
  const read = async (): Promise<string | Uint8Array | undefined> => {
    try {
      const step = await events.next()
      return step.done === true ? undefined : toFrames(step.value)
    } catch (error) {
      options.failed?.(error)
      // Of several images one could not be had: the others are not read any more.
      options.hangUp()
      return encoder.encode(toFrames(toFailure(error, options)))
    }
  }
  return {
    async next() {
      for (;;) {
        const piece = await writing?.next()
        if (piece?.done === false) return piece.value
        writing = undefined
        const known = await read()
        if (typeof known !== 'string') return known
        if (options.write !== undefined) writing = options.write(known)
        else if (known !== '') return encoder.encode(known)
      }
    },
    inEvent: () => writing !== undefined,
    async leave() {
      await Promise.allSettled([writing?.return()])
      await Promise.allSettled([events.return()])
    },
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
    return { kind: 'upstream_failed', charged: 'lost', reason }
  }
  if (problem.kind === 'unreadable') {
    return { kind: 'upstream_failed', charged: 'lost', reason: problem.reason }
  }
  const isOpen = problem.kind === 'upstream_failed' && problem.charged === 'maybe'
  return isOpen ? { ...problem, charged: 'lost' } : problem
}

function toFrames(events: readonly ServerEvent[]): string {
  return events.map(toFrame).join('')
}

function toFrame({ event, data }: ServerEvent): string {
  const name = event === undefined ? '' : `event: ${event}\n`
  return `${name}data: ${typeof data === 'string' ? data : JSON.stringify(data)}\n\n`
}

/** @param headers beside those that make the body a stream of events */
export function toStreamResponse(
  body: ReadableStream<Uint8Array>,
  headers: Readonly<Record<string, string>>,
): Response {
  return new Response(body, {
    headers: {
      ...headers,
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-cache',
      // nginx in front of a self-hosted client would hold the events back.
      'x-accel-buffering': 'no',
    },
  })
}
