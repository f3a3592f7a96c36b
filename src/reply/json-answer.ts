import type { ImageResult } from '../job/image/image-result.ts'
import type { RunningJob } from '../job/running-job.ts'
import type { JsonObject } from '../lib/json.ts'
import type { DeliveredImages, DeliverImages } from '../media/images/deliver-images.ts'
import { createImagePlaces, type ImageSupply } from '../media/reply-writer.ts'
import type { ImageForm, PlaceBase64 } from '../openai/surface.ts'
import type { RequestContext } from '../request/request-context.ts'
import { noteFailure, type RequestRecord } from '../request/request-record.ts'

/** A JSON answer. */
export interface JsonAnswer<Result = ImageResult> {
  /** What is answered, as it is told to the caller. */
  readonly result: Result
  /** Whole when it is small, in pieces when images are written into it while they arrive. */
  readonly body: string | AsyncGenerator<Uint8Array, void, void>
}

/** How images reach the caller, and until when they are wanted. */
export interface ImageAccess {
  readonly deliver: DeliverImages
  readonly context: Pick<RequestContext, 'publicUrl' | 'nowSeconds'>
  readonly signal: AbortSignal
}

/**
 * Makes the answer to a result. When it holds base64, every image is opened before the first byte is
 * written, so that one that cannot be had is still an HTTP error.
 *
 * @param toJson the surface's words, given the result with what the images say of themselves
 * @throws ProblemError `upstream_failed` when an image cannot be had
 */
export async function toJsonAnswer(
  result: ImageResult,
  form: ImageForm,
  toJson: (result: ImageResult, base64: PlaceBase64) => JsonObject,
  { deliver, context, signal }: ImageAccess,
): Promise<JsonAnswer> {
  const places = createImagePlaces()
  const images = await deliver(result.images, { ...context, form, signal })
  const told = withDelivered(result, images)
  const text = JSON.stringify(toJson(told, (index) => places.place(index)))
  return { result: told, body: form === 'url' ? text : places.write(text, images) }
}

function withDelivered(result: ImageResult, { images, adjusted }: DeliveredImages): ImageResult {
  return { ...result, images, adjusted: [...result.adjusted, ...adjusted] }
}

/** A job whose events are told with images in them. */
export interface ImagedJob {
  /** Its result says what the images say of themselves. */
  readonly running: RunningJob<ImageResult>
  readonly base64: PlaceBase64
  /** A text of the stream in pieces; a place in it can be written when the result is known. */
  write(text: string): AsyncGenerator<Uint8Array, void, void>
}

/** Makes a job's images ready when it is done, for a stream that may write them while they arrive. */
export function withImages(
  running: RunningJob<ImageResult>,
  form: ImageForm,
  { deliver, context, signal }: ImageAccess,
): ImagedJob {
  const places = createImagePlaces()
  let images: Pick<ImageSupply, 'take'> = { take: async () => undefined }
  async function* told(): RunningJob<ImageResult> {
    for (;;) {
      const next = await running.next()
      if (next.done === true) {
        const delivered = await deliver(next.value.images, { ...context, form, signal })
        images = delivered
        return withDelivered(next.value, delivered)
      }
      if (next.value.type !== 'partial' || form === 'url') {
        yield next.value
        continue
      }
      const wish = { ...context, form: 'b64_json', signal } as const
      const partial = await deliver([next.value.image], wish).catch(() => undefined)
      signal.throwIfAborted()
      const image = partial?.images[0]
      // One that cannot be had is no reason to fail: the finished image is still to come.
      if (partial === undefined || image === undefined) continue
      images = partial
      yield { type: 'partial', image }
    }
  }
  return {
    running: told(),
    base64: (index) => places.place(index),
    write: (text) => places.write(text, images),
  }
}

/** The same answer; a failure on the way to it, or of an image in it, is how the request ended. */
export async function noteAnswer<Result>(
  answer: Promise<JsonAnswer<Result>>,
  record: RequestRecord,
): Promise<JsonAnswer<Result>> {
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
