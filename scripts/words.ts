import { writeFileSync } from 'node:fs'
import path from 'node:path'

import type { CompactMap } from '../src/lib/compact-map.ts'
import {
  KINDS,
  shapeOf,
  toSign,
  type Words,
  type WordShape,
  type WordTable,
} from '../src/openai/wish/lexicon.ts'
import { LANGUAGES } from './lexicon/index.ts'
import { SHARED } from './lexicon/shared.ts'
import { formatFiles } from './lib/format-files.ts'
import { toCompactMap } from './lib/to-compact-map.ts'
import { answerHelp } from './lib/usage.ts'

const root = path.join(import.meta.dirname, '..')

/** The table of words that is in the Worker. */
export const WORDS_FILE = path.join(root, 'src/openai/wish/generated/words.ts')

/** @returns the table, as one module's source */
export function writeWords(): string {
  const { languages, meanings, words } = toWordTable()
  return [
    '// Written by `npm run words:update` from scripts/lexicon/; do not change it by hand.',
    '',
    "import type { WordTable } from '../lexicon.ts'",
    '',
    '/** The words of the languages in which people ask, by what they mean. */',
    'export const WORDS: WordTable = {',
    `  languages: [${languages.map(([name, verb]) => `['${name}', '${verb}']`).join(', ')}],`,
    `  meanings: '${meanings}',`,
    '  words: {',
    ...Object.entries(words).map(([shape, map]) => `    ${shape}: ${writeMap(map)},`),
    '  },',
    '}',
    '',
  ].join('\n')
}

function writeMap({ seed, bits, sizes, rests, values }: CompactMap): string {
  return `{ seed: ${seed}, bits: ${bits}, sizes: '${sizes}', rests: '${rests}', values: '${values}' }`
}

/**
 * How much of a hash is kept. The letters of a script without spaces are looked up in twelve lengths at every place of
 * a text, and beginnings in fourteen for every word, so they have more of it: of a text that nobody listed one word in
 * a thousand is mistaken for another.
 */
const BITS: Readonly<Record<WordShape, number>> = { stem: 15, phrase: 13, letters: 15, word: 13 }

function toWordTable(): WordTable {
  const signs = new Map<string, Set<string>>()
  for (const [place, lists] of [SHARED, ...Object.values(LANGUAGES)].entries()) {
    for (const kind of KINDS) {
      const sign = toSign(place === 0 ? undefined : place - 1, kind)
      for (const word of wordsOf(lists, kind)) {
        signs.set(word, (signs.get(word) ?? new Set()).add(sign))
      }
    }
  }
  const meaningOf = new Map([...signs].map(([word, all]) => [word, [...all].join('')]))
  const meanings = toMeanings(meaningOf)
  const numberOf = new Map(meanings.map((meaning, number) => [meaning, number]))
  const shapes = Object.groupBy(meaningOf, ([word]) =>
    word.endsWith('*') ? 'stem' : shapeOf(word),
  )
  const toMap = (shape: WordShape): CompactMap =>
    toCompactMap(
      new Map(
        (shapes[shape] ?? []).map(([word, meaning]) => [
          shape === 'stem' ? word.slice(0, -1) : word,
          numberOf.get(meaning) ?? 0,
        ]),
      ),
      BITS[shape],
    )
  return {
    languages: Object.entries(LANGUAGES).map(([name, { verb }]) => [name, verb]),
    meanings: meanings.join('|'),
    words: {
      stem: toMap('stem'),
      phrase: toMap('phrase'),
      letters: toMap('letters'),
      word: toMap('word'),
    },
  }
}

/** Those of most words first: their numbers have the same first letter, which packs well. */
function toMeanings(meaningOf: ReadonlyMap<string, string>): readonly string[] {
  const all = Map.groupBy(meaningOf.values(), (meaning) => meaning)
  return [...all]
    .toSorted(
      ([one, ones], [other, others]) => others.length - ones.length || (one < other ? -1 : 1),
    )
    .map(([meaning]) => meaning)
}

function wordsOf(lists: Partial<Words>, kind: (typeof KINDS)[number]): readonly string[] {
  const words = (lists[kind] ?? '').split(/\s+/u).filter((word) => word !== '')
  return words.map((word) => word.replaceAll('_', ' '))
}

if (import.meta.main) {
  answerHelp(`npm run words:update

Writes the words of scripts/lexicon/, by which wishes are told from requests for words, into the table that
the Worker has.`)
  writeFileSync(WORDS_FILE, writeWords())
  formatFiles(WORDS_FILE)
  console.log(path.relative(root, WORDS_FILE))
}
