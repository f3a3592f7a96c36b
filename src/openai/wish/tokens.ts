import type { Kind, Lexicon, Meanings } from './lexicon.ts'

/** A piece of a text, with what it means. */
export interface Token {
  /** `word`: letters; `sign`: an emoji; `given`: what stands in quotation marks, whole. */
  readonly type: 'word' | 'number' | 'sign' | 'given' | 'comma' | 'colon' | 'end' | 'question'
  /** In lower case and without accents. */
  readonly word: string
  readonly meanings: Meanings | undefined
}

/** Scripts that put no space between words. */
const RUN = String.raw`[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}ー々]`

// Every alternative begins with a character that no other takes, and none repeats within a repetition.
const PIECE = new RegExp(
  String.raw`(?<run>${RUN}+)|(?<number>\d+)|(?<word>\p{L}[\p{L}\p{M}\p{N}_]*)|(?<given>${'\u0001'})|(?<sign>\p{Extended_Pictographic})|(?<question>[?？؟])|(?<end>[.!。！;；\n…])|(?<colon>[:：])|(?<comma>[,，、،(（])`,
  'gu',
)

const WORD_IN_RUN = new RegExp(`${RUN}`, 'u')

/** Accents of Latin, Greek and Cyrillic letters, and the vowels of Arabic. */
const ACCENTS = /[\u0300-\u036F\u0610-\u061A\u0640\u064B-\u065F]/gu

