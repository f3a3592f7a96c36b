/** The rows of a PNG's pixels, unpacked, each behind the number of its filter. A row is good until the next. */
export function pngRows(
  data: readonly Uint8Array<ArrayBuffer>[],
  rowBytes: number,
): AsyncGenerator<Uint8Array, void, void> {
  return rowsOf(inflate(data), rowBytes)
}

function inflate(data: readonly Uint8Array<ArrayBuffer>[]): ReadableStream<Uint8Array> {
  return new Blob([...data]).stream().pipeThrough(new DecompressionStream('deflate'))
}

/** The stream cut into pieces of one length. */
async function* rowsOf(
  stream: ReadableStream<Uint8Array>,
  length: number,
): AsyncGenerator<Uint8Array, void, void> {
  const reader: ReadableStreamDefaultReader<unknown> = stream.getReader()
  const row = new Uint8Array(length)
  let filled = 0
  for (;;) {
    const { value, done } = await reader.read()
    if (done || !(value instanceof Uint8Array)) return
    let at = 0
    while (at < value.byteLength) {
      const taken = Math.min(length - filled, value.byteLength - at)
      row.set(value.subarray(at, at + taken), filled)
      filled += taken
      at += taken
      if (filled < length) continue
      yield row
      filled = 0
    }
  }
}

/** What a filter adds to a byte, by the bytes beside it (PNG specification §9.2). */
export function predict(filter: number, left: number, up: number, corner: number): number {
  switch (filter) {
    case 1:
      return left
    case 2:
      return up
    case 3:
      return (left + up) >> 1
    case 4:
      return paeth(left, up, corner)
    default:
      return 0
  }
}

function paeth(left: number, up: number, corner: number): number {
  const guess = left + up - corner
  const [byLeft, byUp, byCorner] = [
    Math.abs(guess - left),
    Math.abs(guess - up),
    Math.abs(guess - corner),
  ]
  if (byLeft <= byUp && byLeft <= byCorner) return left
  return byUp <= byCorner ? up : corner
}
