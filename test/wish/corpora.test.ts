import { expect, test } from 'vitest'

import { judge } from '../../src/openai/wish/judge.ts'
import { LEXICON } from '../../src/openai/wish/text/known-words.ts'
import { readCorpus, type Example } from './read-corpus.ts'

const PARTS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '10', '11', '12']
const words = readCorpus(...PARTS.map((part) => `words-${part}`))
const wishes = readCorpus(...PARTS.map((part) => `wishes-${part}`))

function isForWords({ asked }: Example): boolean {
  return judge(asked, LEXICON).words
}

function tell(what: string, wrong: readonly Example[], all: readonly Example[]): void {
  const right = all.length - wrong.length
  const lines = wrong.map(({ language, line }) => `\n  ${language}: ${line.slice(0, 160)}`)
  const share = ((100 * right) / all.length).toFixed(2)
  process.stdout.write(`${what}: ${right} of ${all.length} (${share} %)${lines.join('')}\n`)
}

test.for([
  ['requests for words', words],
  ['wishes', wishes],
] as const)('the corpus of %s is large, and no text is in it twice', ([, corpus]) => {
  expect(corpus.length).toBeGreaterThanOrEqual(2300)
  expect(new Set(corpus.map(({ language }) => language)).size).toBeGreaterThanOrEqual(12)
  const lines = corpus.map(({ language, line }) => `${language}: ${line}`)
  expect(lines.filter((line, index) => lines.indexOf(line) !== index)).toEqual([])
})

test('at least 98 % of the requests for words cost nothing', () => {
  const wrong = words.filter((example) => !isForWords(example))
  tell('Requests for words that cost nothing', wrong, words)
  expect(wrong.length / words.length).toBeLessThanOrEqual(0.02)
})

test('at most one wish in 500 is not drawn', () => {
  const wrong = wishes.filter(isForWords)
  tell('Wishes that are drawn', wrong, wishes)
  expect(wrong.length / wishes.length).toBeLessThanOrEqual(1 / 500)
})

// Measured, and never mended for: what is told here is what strangers' texts may expect.
test('texts that the rule was not mended for are told nearly as well', () => {
  const [askedFor, wished] = [readCorpus('words-13'), readCorpus('wishes-13')]
  const drawn = askedFor.filter((example) => !isForWords(example))
  const missed = wished.filter(isForWords)
  tell('Held out: requests for words that cost nothing', drawn, askedFor)
  tell('Held out: wishes that are drawn', missed, wished)
  expect(drawn.length / askedFor.length).toBeLessThanOrEqual(0.05)
  expect(missed.length / wished.length).toBeLessThanOrEqual(0.01)
})
