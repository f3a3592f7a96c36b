import type { Pixels } from './image-size.ts'

/** An image as a caller named it; `intake/` makes a `SourceImage` of it, which an upstream can fetch. */
export type ImageReference = Named & {
  /** The fields that named it, where several may; absent: it is simply what is worked on. */
  readonly fields?: readonly string[] | undefined
}

type Named =
  /** An address of the web. The size is known of what came as a form and is stored already. */
  | {
      readonly kind: 'url'
      readonly url: string
      readonly pixels?: Pixels | undefined
      readonly bytes?: number
    }
  /** A `data:` URI. The size is known of what came as a form and has been looked at. */
  | {
      readonly kind: 'data'
      readonly uri: string
      readonly pixels?: Pixels | undefined
      readonly bytes?: number
    }
  /** A file that the caller keeps here, `file-…`. */
  | { readonly kind: 'file'; readonly id: string }
  /** What an earlier job made: an image's id, or a response's, which means its last image. */
  | { readonly kind: 'earlier'; readonly id: string }

/** What a text names: a file's id, a `data:` URI, else an address. */
export function toReference(text: string): ImageReference {
  if (text.startsWith('file-')) return { kind: 'file', id: text }
  return /^data:/i.test(text) ? { kind: 'data', uri: text } : { kind: 'url', url: text }
}
