/**
 * A caller's code in an endpoint's words: the code itself, one that begins with it (`en` is `en-US`), or the
 * language's name in English.
 *
 * @param values undefined: the endpoint takes any code
 * @returns undefined: the endpoint does not know it
 */
export function findLanguage(
  code: string,
  values: readonly string[] | undefined,
): string | undefined {
  if (values === undefined) return code
  const plain = code.toLowerCase().replaceAll('_', '-')
  const [stem = plain] = plain.split('-')
  const find = (fits: (value: string) => boolean): string | undefined =>
    values.find((value) => fits(value.toLowerCase()))
  return (
    find((value) => value === plain) ??
    find((value) => value === stem) ??
    find((value) => value.startsWith(`${stem}-`)) ??
    find((value) => value.split(/[\s,(]/)[0] === languageName(stem))
  )
}

/** `english` for `en` and `eng`; undefined: no such code. */
export function languageName(code: string): string | undefined {
  try {
    const name = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' }).of(code)
    return name?.toLowerCase()
  } catch {
    return undefined
  }
}
