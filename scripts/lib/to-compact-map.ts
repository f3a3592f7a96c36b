import {
  LETTERS,
  NUMBERS_OF_ONE_LETTER,
  PLACE_SIZES,
  toPlace,
  type CompactMap,
} from '../../src/lib/compact-map.ts'

/** Of ten thousand words every few seeds give each a hash of its own. */
const MOST_SEEDS = 1000

/**
 * Writes a map for `readCompactMap`, with about as many places as words.
 *
 * @param words each with a number, the lower the more words have it
 * @param bits of each word's hash are kept; one more halves what is mistaken for a word in it
 * @throws Error for a number that two letters cannot say, or when no seed gives each word a hash of its own
 */
export function toCompactMap(words: ReadonlyMap<string, number>, bits: number): CompactMap {
  const places = 2 ** Math.floor(Math.log2(words.size))
  for (let seed = 0; seed < MOST_SEEDS; seed++) {
    const map = withSeed(words, { seed, bits, places })
    if (map !== undefined) return map
  }
  throw new Error(`${words.size} words have no hashes of their own: keep more than ${bits} bits`)
}

interface Shape {
  readonly seed: number
  readonly bits: number
  readonly places: number
}

function withSeed(
  words: ReadonlyMap<string, number>,
  { seed, bits, places }: Shape,
): CompactMap | undefined {
  const sizes = ' '.repeat(places / 2)
  const rows = [...words]
    .map(([word, value]) => ({ value, ...toPlace(word, { seed, bits, sizes }) }))
    .toSorted((one, other) => one.place - other.place || one.rest - other.rest)
  const isTwice = rows.some(
    ({ place, rest }, at) => rows[at + 1]?.place === place && rows[at + 1]?.rest === rest,
  )
  const counts = Array.from({ length: places }, () => 0)
  for (const { place } of rows) counts[place] = (counts[place] ?? 0) + 1
  if (isTwice || counts.some((count) => count >= PLACE_SIZES)) return undefined
  return {
    seed,
    bits,
    sizes: toPairs(counts),
    rests: toLetters(rows.map(({ rest }) => rest.toString(2).padStart(bits, '0')).join('')),
    values: rows.map(({ value }) => toNumber(value)).join(''),
  }
}

function toPairs(counts: readonly number[]): string {
  const first = counts.filter((_, place) => place % 2 === 0)
  return first
    .map((count, pair) => LETTERS.charAt(count * PLACE_SIZES + (counts[2 * pair + 1] ?? 0)))
    .join('')
}

/** Six bits in each. */
function toLetters(bits: string): string {
  const letters = bits.match(/.{1,6}/g) ?? []
  return letters.map((six) => LETTERS[Number.parseInt(six.padEnd(6, '0'), 2)]).join('')
}

function toNumber(value: number): string {
  const more = value - NUMBERS_OF_ONE_LETTER
  if (more < 0) return LETTERS.charAt(value)
  const first = NUMBERS_OF_ONE_LETTER + Math.floor(more / LETTERS.length)
  if (first >= LETTERS.length) throw new Error(`the map has no way to write ${value}`)
  return LETTERS.charAt(first) + LETTERS.charAt(more % LETTERS.length)
}
