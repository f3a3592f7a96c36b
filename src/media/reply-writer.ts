import type { GeneratedImage } from '../job/image/image-result.ts'
import type { OpenMedia } from '../ports/opened-media.ts'
import { beginImage, type ImageReading } from './images/image-reading.ts'

/** What is written into a reply as base64. */
export interface Base64Supply {
  /** That at `index`; undefined: there is none. */
  readonly take: (index: number) => Promise<Pick<ImageReading, 'base64'> | undefined>
}

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

/** Places in texts where images and sounds go. */
export interface Base64Places {
  /** Stands for the base64 of what is supplied at `index`. */
  place(index: number): string
  /** A text in pieces: its letters, and the base64 while it arrives. */
  write(text: string, supply: Base64Supply): AsyncGenerator<Uint8Array, void, void>
}

/** Nobody can guess the marks, so no prompt can stand for an image. */
export function createBase64Places(): Base64Places {
  let mark: string | undefined
  return {
    place: (index) => `${(mark ??= crypto.randomUUID())}:${index}`,
    async *write(text, supply) {
      const encoder = new TextEncoder()
      const pieces = mark === undefined ? [text] : text.split(new RegExp(`${mark}:(\\d+)`))
      for (const [at, piece] of pieces.entries()) {
        const reading = at % 2 === 1 ? await supply.take(Number(piece)) : undefined
        if (reading === undefined) yield encoder.encode(piece)
        else yield* reading.base64()
      }
    },
  }
}
