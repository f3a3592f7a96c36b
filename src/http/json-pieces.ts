import type { ImageResult } from '../job/image-result.ts'
import type { OpenPicture } from '../job/opened-picture.ts'
import type { RunningJob } from '../job/running-job.ts'
import type { JsonObject } from '../lib/json.ts'
import type { PictureForm, PlaceBase64 } from '../openai/surface.ts'
import { createPicturePlaces, openPictures, type PictureSupply } from '../pictures/reply-writer.ts'

/** A JSON answer: whole when it is small, in pieces when pictures are written into it while they arrive. */
export type JsonAnswer = string | AsyncGenerator<Uint8Array, void, void>

/** Where pictures come from, and until when they are wanted. */
export interface PictureAccess {
  readonly open: OpenPicture
  readonly signal: AbortSignal
}

/**
 * Makes the answer to a result. When it holds base64, every picture is opened before the first byte is
 * written, so that one that cannot be had is still an HTTP error.
 *
 * @param toJson the surface's words, given the result with what the pictures say of themselves
 * @throws ProblemError `upstream_failed` when a picture cannot be had
 */
export async function toJsonAnswer(
  result: ImageResult,
  form: PictureForm,
  toJson: (result: ImageResult, base64: PlaceBase64) => JsonObject,
  { open, signal }: PictureAccess,
): Promise<JsonAnswer> {
  const places = createPicturePlaces()
  const base64: PlaceBase64 = (index) => places.place(index)
  if (form === 'url') return JSON.stringify(toJson(result, base64))
  const pictures = await openPictures(result.images, open, signal)
  const reply = toJson({ ...result, images: pictures.images }, base64)
  return places.write(JSON.stringify(reply), pictures)
}

/** A job whose events are told with pictures in them. */
export interface PicturedJob {
  /** Its result says what the pictures say of themselves. */
  readonly running: RunningJob
  readonly base64: PlaceBase64
  /** A text of the stream in pieces; a place in it can be written when the result is known. */
  write(text: string): AsyncGenerator<Uint8Array, void, void>
}

/** Opens a job's pictures when it is done, for a stream that writes them while they arrive. */
export function withPictures(running: RunningJob, { open, signal }: PictureAccess): PicturedJob {
  const places = createPicturePlaces()
  let pictures: PictureSupply = { images: [], take: async () => undefined }
  async function* told(): RunningJob {
    for (;;) {
      const next = await running.next()
      if (next.done === true) {
        pictures = await openPictures(next.value.images, open, signal)
        return { ...next.value, images: pictures.images }
      }
      if (next.value.type !== 'partial') {
        yield next.value
        continue
      }
      const partial = await openPictures([next.value.image], open, signal).catch(() => undefined)
      signal.throwIfAborted()
      const image = partial?.images[0]
      // One that cannot be had is no reason to fail: the finished picture is still to come.
      if (partial === undefined || image === undefined) continue
      pictures = partial
      yield { type: 'partial', image }
    }
  }
  return {
    running: told(),
    base64: (index) => places.place(index),
    write: (text) => places.write(text, pictures),
  }
}
