import type { JsonObject } from '../lib/json.ts'
import type { PictureReading } from './picture-reading.ts'

/** A reply with places in it where pictures go. */
export interface PicturePlaces {
  /** Stands for the base64 of the picture at `index`. */
  place(index: number): string
  /** The reply in pieces: its text, and the pictures' base64 while they arrive. */
  write(
    reply: JsonObject,
    pictures: readonly PictureReading[],
  ): AsyncGenerator<Uint8Array, void, void>
}

/** Nobody can guess the marks, so no prompt can stand for a picture. */
export function createPicturePlaces(): PicturePlaces {
  const mark = crypto.randomUUID()
  return {
    place: (index) => `${mark}:${index}`,
    async *write(reply, pictures) {
      const encoder = new TextEncoder()
      const pieces = JSON.stringify(reply).split(new RegExp(`${mark}:(\\d+)`))
      for (const [at, piece] of pieces.entries()) {
        const picture = at % 2 === 1 ? pictures[Number(piece)] : undefined
        if (picture === undefined) yield encoder.encode(piece)
        else yield* picture.base64()
      }
    },
  }
}
