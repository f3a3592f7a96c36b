import { createParser } from 'eventsource-parser'

/**
 * The data of a stream's events, in order; a last event that no blank line ends counts too.
 *
 * @param heard called for every piece that arrives, comments included
 * @throws what the stream throws when it breaks off
 */
export async function* readEvents(
  body: ReadableStream<Uint8Array>,
  heard: () => void = () => undefined,
): AsyncGenerator<string, void, void> {
  const arrived: string[] = []
  const parser = createParser({ onEvent: ({ data }) => void arrived.push(data) })
  const decoder = new TextDecoder()
  const reader = body.getReader()
  try {
    for (;;) {
      const { value, done } = await reader.read()
      heard()
      parser.feed(done ? '\n\n' : decoder.decode(value, { stream: true }))
      yield* arrived.splice(0)
      if (done) return
    }
  } finally {
    // Not awaited: a dead connection may never answer.
    void reader.cancel().catch(() => undefined)
  }
}
