/**
 * The seed of what was made, in decimal digits.
 *
 * @param text the body of the result, because a seed beyond 2^53 is lost in a JavaScript number
 */
export function readSeed(
  seed: number | string | null | undefined,
  text: string,
): string | undefined {
  if (seed === null || seed === undefined) return undefined
  if (typeof seed === 'string' || Number.isSafeInteger(seed)) return String(seed)
  return /"seed"\s*:\s*(\d+)/.exec(text)?.[1]
}
