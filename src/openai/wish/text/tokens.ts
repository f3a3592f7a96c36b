import { once } from '../../../lib/once.ts'
import type { Kind, Lexicon, Meanings } from '../lexicon.ts'
import { GIVEN, hideQuoted } from './quotes.ts'

/** A piece of a text, with what it means. */
export interface Token {
  /** `word`: letters; `sign`: an emoji; `given`: what stands in quotation marks, whole. */
  readonly type: 'word' | 'number' | 'sign' | 'given' | 'comma' | 'colon' | 'end' | 'question'
  /** In lower case and without accents. */
  readonly word: string
  readonly meanings: Meanings | undefined
}

/** A letter of the scripts that put no space between words, and of Korean, which joins particles to them. */
const LETTER = String.raw`[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}ー々]`

// Every alternative begins with a character that no other takes: each character is looked at once.
const anyPiece = once(
  () =>
    new RegExp(
      String.raw`(?<word>\p{L}[\p{L}\p{M}\p{N}_]*)|(?<number>\d+)|(?<given>${GIVEN})|(?<question>[?？؟])|(?<end>[.!。！;；\n…])|(?<colon>[:：])|(?<comma>[,，、،(（])|(?<sign>\p{Extended_Pictographic})`,
      'gu',
    ),
)

/** Letters of those scripts, or of others. */
const anyPart = once(
  () => new RegExp(String.raw`(?<run>${LETTER}+)|(?<word>(?:(?!${LETTER}).)+)`, 'gsu'),
)

/** Accents of Latin, Greek and Cyrillic letters, and the vowels of Arabic. */
const ACCENTS = /[\u0300-\u036F\u0610-\u061A\u0640\u064B-\u065F]/gu

