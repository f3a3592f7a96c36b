import type { Kind } from '../lexicon.ts'
import { isUnknown, means, type Token } from '../text/tokens.ts'
import { headOf } from './head.ts'
import { isByImage, isChoice, isNegated, stands, type Sentence } from './sentence.ts'
import {
  BY,
  BY_BEHIND,
  CHOICES,
  CODE,
  FOLLOWING,
  FORMATS,
  isOr,
  ONLY,
  POINTING,
  YES_OR_NO,
} from './small-words.ts'

/** What is known of an order by its words. */
export interface Known {
  readonly wants: 'words' | 'image'
  /** By what it is known: a verb, or a noun alone. */
  readonly by:
    | 'tell'
    | 'translate'
    | 'reply'
    | 'title'
    | 'text'
    | 'noun'
    | 'writer'
    | 'work'
    | 'draw'
}

/** Whether something is spoken of. */
export function isAbout({ tokens, language }: Sentence, ...kinds: readonly Kind[]): boolean {
  return tokens.some((token) => means(token, language, ...kinds))
}

/** How the word at a place is known for an order; undefined: it is none. */
type Rule = (sentence: Sentence, index: number) => Known | undefined

export const RULES: readonly Rule[] = [draws, writes, tells, works, translates, replies, makes]

const SEEN: readonly Kind[] = ['picture', 'look']

const IMAGE: Known = { wants: 'image', by: 'draw' }

function draws(sentence: Sentence, index: number): Known | undefined {
  const { tokens, language } = sentence
  // `17 mal 23`
  const isTimes = tokens[index - 1]?.type === 'number' && tokens[index + 1]?.type === 'number'
  const isDraw = means(tokens[index], language, 'draw') && !isTimes
  if (isDraw && givesOnly(sentence, index)) return { wants: 'words', by: 'reply' }
  return isDraw && stands(sentence, index) && !isNegated(sentence, index) ? IMAGE : undefined
}

/** A `language detector`, a `spelling corrector`: who does something with texts. */
function isMaker(token: Token | undefined, language: string): boolean {
  return (
    token !== undefined &&
    isUnknown(token, language) &&
    /(?:tor|fier|izer|iser|cker)$/u.test(token.word)
  )
}

/** Farther behind `you are` nobody is told what to be. */
const ROLE_REACH = 14

/** `you are a translator` */
function writes({ tokens, language }: Sentence, index: number): Known | undefined {
  if (index > ROLE_REACH) return undefined
  const isWriter = means(tokens[index], language, 'writer')
  const isOfText = means(tokens[index - 1], language, 'talk', 'title', 'text', 'form')
  if (!isWriter && !(isOfText && isMaker(tokens[index], language))) return undefined
  const isTold = tokens.slice(0, index).some((token) => means(token, language, 'you'))
  return isTold ? { wants: 'words', by: 'writer' } : undefined
}

function tells(sentence: Sentence, index: number): Known | undefined {
  const { tokens, language, verb } = sentence
  if (!means(tokens[index], language, 'tell') || !stands(sentence, index)) return undefined
  // `说明图`, `解説画像`: a kind of picture.
  if (verb !== 'first' && means(tokens[index + 1], language, 'picture')) return undefined
  return isByImage(sentence, index, SEEN) ? IMAGE : { wants: 'words', by: 'tell' }
}

/** Chinese puts what is worked on first: `把100美元换算成人民币`. */
const OBJECT_FIRST: ReadonlySet<string> = new Set(['把', '将', '將'])

/** So many words about a text that is there need not be known: `rewrite this so it sounds formal: …` */
const UNKNOWN_OF_TEXT = 3

/** `Convert 10 miles`, `correct my spelling`, `complete: …`: without a picture, what is worked on is a text. */
function works(sentence: Sentence, index: number): Known | undefined {
  const { tokens, language } = sentence
  if (!means(tokens[index], language, 'work') || isNegated(sentence, index)) return undefined
  const isAtPlace = stands(sentence, index) || OBJECT_FIRST.has(tokens[0]?.word ?? '')
  const shows = isAbout(sentence, ...SEEN, 'draw', 'sight')
  return isAtPlace && !shows && worksOnText(sentence, index)
    ? { wants: 'words', by: 'work' }
    : undefined
}

function worksOnText({ tokens, language, end }: Sentence, index: number): boolean {
  const unknown = tokens.filter((token) => isUnknown(token, language)).length
  const isThere = POINTING.has(tokens[index + 1]?.word ?? '')
  if (end === 'colon' && unknown <= (isThere ? UNKNOWN_OF_TEXT : 0)) return true
  return tokens.some(
    (token, at) =>
      token.type === 'number' ||
      token.type === 'given' ||
      (at !== index && means(token, language, 'talk', 'title', 'text', 'tongue')),
  )
}

function translates(sentence: Sentence, index: number): Known | undefined {
  const { tokens, language, end } = sentence
  if (!means(tokens[index], language, 'translate') || !stands(sentence, index)) return undefined
  // It is ordered together with a language, or with what is translated.
  const isOrdered =
    end === 'colon' ||
    tokens.some(
      (token) =>
        token.type === 'given' ||
        POINTING.has(token.word) ||
        means(token, language, 'tongue', 'talk', 'you'),
    )
  if (!isOrdered) return undefined
  return isByImage(sentence, index, SEEN) ? IMAGE : { wants: 'words', by: 'translate' }
}

