import { ProblemError } from '../../job/problem.ts'
import { unpackZstd } from './unpack-zstd.ts'

/** What `Content-Encoding` may say of a body. */
type Coding = 'gzip' | 'deflate' | 'zstd'

const CODINGS: ReadonlyMap<string, Coding> = new Map([
  ['gzip', 'gzip'],
  ['x-gzip', 'gzip'],
  ['deflate', 'deflate'],
  ['zstd', 'zstd'],
])

/**
 * How a body is compressed; undefined: it is not.
 *
 * @throws ProblemError `unsupported_coding` for what the runtime cannot undo (`br`), and for several at once
 */
export function codingOf({ headers }: Request): Coding | undefined {
  const said = (headers.get('content-encoding') ?? '').toLowerCase().split(',')
  const codings = said.map((one) => one.trim()).filter((one) => one !== '' && one !== 'identity')
  const [first] = codings
  if (first === undefined) return undefined
  const known = CODINGS.get(first)
  if (known !== undefined && codings.length === 1) return known
  const coding = codings.join(', ').slice(0, MOST_NAMED)
  throw new ProblemError({ kind: 'unsupported_coding', coding })
}

/** Letters of a coding in a message. */
const MOST_NAMED = 60

/** zstd is unpacked whole, so a form in it may be no larger than JSON. */
const MAX_ZSTD_BYTES = 32_000_000

/**
 * A body with its coding undone, in pieces as it arrives.
 *
 * @throws ProblemError `too_large`; a TypeError when the data is broken
 */
export async function* decodeBody(
  body: ReadableStream,
  coding: Coding,
): AsyncGenerator<Uint8Array, void, void> {
  if (coding === 'zstd') {
    yield unpackZstd(await readWhole(body), MAX_ZSTD_BYTES)
  } else {
    const leaving = new AbortController()
    const given = { signal: leaving.signal, preventCancel: true }
    try {
      yield* piecesOf(body.pipeThrough(new DecompressionStream(coding), given))
    } finally {
      leaving.abort()
    }
  }
}

async function readWhole(body: ReadableStream): Promise<Uint8Array<ArrayBuffer>> {
  const pieces: Uint8Array[] = []
  let size = 0
  for await (const piece of piecesOf(body)) {
    size += piece.byteLength
    if (size > MAX_ZSTD_BYTES) {
      throw new ProblemError({ kind: 'too_large', what: 'The body', limitBytes: MAX_ZSTD_BYTES })
    }
    pieces.push(piece)
  }
  return new Uint8Array(await new Blob(pieces).arrayBuffer())
}

/** A body as it comes. Who leaves before its end leaves the rest to others. */
export async function* piecesOf(body: ReadableStream): AsyncGenerator<Uint8Array, void, void> {
  const reader: ReadableStreamDefaultReader<unknown> = body.getReader()
  try {
    for (;;) {
      const { value, done } = await reader.read()
      if (done) return
      if (value instanceof Uint8Array) yield value
    }
  } finally {
    reader.releaseLock()
  }
}