/** Between the words of a phrase. */
const JOINS = /^[ \u00A0'’‘-]?$/u

/** Takes a text apart. Linear: every character is looked at a fixed number of times. */
export function toTokens(text: string, lexicon: Lexicon): readonly Token[] {
  const plain = normalise(hideQuoted(text))
  const tokens: Token[] = []
  let words: string[] = []
  const flush = (): void => {
    tokens.push(...joinPhrases(words, lexicon))
    words = []
  }
  const take = ({ type, text: part }: Part): void => {
    if (type === 'word') {
      words.push(part)
      return
    }
    flush()
    if (type === 'number') tokens.push({ type, word: part, meanings: undefined })
    else tokens.push(...segment(part, lexicon))
  }
  let end = 0
  for (const { 0: piece, index, groups = {} } of plain.matchAll(anyPiece())) {
    if (groups['word'] === undefined) {
      flush()
      tokens.push(toMark(groups, piece, lexicon))
    } else {
      if (!JOINS.test(plain.slice(end, index))) flush()
      for (const part of partsOf(piece)) take(part)
    }
    end = index + piece.length
  }
  flush()
  return tokens
}

interface Part {
  readonly type: 'word' | 'run' | 'number'
  readonly text: string
}

/** A word may go on in another script, or with digits: `logo设计`, `除以4`. */
function partsOf(word: string): readonly Part[] {
  const parts = [...word.matchAll(anyPart())]
  return parts.map(({ 0: text, groups }): Part => {
    if (groups?.['run'] !== undefined) return { type: 'run', text }
    return { type: parts.length > 1 && /^\d+$/u.test(text) ? 'number' : 'word', text }
  })
}

/** What looks like a semicolon. */
const GREEK_QUESTION = /(?<=\p{Script=Greek});/gu

function normalise(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFKD')
    .replaceAll(ACCENTS, '')
    .normalize('NFC')
    .replaceAll('ß', 'ss')
    .replaceAll('tl;dr', 'tldr')
    .replaceAll(GREEK_QUESTION, '?')
}

function toMark(
  groups: Readonly<Record<string, string | undefined>>,
  word: string,
  lexicon: Lexicon,
): Token {
  const types = ['number', 'given', 'sign', 'question', 'end', 'colon', 'comma'] as const
  const type = types.find((one) => groups[one] !== undefined) ?? 'end'
  return { type, word, meanings: type === 'sign' ? lexicon.find(word) : undefined }
}

/** Longer phrases are not listed. */
const MOST_WORDS = 5

/** The longest phrases that are known, one after the other. */
function joinPhrases(words: readonly string[], lexicon: Lexicon): readonly Token[] {
  const tokens: Token[] = []
  let index = 0
  while (index < words.length) {
    const most = Math.min(MOST_WORDS, words.length - index)
    const known = longest(most, (count) =>
      lexicon.find(words.slice(index, index + count).join(' ')),
    )
    const word = words.slice(index, index + known.count).join(' ')
    tokens.push({
      type: 'word',
      word,
      meanings: known.count > 1 ? known.found : lookUp(word, lexicon),
    })
    index += known.count
  }
  return tokens
}

/** Tries a count and smaller ones down to 1. */
function longest(
  most: number,
  find: (count: number) => Meanings | undefined,
): { readonly count: number; readonly found: Meanings | undefined } {
  for (let count = most; count > 1; count--) {
    const found = find(count)
    if (found !== undefined) return { count, found }
  }
  return { count: 1, found: find(1) }
}

/** What Arabic writes in front of a word without a space: and, with, for, the. */
const ARABIC_PREFIX = /^(?:[وف]?[بلك]?ال|[وفبلك]|لل)(?=.{3})/u

function lookUp(word: string, lexicon: Lexicon): Meanings | undefined {
  const found =
    lexicon.findAny(word) ??
    lexicon.find(drawIn(word)) ??
    singular(word, lexicon) ??
    lexicon.findHead(word)
  if (found !== undefined || !ARABIC_PREFIX.test(word)) return found
  const bare = word.replace(ARABIC_PREFIX, '')
  return (
    lexicon.find(bare) ??
    lexicon.find(bare.replace(/^ل(?=.{3})/u, '')) ??
    lexicon.find(bare.replace(/(?:ا|ها|ه|ك|نا)$/u, '')) ??
    lexicon.findAny(bare)
  )
}

const NOUNS: readonly Kind[] = ['title', 'text', 'prose', 'talk', 'picture', 'writer']

/** An English plural means what its singular does; with an ending of verbs nothing is ordered. */
function singular(word: string, lexicon: Lexicon): Meanings | undefined {
  const kinds = word.endsWith('s') ? lexicon.find(word.slice(0, -1))?.get('english') : undefined
  const nouns = NOUNS.filter((kind) => kinds?.has(kind) === true)
  return nouns.length === 0 ? undefined : new Map([['english', new Set(nouns)]])
}

/** `hiiii`, `heyyy`: a letter that stands three times stands once. */
function drawIn(word: string): string {
  let out = ''
  let index = 0
  while (index < word.length) {
    const letter = word[index] ?? ''
    let end = index + 1
    while (word[end] === letter) end += 1
    out += end - index > 2 ? letter : word.slice(index, end)
    index = end
  }
  return out
}

/** Longer words of these scripts are not listed. */
const MOST_LETTERS = 12

const HANGUL = /\p{Script=Hangul}/u

/** The longest words that are known, one after the other; letters between them are words of their own. */
function segment(run: string, lexicon: Lexicon): readonly Token[] {
  const letters = Array.from(run)
  const tokens: Token[] = []
  let index = 0
  while (index < letters.length) {
    const from = index
    const most = Math.min(MOST_LETTERS, letters.length - from)
    const { count, found } = longest(most, (many) =>
      lexicon.find(letters.slice(from, from + many).join('')),
    )
    // Korean puts spaces between words: what begins with something unknown is unknown.
    const isRest = found === undefined && HANGUL.test(letters[from] ?? '')
    const taken = isRest ? letters.length - from : count
    tokens.push({ type: 'word', word: letters.slice(from, from + taken).join(''), meanings: found })
    index += taken
  }
  return tokens
}

/** Whether a word means one of these in a language. */
export function means(
  token: Token | undefined,
  language: string,
  ...kinds: readonly Kind[]
): boolean {
  const known = token?.meanings?.get(language)
  return known !== undefined && kinds.some((kind) => known.has(kind))
}

/** Whether a language does not know a word. */
export function isUnknown({ type, meanings }: Token, language: string): boolean {
  return type === 'word' && meanings?.has(language) !== true
}
