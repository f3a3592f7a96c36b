import type { ImageResult } from '../job/image-result.ts'
import type { RunningJob } from '../job/running-job.ts'
import type { JsonObject } from '../lib/json.ts'
import type { DeliveredPictures, DeliverPictures } from '../media/deliver-images.ts'
import { createPicturePlaces, type PictureSupply } from '../media/reply-writer.ts'
import type { PictureForm, PlaceBase64 } from '../openai/surface.ts'
import type { Visit } from '../request/request-context.ts'
import { noteFailure, type RequestRecord } from '../request/request-record.ts'

/** A JSON answer. */
export interface JsonAnswer {
  /** What is answered, as it is told to the caller. */
  readonly result: ImageResult
  /** Whole when it is small, in pieces when pictures are written into it while they arrive. */
  readonly body: string | AsyncGenerator<Uint8Array, void, void>
}

/** How pictures reach the caller, and until when they are wanted. */
export interface PictureAccess {
  readonly deliver: DeliverPictures
  readonly visit: Pick<Visit, 'publicUrl' | 'nowSeconds'>
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
  { deliver, visit, signal }: PictureAccess,
): Promise<JsonAnswer> {
  const places = createPicturePlaces()
  const pictures = await deliver(result.images, { ...visit, form, signal })
  const told = withDelivered(result, pictures)
  const text = JSON.stringify(toJson(told, (index) => places.place(index)))
  return { result: told, body: form === 'url' ? text : places.write(text, pictures) }
}

function withDelivered(result: ImageResult, { images, adjusted }: DeliveredPictures): ImageResult {
  return { ...result, images, adjusted: [...result.adjusted, ...adjusted] }
}

/** A job whose events are told with pictures in them. */
export interface PicturedJob {
  /** Its result says what the pictures say of themselves. */
  readonly running: RunningJob
  readonly base64: PlaceBase64
  /** A text of the stream in pieces; a place in it can be written when the result is known. */
  write(text: string): AsyncGenerator<Uint8Array, void, void>
}

/** Makes a job's pictures ready when it is done, for a stream that may write them while they arrive. */
export function withPictures(
  running: RunningJob,
  form: PictureForm,
  { deliver, visit, signal }: PictureAccess,
): PicturedJob {
  const places = createPicturePlaces()
  let pictures: Pick<PictureSupply, 'take'> = { take: async () => undefined }
  async function* told(): RunningJob {
    for (;;) {
      const next = await running.next()
      if (next.done === true) {
        const delivered = await deliver(next.value.images, { ...visit, form, signal })
        pictures = delivered
        return withDelivered(next.value, delivered)
      }
      if (next.value.type !== 'partial' || form === 'url') {
        yield next.value
        continue
      }
      const wish = { ...visit, form: 'b64_json', signal } as const
      const partial = await deliver([next.value.image], wish).catch(() => undefined)
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

/** The same answer; a failure on the way to it, or of a picture in it, is how the request ended. */
export async function noteAnswer(
  answer: Promise<JsonAnswer>,
  record: RequestRecord,
): Promise<JsonAnswer> {
  try {
    const { result, body } = await answer
    return { result, body: typeof body === 'string' ? body : noteBreak(body, record) }
  } catch (error) {
    noteFailure(error, record)
    throw error
  }
}

async function* noteBreak(
  pieces: AsyncGenerator<Uint8Array, void, void>,
  record: RequestRecord,
): AsyncGenerator<Uint8Array, void, void> {
  try {
    yield* pieces
  } catch (error) {
    noteFailure(error, record)
    throw error
  }
}
