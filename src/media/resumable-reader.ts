import { ProblemError, type Problem } from '../job/problem.ts'
import { TIMED_OUT, withTimeout } from '../lib/time/with-timeout.ts'
import type { OpenMedia } from '../ports/opened-media.ts'

/** A piece of an image: full, unless it is the last. */
export interface ReadChunk {
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly last: boolean
}

/** Reads an image in steps of one length. */
export interface ResumableReader {
  /** Bytes of the whole image, once the first step is there; undefined: the host does not say. */
  length(): number | undefined
  /** @throws ProblemError `upstream_failed` when the image cannot be had whole */
  next(): Promise<ReadChunk>
}

/** Beginnings and resumptions of one image: reads cost nothing, but a caller is waiting. */
const ATTEMPTS = 4
/** A source that says nothing for so long is taken for dead. */
const SILENCE_MS = 30_000

const BROKE_OFF: Problem = {
  kind: 'upstream_failed',
  charged: 'maybe',
  reason: 'the picture broke off',
}

interface Source {
  readonly reader: ReadableStreamBYOBReader
  /** Of the whole image; undefined: not known. */
  readonly length: number | undefined
}

/**
 * Reads an image to its end: what breaks off, falls silent or ends before its length is taken up again
 * where it stood. Nothing is returned twice.
 *
 * @param stepBytes length of a step
 */
export function createResumableReader(
  url: string,
  open: OpenMedia,
  signal: AbortSignal,
  stepBytes: number,
): ResumableReader {
  let source: Source | undefined
  let buffer: ArrayBuffer | undefined
  let offset = 0
  let failures = 0
  const read = async (): Promise<ReadChunk | undefined> => {
    source ??= await openAt(url, open, signal, offset)
    const reading = readStep(source.reader, buffer ?? new ArrayBuffer(stepBytes))
    buffer = undefined
    const step = await withTimeout(
      reading.catch(() => undefined),
      SILENCE_MS,
    )
    signal.throwIfAborted()
    if (step === undefined || step === TIMED_OUT) return undefined
    const end = offset + step.bytes.byteLength
    const { length } = source
    return step.last && (end === 0 || (length !== undefined && end !== length)) ? undefined : step
  }
  return {
    length: () => source?.length,
    async next() {
      for (;;) {
        const step = await read()
        if (step !== undefined) {
          offset += step.bytes.byteLength
          // The caller is done with a step when it asks for the next one.
          if (step.bytes.buffer.byteLength === stepBytes) buffer = step.bytes.buffer
          return step
        }
        failures += 1
        void source?.reader.cancel().catch(() => undefined)
        source = undefined
        if (failures === ATTEMPTS) throw new ProblemError(BROKE_OFF)
      }
    },
  }
}

async function openAt(
  url: string,
  open: OpenMedia,
  signal: AbortSignal,
  offset: number,
): Promise<Source> {
  const { body, length } = await open(url, signal, offset)
  const reader = body.getReader({ mode: 'byob' })
  return { reader, length: length === undefined ? undefined : offset + length }
}

/** Fills the buffer unless the image ends before. */
async function readStep(reader: ReadableStreamBYOBReader, buffer: ArrayBuffer): Promise<ReadChunk> {
  // Asked before the read, which takes the buffer away.
  const wanted = buffer.byteLength
  const { value, done } = await reader.readAtLeast(wanted, new Uint8Array(buffer))
  const bytes = value ?? new Uint8Array()
  return { bytes, last: done || bytes.byteLength < wanted }
}
