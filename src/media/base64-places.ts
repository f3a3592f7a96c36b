import type { ImageReading } from './images/image-reading.ts'

/** What is written into a reply as base64. */
export interface Base64Supply {
  /** That at `index`; undefined: there is none. */
  readonly take: (index: number) => Promise<Pick<ImageReading, 'base64'> | undefined>
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
