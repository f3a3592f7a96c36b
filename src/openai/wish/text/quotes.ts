/** Stands for what was in quotation marks. */
export const GIVEN = '\u0001'

const QUOTES: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ['“', '”'],
  ['„', '“'],
  ['«', '»'],
  ['「', '」'],
  ['『', '』'],
  ['‘', '’'],
  ["'", "'"],
  ['`', '`'],
])

/** Longer ones are no names and no words to write on something. */
const MOST_CHARACTERS = 160

/** Puts one sign in the place of everything in quotation marks: it is given, not said. Linear. */
export function hideQuoted(text: string): string {
  let out = ''
  let index = 0
  while (index < text.length) {
    const length = quotedLength(text, index)
    out += length === 0 ? text[index] : ` ${GIVEN} `
    index += Math.max(1, length)
  }
  return out
}

/** How long what is quoted from here on is, with its marks; 0: nothing is. */
function quotedLength(text: string, index: number): number {
  if (text.startsWith(FENCE, index)) return fencedLength(text, index)
  const open = text[index] ?? ''
  const close = QUOTES.get(open)
  if (close === undefined || !opens(text, index)) return 0
  const most = Math.min(text.length, index + 1 + MOST_CHARACTERS)
  for (let at = index + 2; at < most; at++) {
    if (text[at] === '\n') return 0
    if (text[at] === close && (!isApostrophe(open) || !isLetter(text[at + 1])))
      return at + 1 - index
  }
  return 0
}

const FENCE = '```'

/** More is not looked through for the end of a fence. */
const MOST_FENCED = 3000

function fencedLength(text: string, index: number): number {
  const from = index + FENCE.length
  const end = text.slice(from, from + MOST_FENCED).indexOf(FENCE)
  return end === -1 ? 0 : end + 2 * FENCE.length
}

/** An apostrophe within a word opens nothing. */
function opens(text: string, index: number): boolean {
  if (!isApostrophe(text[index])) return true
  return !isLetter(text[index - 1]) && /\S/u.test(text[index + 1] ?? ' ')
}

function isApostrophe(letter: string | undefined): boolean {
  return letter === "'" || letter === '‘'
}

function isLetter(letter: string | undefined): boolean {
  return letter !== undefined && /[\p{L}\p{N}]/u.test(letter)
}
