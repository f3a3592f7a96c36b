/** Digits of every script in ASCII, each in its own place: `١٦:٩` and `۱۶:۹` are `16:9`. */
export function toAsciiDigits(text: string): string {
  return text.replaceAll(/(?![0-9])\p{Nd}/gu, (digit) =>
    // Beyond the first plane a digit has two places, and its text would become shorter.
    digit.length === 1 ? String(valueOf(digit)) : digit,
  )
}

/** Unicode has the ten digits of a script in a row. */
function valueOf(digit: string): number {
  const code = digit.codePointAt(0) ?? 0
  let value = 0
  while (value < 9 && /\p{Nd}/u.test(String.fromCodePoint(code - value - 1))) value += 1
  return value
}
