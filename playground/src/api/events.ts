import { EventSourceParserStream } from 'eventsource-parser/stream'

import { readJson } from './gateway.ts'

/** The data of every event of a stream, as JSON; `[DONE]` ends it. */
export async function* readEvents(response: Response): AsyncGenerator<unknown, void, void> {
  if (response.body === null) return
  const decoder: ReadableWritablePair<string, BufferSource> = new TextDecoderStream()
  const events = response.body.pipeThrough(decoder).pipeThrough(new EventSourceParserStream())
  const reader = events.getReader()
  try {
    for (;;) {
      const step = await reader.read()
      if (step.done || step.value.data === '[DONE]') return
      yield readJson(step.value.data)
    }
  } finally {
    // Who reads no further leaves the connection too.
    void reader.cancel().catch(() => undefined)
  }
}
