import type { GeneratedImage } from '../../job/image/image-result.ts'
import type { OpenMedia } from '../../ports/opened-media.ts'
import type { Base64Supply } from '../base64-places.ts'
import { beginImage, type ImageReading } from './image-reading.ts'

/** The images of a reply, which may show one more than once. */
export interface ImageSupply extends Base64Supply {
  /** With what their beginnings say of themselves. */
  readonly images: readonly GeneratedImage[]
  /** The image at `index` for writing; from its second use on it is fetched again, never kept. */
  readonly take: (index: number) => Promise<ImageReading | undefined>
}

/**
 * Opens every image, so that each one's size and kind are known before the first byte is written.
 *
 * @throws ProblemError `upstream_failed` when one cannot be had; the signal's reason when it aborts
 */
export async function openImages(
  images: readonly GeneratedImage[],
  open: OpenMedia,
  signal: AbortSignal,
): Promise<ImageSupply> {
  const begun = await Promise.all(images.map((image) => beginImage(image, open, signal)))
  const fresh = new Map(begun.entries())
  return {
    images: begun.map(({ image }) => image),
    async take(index) {
      const first = fresh.get(index)
      fresh.delete(index)
      const image = images[index]
      return image === undefined ? undefined : (first ?? beginImage(image, open, signal))
    },
  }
}
