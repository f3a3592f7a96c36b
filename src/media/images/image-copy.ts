import { withTimeout } from '../../lib/time/with-timeout.ts'
import type { MediaBucket } from '../../ports/media-bucket.ts'
import type { ImageBytes, ImageReading } from './image-reading.ts'

/** A copy on its way into the bucket: it is there whole or not at all. Nothing here throws. */
interface ImageCopy {
  /** @returns whether the copy can still come about; the bytes may be used again then, too */
  write(bytes: Uint8Array<ArrayBuffer>): Promise<boolean>
  /** @returns whether the bucket has it */
  end(): Promise<boolean>
  /** Gives up what has not ended. */
  abandon(): void
}

/** A bucket that takes nothing for so long is taken for dead: an answer waits behind it. */
const STALLED_MS = 15_000
/**
 * R2 takes no body of unknown length. fal's CDN tells it, so an image without one is rare: so much of it is
 * held, the rest stays without a copy.
 */
const HELD_BYTES = 4 * 1024 * 1024

/** Copies an image that nobody else reads. */
export async function copyImage(
  reading: ImageReading,
  bucket: MediaBucket,
  name: string,
): Promise<boolean> {
  const copy = beginCopy(reading, bucket, name)
  try {
    for await (const bytes of reading.bytes()) {
      if (!(await copy.write(bytes))) return false
    }
    return await copy.end()
  } finally {
    copy.abandon()
  }
}

/** An image that is copied while it is written as base64: one reading for both. */
export function withCopy(reading: ImageReading, bucket: MediaBucket, name: string): ImageReading {
  return {
    ...reading,
    base64: () => reading.base64(tee(reading.bytes(), beginCopy(reading, bucket, name))),
  }
}

async function* tee(bytes: ImageBytes, copy: ImageCopy): ImageBytes {
  let alive = true
  try {
    for await (const piece of bytes) {
      const written: Promise<boolean> | false = alive && copy.write(piece)
      yield piece
      alive = await written
      // Its last piece may not be written any more: the buffer is used again.
      if (!alive) copy.abandon()
    }
    if (alive) await copy.end()
  } finally {
    copy.abandon()
  }
}

function beginCopy({ image, length }: ImageReading, bucket: MediaBucket, name: string): ImageCopy {
  const { readable, writable } =
    length === undefined ? new IdentityTransformStream() : new FixedLengthStream(length)
  const writer = writable.getWriter()
  const put = async (): Promise<unknown> =>
    bucket.put(name, length === undefined ? await new Response(readable).arrayBuffer() : readable, {
      httpMetadata: { contentType: image.contentType ?? '' },
    })
  const stored = succeeds(put())
  const step = async (written: Promise<unknown>): Promise<boolean> =>
    (await withTimeout(Promise.race([succeeds(written), stored]), STALLED_MS)) === true
  let left = length ?? HELD_BYTES
  return {
    async write(bytes) {
      left -= bytes.byteLength
      return left >= 0 && step(writer.write(bytes))
    },
    end: async () =>
      (await step(writer.close())) && (await withTimeout(stored, STALLED_MS)) === true,
    abandon() {
      void succeeds(writer.abort())
    },
  }
}

function succeeds(promise: Promise<unknown>): Promise<boolean> {
  return promise.then(
    () => true,
    () => false,
  )
}
