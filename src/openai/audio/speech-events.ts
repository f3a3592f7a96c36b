import type { ServerEvents } from '../surface.ts'
import { withCost } from '../usage-cost.ts'

/** Nobody counted tokens: 0, and nothing invented. */
const NO_USAGE = { input_tokens: 0, output_tokens: 0, total_tokens: 0 }

/**
 * The event stream of `POST /v1/audio/speech` with `stream_format: "sse"`: the sound in pieces of base64, each
 * to be decoded by itself, then `speech.audio.done`.
 *
 * @param costUsd what fal charges; undefined: not known
 */
export async function* toSpeechEvents(
  body: ReadableStream<Uint8Array>,
  costUsd: number | undefined,
): ServerEvents {
  for await (const chunk of body) {
    yield [{ data: { type: 'speech.audio.delta', audio: chunk.toBase64() } }]
  }
  yield [{ data: { type: 'speech.audio.done', usage: withCost(NO_USAGE, costUsd) } }]
}
