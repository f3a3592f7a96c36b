/** Case, spaces, dots, dashes and underscores do not tell names apart; slashes do. */
export function toKey(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\s._-]+/g, '')
}

/** A glob over keys: `*` stands for anything, a slash too, and `?` for one character. */
export function toPattern(glob: string): RegExp {
  const text = toKey(glob)
    .replaceAll(/[\\^$+()[\]{}|]/g, String.raw`\$&`)
    .replaceAll(/\*+/g, '.*')
    .replaceAll('?', '.')
  return new RegExp(`^${text}$`)
}