/** Takes a text apart. Linear: every character is looked at a fixed number of times. */
export function toTokens(text: string, lexicon: Lexicon): readonly Token[] {
  const plain = hideGiven(text)
    .toLowerCase()
    .normalize('NFKD')
    .replaceAll(ACCENTS, '')
    .normalize('NFC')
    .replaceAll('ß', 'ss')
    .replaceAll('tl;dr', 'tldr')
  const pieces: Token[] = []
  const words: Piece[] = []
  const flush = (): void => {
    pieces.push(...joinPhrases(words, lexicon))
    words.length = 0
  }
  let end = 0
  for (const match of plain.matchAll(PIECE)) {
    const groups = match.groups ?? {}
    const between = plain.slice(end, match.index)
    end = match.index + match[0].length
    if (groups['word'] !== undefined) {
      // German and Latin scripts run words together in a hyphen or an apostrophe.
      if (!/^[ \u00A0'’‘-]?$/u.test(between)) flush()
      for (const part of splitMixed(groups['word'])) {
        if (part.run) {
          flush()
          pieces.push(...segment(part.text, lexicon))
        } else words.push({ word: part.text })
      }
      continue
    }
    flush()
    if (groups['run'] === undefined) pieces.push(toMark(groups, match[0], lexicon))
    else pieces.push(...segment(groups['run'], lexicon))
  }
  flush()
  return pieces
}

interface Piece {
  readonly word: string
}

/** A word may go on in another script: `logo设计`. */
function splitMixed(word: string): readonly { readonly text: string; readonly run: boolean }[] {
  if (!WORD_IN_RUN.test(word)) return [{ text: word, run: false }]
  const parts: { text: string; run: boolean }[] = []
  for (const letter of word) {
    const run = WORD_IN_RUN.test(letter)
    const last = parts.at(-1)
    if (last?.run === run) last.text += letter
    else parts.push({ text: letter, run })
  }
  return parts
}

function toMark(groups: Record<string, string | undefined>, word: string, lexicon: Lexicon): Token {
  const types = ['number', 'given', 'sign', 'question', 'end', 'colon', 'comma'] as const
  const type = types.find((one) => groups[one] !== undefined) ?? 'end'
  return { type, word, meanings: type === 'sign' ? lexicon.find(word) : undefined }
}

/** Longer phrases are not listed. */
const MOST_WORDS = 5

function joinPhrases(words: readonly Piece[], lexicon: Lexicon): readonly Token[] {
  const tokens: Token[] = []
  let index = 0
  while (index < words.length) {
    let taken = 1
    let found: Meanings | undefined
    let word = words[index]?.word ?? ''
    for (let count = Math.min(MOST_WORDS, words.length - index); count > 1; count--) {
      const phrase = words
        .slice(index, index + count)
        .map((piece) => piece.word)
        .join(' ')
      found = lexicon.find(phrase)
      if (found === undefined) continue
      word = phrase
      taken = count
      break
    }
    tokens.push({ type: 'word', word, meanings: found ?? lookUp(word, lexicon) })
    index += taken
  }
  return tokens
}

/** What Arabic writes in front of a word without a space: and, with, for, the. */
const ARABIC_PREFIX = /^(?:[وف]?[بلك]?ال|[وفبلك]|لل)(?=.{3})/u

/** `hiiii`, `heyyy` */
const DRAWN_OUT = /(.)\1{2,}/gu

function lookUp(word: string, lexicon: Lexicon): Meanings | undefined {
  const found = lexicon.findAny(word) ?? lexicon.find(word.replaceAll(DRAWN_OUT, '$1'))
  if (found !== undefined || !ARABIC_PREFIX.test(word)) return found
  const bare = word.replace(ARABIC_PREFIX, '')
  return (
    lexicon.find(bare) ??
    lexicon.find(bare.replace(/^ل(?=.{3})/u, '')) ??
    lexicon.find(bare.replace(/(?:ا|ها|ه|ك|نا)$/u, '')) ??
    lexicon.findAny(bare)
  )
}

/** Longer words of these scripts are not listed. */
const MOST_LETTERS = 12

/** The longest words that are known, one after the other; letters between them are words of their own. */
function segment(run: string, lexicon: Lexicon): readonly Token[] {
  const letters = Array.from(run)
  const tokens: Token[] = []
  let index = 0
  while (index < letters.length) {
    let taken = 1
    let word = letters[index] ?? ''
    let meanings = lexicon.find(word)
    for (let count = Math.min(MOST_LETTERS, letters.length - index); count > 1; count--) {
      const candidate = letters.slice(index, index + count).join('')
      const found = lexicon.find(candidate)
      if (found === undefined) continue
      word = candidate
      meanings = found
      taken = count
      break
    }
    // Korean puts spaces between words: what begins with something unknown is unknown.
    if (meanings === undefined && HANGUL.test(word)) {
      tokens.push({ type: 'word', word: letters.slice(index).join(''), meanings })
      break
    }
    tokens.push({ type: 'word', word, meanings })
    index += taken
  }
  return tokens
}

const HANGUL = /\p{Script=Hangul}/u

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
const MOST_GIVEN = 160

/** Puts one sign in the place of everything in quotation marks: it is given, not said. */
function hideGiven(text: string): string {
  let out = ''
  let index = 0
  while (index < text.length) {
    const letter = text[index] ?? ''
    const close = QUOTES.get(letter)
    if (close !== undefined && opens(text, index)) {
      const part = text.slice(index + 1, index + 1 + MOST_GIVEN)
      const length = closing(part, close, letter)
      if (length > 0) {
        out += ` ${'\u0001'} `
        index += length + 2
        continue
      }
    }
    out += letter
    index += 1
  }
  return out
}

/** An apostrophe within a word opens nothing. */
function opens(text: string, index: number): boolean {
  const letter = text[index]
  if (letter !== "'" && letter !== '‘') return true
  return !/[\p{L}\p{N}]/u.test(text[index - 1] ?? ' ') && /\S/u.test(text[index + 1] ?? ' ')
}

function closing(part: string, close: string, open: string): number {
  for (let at = 1; at < part.length; at++) {
    const letter = part[at]
    if (letter === '\n') return 0
    if (letter !== close) continue
    const inWord = open === "'" || open === '‘'
    if (!inWord || !/[\p{L}\p{N}]/u.test(part[at + 1] ?? ' ')) return at
  }
  return 0
}

/** Whether a word means one of these in a language. */
export function means(token: Token | undefined, language: string, ...kinds: readonly Kind[]): boolean {
  const known = token?.meanings?.get(language)
  return known !== undefined && kinds.some((kind) => known.has(kind))
}
