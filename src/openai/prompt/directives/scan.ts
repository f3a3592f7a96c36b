/** White space within a line, as a regular expression. */
export const SPACE = String.raw`[^\S\r\n]*`

/** Where the run of such characters (one code unit each) that ends at `end` begins. */
export function runStart(text: string, end: number, character: RegExp): number {
  let start = end
  while (start > 0 && character.test(text.charAt(start - 1))) start--
  return start
}

/** Where the run of such characters (one code unit each) that begins at `start` ends. */
export function runEnd(text: string, start: number, character: RegExp): number {
  let end = start
  while (end < text.length && character.test(text.charAt(end))) end++
  return end
}

/** The opening bracket of a closing one, in `readable` form. */
export const BRACKETS: ReadonlyMap<string, string> = new Map([
  [')', '('],
  [']', '['],
  ['】', '【'],
])
