/** What has sizes: ratios, presets, pixels. */
interface Sized {
  readonly sizes: readonly string[]
}

/** What a size is drawn as. */
export interface Shape {
  /** Sent as `size`; empty: the model chooses. */
  readonly value: string
  readonly label: string
  /** Width by height; undefined: not known. */
  readonly ratio: number | undefined
}

const CUSTOMARY = ['1:1', '4:3', '3:4', '3:2', '2:3', '16:9', '9:16', '21:9']

/** More chips than that are no choice any more. */
const MOST_SHAPES = 14

/** The shapes that a model offers; empty: it takes none. */
export function shapesOf({ sizes }: Sized): readonly Shape[] {
  const offered = sizes.includes('WIDTHxHEIGHT')
    ? CUSTOMARY
    : sizes.filter((size) => ratioOf(size) !== undefined)
  if (offered.length === 0) return []
  const shapes = offered.slice(0, MOST_SHAPES).map((value) => ({
    value,
    label: value.replace('x', '×'),
    ratio: ratioOf(value),
  }))
  return [{ value: '', label: '', ratio: undefined }, ...shapes]
}

/** The tiers of resolution that a model offers, such as `2K`. */
export function tiersOf({ sizes }: Sized): readonly string[] {
  return sizes.filter((size) => /^\d+(?:\.\d+)?k$/i.test(size))
}

export function takesAnyPixels({ sizes }: Sized): boolean {
  return sizes.includes('WIDTHxHEIGHT')
}

/** Width by height of `16:9` or `1024x768`; undefined: it is neither. */
export function ratioOf(size: string): number | undefined {
  const match = /^(\d+(?:\.\d+)?)[:x×](\d+(?:\.\d+)?)$/i.exec(size)
  const [width, height] = [Number(match?.[1]), Number(match?.[2])]
  return width > 0 && height > 0 ? width / height : undefined
}

/** The sides of a shape that fits a square of `side`. */
export function fit(
  ratio: number,
  side: number,
): { readonly width: number; readonly height: number } {
  // Panoramas would be a line otherwise.
  const shown = Math.min(Math.max(ratio, 0.36), 2.8)
  return shown >= 1 ? { width: side, height: side / shown } : { width: side * shown, height: side }
}
