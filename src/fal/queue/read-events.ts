import { createParser } from 'eventsource-parser'

/** A stream of events, read as it comes. */
export interface EventReader {
  /**
   * The data of the events that came together, in order; undefined: there are no more. A last event that no
   * blank line ends counts too.
   *
   * @throws what the stream throws when it breaks off
   */
  next(): Promise<readonly string[] | undefined>
  /** Nothing more is wanted. */
  leave(): void
}

/** @param heard called for every piece that arrives, comments included */
export function createEventReader(
  body: ReadableStream<Uint8Array>,
  heard: () => void = () => undefined,
): EventReader {
  const arrived: string[] = []
  const parser = createParser({ onEvent: ({ data }) => void arrived.push(data) })
  const decoder = new TextDecoder()
  const reader = body.getReader()
  let isOver = false
  return {
    async next() {
      while (!isOver) {
        const { value, done } = await reader.read()
        heard()
        isOver = done
        parser.feed(done ? '\n\n' : decoder.decode(value, { stream: true }))
        if (arrived.length > 0) return arrived.splice(0)
      }
      return undefined
    },
    leave() {
      // Not awaited: a dead connection may never answer.
      if (!isOver) void reader.cancel().catch(() => undefined)
    },
  }
}

/** The data of a stream's events, one after the other. */
export async function* readEvents(
  body: ReadableStream<Uint8Array>,
): AsyncGenerator<string, void, void> {
  const reader = createEventReader(body)
  try {
    for (;;) {
      const events = await reader.next()
      if (events === undefined) return
      yield* events
    }
  } finally {
    reader.leave()
  }
}
