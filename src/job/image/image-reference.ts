import type { Reference } from '../reference.ts'

/** An image as a caller named it; `intake/` makes a `SourceImage` of it, which an upstream can fetch. */
export type ImageReference = Reference & {
  /** The fields that named it, where several may; absent: it is simply what is worked on. */
  readonly fields?: readonly string[] | undefined
}
