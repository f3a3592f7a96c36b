import { delay } from '../lib/time/delay.ts'

/**
 * Who has closed the connection without a reset, as the official clients do, is noticed outside Cloudflare's
 * network only by what is written: the answer to that comes within a millisecond where both are near. In
 * several steps, because a busy machine lets a timer pass before it has looked at the connection.
 */
const NOTICE_STEPS = 4
const NOTICE_MS = 5

/**
 * A body that tells whether it has reached its reader: all but its end is written, and the rest when the
 * connection has stood it.
 */
export function writeTold(
  text: string,
  reached: () => void,
  gone: () => void,
): ReadableStream<Uint8Array> {
  const bytes = new TextEncoder().encode(text)
  const { readable, writable } = new FixedLengthStream(bytes.byteLength)
  const writer = writable.getWriter()
  const write = async (): Promise<void> => {
    await writer.write(bytes.subarray(0, -1))
    for (let step = 0; step < NOTICE_STEPS; step += 1) await delay(NOTICE_MS)
    await writer.write(bytes.subarray(-1))
    await writer.close()
  }
  void write().then(reached, gone)
  return readable
}
