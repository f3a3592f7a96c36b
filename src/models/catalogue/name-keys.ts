/** Case, spaces, dots, dashes and underscores do not tell names apart; slashes do. */
export function toKey(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\s._-]+/g, '')
}

/**
 * A glob over names: `*` stands for anything, a slash too, and `?` for one character. Read by hand: an expression
 * with several stars takes the square of a long name's length, and more.
 */
export function toPattern(glob: string): (name: string) => boolean {
  const pattern = toKey(glob)
  return (name) => fits(toKey(name), pattern)
}

function fits(key: string, pattern: string): boolean {
  let [at, place] = [0, 0]
  // Where the last star stands, and how much of the key it has taken.
  let star: { readonly place: number; readonly taken: number } | undefined
  while (at < key.length) {
    const sign = pattern.charAt(place)
    if (sign === '*') {
      star = { place, taken: at }
      place += 1
    } else if (sign === '?' || sign === key.charAt(at)) {
      place += 1
      at += 1
    } else if (star === undefined) {
      return false
    } else {
      star = { place: star.place, taken: star.taken + 1 }
      place = star.place + 1
      at = star.taken
    }
  }
  return /^\**$/.test(pattern.slice(place))
}
