/**
 * A map of words that holds none of them, written beforehand. Of a word's hash its place tells one half, and only the
 * other is kept (Knuth's "quotienting"; J. G. Cleary, Compact Hash Tables Using Bidirectional Linear Probing, 1984).
 * That takes four fifths of the words' own room, and nothing is built from it before a word is looked up. The price: a
 * word that is not in it is found all the same, once in `2 ** bits` look-ups for each word at its place.
 */
export interface CompactMap {
  /** Chosen so that no two words in it have the same hash. */
  readonly seed: number
  /** How much of a hash is kept. */
  readonly bits: number
  /** How many words stand at each place, two places in a letter; there are a power of two of them. */
  readonly sizes: string
  /** What is kept of the hashes, place by place, six bits in each letter. */
  readonly rests: string
  /** What the words stand for, in the same order: one letter for the lowest numbers, two for the others. */
  readonly values: string
}

/** No letter that a string of JavaScript would have to escape. */
export const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

const BITS_OF_A_LETTER = 6

/** So many numbers are written as one letter; the letters behind these begin a number of two. */
export const NUMBERS_OF_ONE_LETTER = 43

/** @returns what finds a word's value */
export function readCompactMap(map: CompactMap): (word: string) => number | undefined {
  const starts = toStarts(map.sizes)
  const values = readValues(map.values, starts.at(-1) ?? 0)
  return (word) => {
    const { place, rest } = toPlace(word, map)
    const end = starts[place + 1] ?? 0
    for (let at = starts[place] ?? 0; at < end; at++) {
      if (readBits(map.rests, at * map.bits, map.bits) === rest) return values[at]
    }
    return undefined
  }
}

/** Where a word stands, and what is kept of it there. */
export function toPlace(
  word: string,
  { seed, bits, sizes }: Pick<CompactMap, 'seed' | 'bits' | 'sizes'>,
): { readonly place: number; readonly rest: number } {
  const hash = toHash(word, seed)
  // The places take the upper bits, what is kept the lowest.
  const place = Math.floor((hash / 2 ** 32) * 2 * sizes.length)
  return { place, rest: hash & (2 ** bits - 1) }
}

/** FNV-1a over the letters' codes, then the last step of MurmurHash3, which spreads what the last letters changed. */
function toHash(word: string, seed: number): number {
  let hash = 0x811c9dc5 ^ seed
  for (let at = 0; at < word.length; at++) {
    hash = Math.imul(hash ^ word.charCodeAt(at), 0x01000193)
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}

/** Fewer than this stand at a place, so that two places fit into a letter. */
export const PLACE_SIZES = 8

function toStarts(sizes: string): Uint16Array {
  const starts = new Uint16Array(2 * sizes.length + 1)
  let count = 0
  for (let at = 0; at < sizes.length; at++) {
    const both = digitAt(sizes, at)
    starts[2 * at + 1] = count += Math.floor(both / PLACE_SIZES)
    starts[2 * at + 2] = count += both % PLACE_SIZES
  }
  return starts
}

/** At most 25 bits, from the highest on. */
function readBits(letters: string, from: number, count: number): number {
  const first = Math.floor(from / BITS_OF_A_LETTER)
  const end = Math.ceil((from + count) / BITS_OF_A_LETTER)
  let value = 0
  for (let at = first; at < end; at++) {
    value = (value << BITS_OF_A_LETTER) | digitAt(letters, at)
  }
  return (value >>> (end * BITS_OF_A_LETTER - from - count)) & (2 ** count - 1)
}

function readValues(letters: string, count: number): Uint16Array {
  const values = new Uint16Array(count)
  let at = 0
  for (let index = 0; index < count; index++) {
    const first = digitAt(letters, at++)
    const more = first - NUMBERS_OF_ONE_LETTER
    values[index] =
      more < 0 ? first : NUMBERS_OF_ONE_LETTER + more * LETTERS.length + digitAt(letters, at++)
  }
  return values
}

/** By a letter's code: to search the letters for each of seventeen thousand takes a millisecond. */
const DIGITS = new Uint8Array(128)
for (let digit = 0; digit < LETTERS.length; digit++) DIGITS[LETTERS.charCodeAt(digit)] = digit

function digitAt(letters: string, at: number): number {
  return DIGITS[letters.charCodeAt(at)] ?? 0
}
