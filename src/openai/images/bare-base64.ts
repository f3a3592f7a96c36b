/** How the base64 of an image begins, by its kind. */
const LETTERS: readonly (readonly [string, string])[] = [
  ['iVBORw0KGgo', 'image/png'],
  ['/9j/', 'image/jpeg'],
  ['UklGR', 'image/webp'],
  ['R0lGOD', 'image/gif'],
]

/** Some clients send base64 without `data:` in front: told by its letters. Any other text stays as it is. */
export function withPrefix(url: string): string {
  const kind = LETTERS.find(([letters]) => url.startsWith(letters))?.[1]
  return kind === undefined ? url : `data:${kind};base64,${url}`
}
