import type { Pixels } from './image/image-size.ts'

/** What is known of what came as a form: it has been looked at. */
interface Facts {
  readonly pixels?: Pixels | undefined
  readonly bytes?: number
  /** How long a video or a sound is. */
  readonly seconds?: number | undefined
}

/** What a caller's text may name. */
type Named =
  /** An address of the web, and what came as a form and is stored already. */
  | (Facts & { readonly kind: 'url'; readonly url: string })
  /** A `data:` URI. */
  | (Facts & { readonly kind: 'data'; readonly uri: string })
  /** A file that the caller keeps here, `file-…`. */
  | { readonly kind: 'file'; readonly id: string }

/** What a caller named to be worked on; `intake/` makes a source of it, which an upstream can fetch. */
export type Reference =
  | Named
  /** What an earlier job made: an image's id, a video's, or a response's, which means its last image. */
  | { readonly kind: 'earlier'; readonly id: string }

/** A video or a sound as a caller named it. */
export type MediaReference = Named & {
  /** The field that named it, or its place in the request. */
  readonly param: string
}

/** What a text names: a file's id, a `data:` URI, else an address. */
export function toReference(text: string): Named {
  if (text.startsWith('file-')) return { kind: 'file', id: text }
  return /^data:/i.test(text) ? { kind: 'data', uri: text } : { kind: 'url', url: text }
}

/** The text that names it: of two references with the same one is too much. */
export function namedBy(reference: Reference): string {
  if ('url' in reference) return reference.url
  return 'uri' in reference ? reference.uri : reference.id
}
