/** As much as Cloudflare takes of a body. */
const MOST_BYTES = 100 * 1024 * 1024
const PIECE_BYTES = 192 * 1024
const PATIENCE_MS = 30_000

/**
 * Reads what a client is still sending when its request has been refused, perhaps halfway. workerd answers and closes the
 * connection at once, and a client or a proxy that is still writing never sees the answer: behind nginx a
 * wrong key would be 502. Cloudflare reads to the end, too.
 */
export async function readToEnd({ body, signal }: Request): Promise<void> {
  // Locked is what has been read as a whole.
  if (body === null || body.locked) return
  const reader = body.getReader({ mode: 'byob' })
  const stop = (): void => void reader.cancel().catch(() => undefined)
  const timer = setTimeout(stop, PATIENCE_MS)
  signal.addEventListener('abort', stop)
  try {
    let left = MOST_BYTES
    let piece = new ArrayBuffer(PIECE_BYTES)
    while (left > 0) {
      const { value, done } = await reader.read(new Uint8Array(piece))
      if (done) return
      left -= value.byteLength
      piece = value.buffer
    }
  } catch {
    // Who breaks off needs no answer.
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', stop)
  }
}
