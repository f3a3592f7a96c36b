/** A part of a text, as UTF-16 offsets; `end` is the first that is not in it. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** One setting that a directive makes. */
export type Setting =
  | { readonly sizes: readonly string[] }
  | { readonly count: number }
  | { readonly seed: number }
  | { readonly seconds: number }
  | { readonly lines: string }
  | { readonly negativePrompt: string }
  | { readonly mode: 'new' | 'edit' }
  | { readonly draw: true }

/** A directive and where it stands. `explicit`: named by a flag or a label, so it wins over the others. */
export interface Directive extends Span {
  readonly explicit: boolean
  readonly sets: Setting
}

/**
 * Finds the directives of one kind, in order and without overlap.
 *
 * @param readable what `toReadable` made of the message, with earlier findings blanked
 * @param text the message as written, same offsets
 */
export type Finder = (readable: string, text: string) => readonly Directive[]
