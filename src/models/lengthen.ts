/**
 * A word of Chinese has one or two characters, and `猫` says what to paint, but some endpoints refuse fewer than
 * three. Not with white space, which may not count.
 *
 * @param field where the caller wrote it
 * @param adjusted is told when anything was added
 */
export function lengthen(
  text: string,
  min: number | undefined,
  field: string,
  adjusted: string[],
): string {
  const missing = (min ?? 0) - Array.from(text).length
  if (missing <= 0) return text
  adjusted.push(`${field}->lengthened`)
  return text + '.'.repeat(missing)
}
