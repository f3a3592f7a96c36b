import { problemOf } from '../job/problem.ts'
import { TIME_IS_OVER, within } from '../lib/within.ts'
import type { ServerEvent, ServerEvents } from '../openai/surface.ts'
import { toErrorBody } from './error-reply.ts'

/** Below the shortest idle limit that was met on the way to a client (60 s), with room to spare. */
const PING_MS = 10_000

/**
 * Server-sent events as a body. A comment goes out every 10 s, so that no proxy takes the silence for death;
 * a failure becomes an error event that makes the official clients throw.
 *
 * @param hangUp aborted when the reader goes away
 * @param end called when nothing more will be sent
 * @param jobId what an error says of where the job can be found; undefined: there is no job
 */
export function eventStream(
  events: ServerEvents,
  hangUp: AbortController,
  end: () => void,
  jobId?: string,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  let next: Promise<IteratorResult<ServerEvent, void>> | undefined
  let pingAt = Date.now() + PING_MS
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        next ??= events.next()
        const step = await within(next, pingAt - Date.now())
        if (step === TIME_IS_OVER) {
          pingAt = Date.now() + PING_MS
          controller.enqueue(encoder.encode(': ping\n\n'))
          return
        }
        next = undefined
        if (step.done === true) {
          controller.close()
          end()
          return
        }
        controller.enqueue(encoder.encode(toFrame(step.value)))
      } catch (error) {
        controller.enqueue(encoder.encode(toFrame(toErrorEvent(error, jobId))))
        controller.close()
        end()
      }
    },
    async cancel() {
      hangUp.abort()
      // The abort ends the pending step; `return` then lets the generator clean up.
      await Promise.allSettled([next])
      await Promise.allSettled([events.return()])
      end()
    },
  })
}

/** The form that openai-node, openai-python and the AI SDK all throw on. */
function toErrorEvent(error: unknown, jobId: string | undefined): ServerEvent {
  const words = toErrorBody(problemOf(error), jobId)
  return {
    event: 'error',
    data: { type: 'error', error: words, code: words.code, message: words.message },
  }
}

function toFrame({ event, data }: ServerEvent): string {
  const name = event === undefined ? '' : `event: ${event}\n`
  return `${name}data: ${typeof data === 'string' ? data : JSON.stringify(data)}\n\n`
}
