import { joinBytes } from './join-bytes.ts'

/** Three quarters of 64 KiB: small enough to hold, large enough that its pieces cost little. */
const STEP_BYTES = 48 * 1024

/** Bytes as one text of base64, in pieces, while they arrive. */
export async function* toBase64Pieces(
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void, void> {
  const encoder = new TextEncoder()
  let held: Uint8Array[] = []
  let size = 0
  for await (const chunk of chunks) {
    held.push(chunk)
    size += chunk.byteLength
    if (size < STEP_BYTES) continue
    const whole = joinBytes(held)
    // Three bytes are four letters: what is left over begins the next piece.
    const end = size - (size % 3)
    yield encoder.encode(whole.subarray(0, end).toBase64())
    held = [whole.subarray(end)]
    size -= end
  }
  if (size > 0) yield encoder.encode(joinBytes(held).toBase64())
}
