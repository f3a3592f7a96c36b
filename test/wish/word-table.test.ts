import { readFileSync } from 'node:fs'

import { expect, test } from 'vitest'

import { LANGUAGES } from '../../scripts/lexicon/index.ts'
import { WORDS_FILE, writeWords } from '../../scripts/words.ts'
import { KINDS, type Kind, type Words } from '../../src/openai/wish/lexicon.ts'
import { LEXICON } from '../../src/openai/wish/text/known-words.ts'

test('the table holds the words of the lists: `npm run words:update` writes it anew', () => {
  expect(plain(readFileSync(WORDS_FILE, 'utf8')) === plain(writeWords())).toBe(true)
})

/** The formatter breaks what is written into lines. */
function plain(text: string): string {
  return text.replaceAll(/\s+|,(?=\s*[\]}])/g, '')
}

test('every word of every list is found, by what it means', () => {
  const missed = Object.entries(LANGUAGES).flatMap(([language, lists]) =>
    KINDS.flatMap((kind) => {
      const isFound = (word: string): boolean =>
        word.endsWith('*')
          ? LEXICON.findAny(word.slice(0, -1)) !== undefined
          : LEXICON.find(word)?.get(language)?.has(kind) === true
      return wordsOf(lists, kind).filter((word) => !isFound(word))
    }),
  )
  expect(missed).toEqual([])
})

function wordsOf(lists: Words, kind: Kind): readonly string[] {
  const words = (lists[kind] ?? '').split(/\s+/u).filter((word) => word !== '')
  return words.map((word) => word.replaceAll('_', ' '))
}

test('what stands around the words in the table is no word', () => {
  expect(LEXICON.find('summary')).toBeDefined()
  expect(['', '|', '\t', '\n', 'zzyzx'].filter((word) => LEXICON.find(word))).toEqual([])
})

test('a word that nobody listed is mistaken for one that is once in some thousands', () => {
  const unlisted = Array.from({ length: 50_000 }, (_, number) => `xq${number}zyx`)
  const mistaken = unlisted.filter((word) => LEXICON.find(word) !== undefined)
  expect(mistaken.length).toBeLessThan(20)
  const begun = unlisted.filter((word) => LEXICON.findAny(word) !== undefined)
  expect(begun.length).toBeLessThan(100)
  const letters = Array.from({ length: 50_000 }, (_, number) =>
    String.fromCodePoint(0x9000 + (number % 223), 0x9100 + Math.floor(number / 223), 0x9fa5),
  )
  expect(letters.filter((word) => LEXICON.find(word) !== undefined).length).toBeLessThan(10)
})
