import type { GeneratedImage, ImageResult } from '../job/image/image-result.ts'
import type { Base64Supply } from '../media/base64-places.ts'
import type { CopyMedia } from '../media/copy-media.ts'
import type { DeliverImages } from '../media/images/deliver-images.ts'
import type { MediaLinks } from '../media/media-links.ts'
import type { MediaForm } from '../openai/surface.ts'
import type { OpenMedia } from '../ports/opened-media.ts'
import type { RequestContext } from '../request/request-context.ts'

/** What was made, as its caller gets it. */
interface Delivered<Value> extends Base64Supply {
  readonly value: Value
}

/** How what was made reaches the caller: the part of an answer that differs from medium to medium. */
export interface Delivery<Result> {
  /** Whether base64 is written into the answer. */
  readonly writes: boolean
  /** @throws ProblemError `upstream_failed` when what is written into the answer cannot be had */
  readonly deliver: (result: Result) => Promise<Delivered<Result>>
  /** An unfinished image to be written into the answer; undefined: it cannot be had. */
  readonly deliverPartial?: (
    image: GeneratedImage,
  ) => Promise<Delivered<GeneratedImage> | undefined>
}

/** What media reach their callers with, and until when they are wanted. */
export interface DeliveryAccess {
  readonly deliver: DeliverImages
  readonly links: MediaLinks
  readonly open: OpenMedia
  /** undefined: no copies are made. */
  readonly copyMedia: CopyMedia | undefined
  readonly context: Pick<RequestContext, 'publicUrl' | 'nowSeconds' | 'waitUntil'>
  readonly signal: AbortSignal
}

/** Images by their addresses, or with their bytes. */
export function createImageDelivery(
  form: MediaForm,
  { deliver, context, signal }: Pick<DeliveryAccess, 'deliver' | 'context' | 'signal'>,
): Delivery<ImageResult> {
  return {
    writes: form !== 'url',
    async deliver(result) {
      const { images, adjusted, take } = await deliver(result.images, { ...context, form, signal })
      const told = { ...result, images, adjusted: [...result.adjusted, ...adjusted] }
      return { value: told, take }
    },
    async deliverPartial(image) {
      const wish = { ...context, form: 'b64_json', signal } as const
      const partial = await deliver([image], wish).catch(() => undefined)
      signal.throwIfAborted()
      const [value] = partial?.images ?? []
      return partial && value && { value, take: partial.take }
    },
  }
}
