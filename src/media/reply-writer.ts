import type { GeneratedImage } from '../job/image-result.ts'
import type { OpenPicture } from '../ports/opened-image.ts'
import { beginPicture, type PictureReading } from './image-reading.ts'

/** The pictures of a reply, which may show one more than once. */
export interface PictureSupply {
  /** With what their beginnings say of themselves. */
  readonly images: readonly GeneratedImage[]
  /** The picture at `index` for writing; from its second use on it is fetched again, never kept. */
  take(index: number): Promise<PictureReading | undefined>
}

/**
 * Opens every picture, so that each one's size and kind are known before the first byte is written.
 *
 * @throws ProblemError `upstream_failed` when one cannot be had; the signal's reason when it aborts
 */
export async function openPictures(
  images: readonly GeneratedImage[],
  open: OpenPicture,
  signal: AbortSignal,
): Promise<PictureSupply> {
  const begun = await Promise.all(images.map((image) => beginPicture(image, open, signal)))
  const fresh = new Map(begun.entries())
  return {
    images: begun.map(({ image }) => image),
    async take(index) {
      const first = fresh.get(index)
      fresh.delete(index)
      const image = images[index]
      return image === undefined ? undefined : (first ?? beginPicture(image, open, signal))
    },
  }
}

/** Places in texts where pictures go. */
export interface PicturePlaces {
  /** Stands for the base64 of the picture at `index`. */
  place(index: number): string
  /** A text in pieces: its letters, and the pictures' base64 while they arrive. */
  write(text: string, pictures: Pick<PictureSupply, 'take'>): AsyncGenerator<Uint8Array, void, void>
}

/** Nobody can guess the marks, so no prompt can stand for a picture. */
export function createPicturePlaces(): PicturePlaces {
  const mark = crypto.randomUUID()
  return {
    place: (index) => `${mark}:${index}`,
    async *write(text, pictures) {
      const encoder = new TextEncoder()
      const pieces = text.split(new RegExp(`${mark}:(\\d+)`))
      for (const [at, piece] of pieces.entries()) {
        const picture = at % 2 === 1 ? await pictures.take(Number(piece)) : undefined
        if (picture === undefined) yield encoder.encode(piece)
        else yield* picture.base64()
      }
    },
  }
}