/** So near to `reply with` stands what to reply. */
const REPLY_REACH = 5

function replies(sentence: Sentence, index: number): Known | undefined {
  const { tokens, language } = sentence
  if (!means(tokens[index], language, 'reply') || !stands(sentence, index)) return undefined
  const next = tokens.slice(index + 1, index + 1 + REPLY_REACH)
  const isTitle = next.some(
    (token) =>
      means(token, language, 'title') &&
      !means(token, language, 'talk') &&
      !CHOICES.has(token.word),
  )
  if (isTitle && !isByImage(sentence, index)) return { wants: 'words', by: 'title' }
  if (!saysWhat(sentence, index)) return undefined
  const shows = tokens.some((token) => means(token, language, 'picture', 'look'))
  if (!shows || isChoice(sentence)) return { wants: 'words', by: 'reply' }
  return isByImage(sentence, index, SEEN) ? IMAGE : undefined
}

/** A reply is ordered together with what it shall be. */
function saysWhat({ tokens, language }: Sentence, index: number): boolean {
  if (FORMATS.has(tokens[index + 1]?.word ?? '')) return false
  // `Answer me, says the sphinx to the traveller.`
  const comma = tokens.findIndex(({ type }, at) => type === 'comma' && at > index)
  const behind = comma === -1 ? [] : tokens.slice(comma)
  if (behind.some((token) => isUnknown(token, language))) return false
  const near = [
    ...tokens.slice(index + 1, index + REPLY_REACH),
    ...tokens.slice(Math.max(0, index - 3), index),
  ]
  return near.some(
    (token) =>
      token.type === 'given' ||
      token.type === 'number' ||
      CHOICES.has(token.word) ||
      isOr(token.word, language) ||
      means(token, language, 'small', 'form', 'you'),
  )
}

function makes(sentence: Sentence, index: number): Known | undefined {
  const isMade = means(sentence.tokens[index], sentence.language, 'make', 'write')
  if (!isMade || !stands(sentence, index) || isNegated(sentence, index)) return undefined
  if (isInCode(sentence) && !isAbout(sentence, 'picture')) return { wants: 'words', by: 'text' }
  return givesOnly(sentence, index) ? { wants: 'words', by: 'reply' } : makesHead(sentence, index)
}

function makesHead(sentence: Sentence, index: number): Known | undefined {
  const isAboutWords = isAbout(sentence, 'chat') || isOnText(sentence)
  const head = headOf(sentence, index) ?? (isAboutWords ? 'title' : undefined)
  if (head === undefined) return undefined
  return head === 'image' || isByImage(sentence, index) ? IMAGE : { wants: 'words', by: head }
}

/** `write it in Python`, `用python写` */
function isInCode({ tokens }: Sentence): boolean {
  return tokens.some(
    ({ word }, index) =>
      CODE.has(word) &&
      (BY.has(tokens[index - 1]?.word ?? '') || BY_BEHIND.has(tokens[index + 1]?.word ?? '')),
  )
}

/** `Give only the number 5.` */
function givesOnly({ tokens, language }: Sentence, index: number): boolean {
  const near = tokens.slice(index + 1, index + 1 + REPLY_REACH)
  const isOnly = [...near, tokens[index - 1]].some((token) => ONLY.has(token?.word ?? ''))
  return (
    isOnly &&
    near.some(({ type, word }) => type === 'number' || type === 'given' || YES_OR_NO.has(word)) &&
    tokens.every(
      (token, at) =>
        at === index || (!isUnknown(token, language) && !means(token, language, ...SEEN)),
    )
  )
}

/** There is a text to work on: `fix the grammar: …`, `rewrite the following sentence`. */
function isOnText(sentence: Sentence): boolean {
  const isThere =
    sentence.end === 'colon' || sentence.tokens.some(({ word }) => FOLLOWING.has(word))
  return isThere && isAbout(sentence, 'talk')
}

/** So near to each other stand the two nouns of an order without a verb. */
const NOUNS_REACH = 8

/** `Title for this conversation, five words`: an order without a verb. */
export function isNamedByNoun({ tokens, language }: Sentence): boolean {
  const find = (kind: Kind): number => tokens.findIndex((token) => means(token, language, kind))
  if (find('picture') !== -1 || find('draw') !== -1) return false
  const title = find('title')
  const chat = find('chat')
  if (title === -1 || chat === -1 || Math.abs(title - chat) > NOUNS_REACH) return false
  const before = tokens.slice(0, Math.min(title, chat))
  return before.filter((token) => isUnknown(token, language)).length <= 2
}

/** `Into English, please: …` */
export function isLanguageAlone({ tokens, language, end }: Sentence): boolean {
  if (end !== 'colon' || !tokens.some((token) => means(token, language, 'tongue'))) return false
  return tokens.every(
    (token: Token) =>
      token.meanings?.has(language) === true && !means(token, language, 'picture', 'draw', 'look'),
  )
}
