import { writeFileSync } from 'node:fs'
import path from 'node:path'

import { KINDS, toSign, type Words, type WordTable } from '../src/openai/wish/lexicon.ts'
import { LANGUAGES } from './lexicon/index.ts'
import { SHARED } from './lexicon/shared.ts'
import { formatFiles } from './lib/format-files.ts'
import { answerHelp } from './lib/usage.ts'

const root = path.join(import.meta.dirname, '..')

/** The table of words that is in the Worker. */
export const WORDS_FILE = path.join(root, 'src/openai/wish/generated/words.ts')

/** @returns the table, as one module's source */
export function writeWords(): string {
  const { languages, words } = toWordTable()
  return [
    '// Written by `npm run words:update`; do not change it by hand.',
    '',
    "import type { WordTable } from '../lexicon.ts'",
    '',
    '/** The words of the languages in which people ask, by what they mean. */',
    'export const WORDS: WordTable = {',
    `  languages: [${languages.map(([name, verb]) => `['${name}', '${verb}']`).join(', ')}],`,
    `  words: ${quote(words)},`,
    '}',
    '',
  ].join('\n')
}

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
  return {
    languages: Object.entries(LANGUAGES).map(([name, { verb }]) => [name, verb]),
    words: toLines(signs),
  }
}

function wordsOf(lists: Partial<Words>, kind: (typeof KINDS)[number]): readonly string[] {
  const words = (lists[kind] ?? '').split(/\s+/u).filter((word) => word !== '')
  const broken = words.find((word) => /[|\n]/u.test(word))
  if (broken !== undefined) throw new Error(`${kind}: ${broken} has what parts words in the table`)
  return words.map((word) => word.replaceAll('_', ' '))
}

function toLines(signs: ReadonlyMap<string, ReadonlySet<string>>): string {
  const bySigns = Map.groupBy(signs, ([, all]) => [...all].join(''))
  return [...bySigns]
    .map(([sign, words]) => [sign, ...words.map(([word]) => word).toSorted()].join('|'))
    .toSorted()
    .join('\n')
}

function quote(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('\n', '\\n')}'`
}

if (import.meta.main) {
  answerHelp(`npm run words:update

Writes the words of scripts/lexicon/, by which wishes are told from requests for words, into the table that
the Worker has.`)
  writeFileSync(WORDS_FILE, writeWords())
  formatFiles(WORDS_FILE)
  console.log(path.relative(root, WORDS_FILE))
}
