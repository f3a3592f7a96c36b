import type { ImageResult } from '../job/image-result.ts'
import type { OpenPicture } from '../job/opened-picture.ts'
import type { JsonObject } from '../lib/json.ts'
import type { PictureForm, PlaceBase64 } from '../openai/surface.ts'
import { beginPicture } from '../pictures/picture-reading.ts'
import { createPicturePlaces } from '../pictures/reply-writer.ts'

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
  if (form === 'url') return JSON.stringify(toJson(result, (index) => places.place(index)))
  const readings = await Promise.all(
    result.images.map((image) => beginPicture(image, open, signal)),
  )
  const images = readings.map(({ image }) => image)
  return places.write(
    toJson({ ...result, images }, (index) => places.place(index)),
    readings,
  )
}
