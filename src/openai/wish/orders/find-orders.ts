import type { Kind } from '../lexicon.ts'
import { isUnknown, means, type Token } from '../text/tokens.ts'
import { headOf } from './head.ts'
import { isByImage, isChoice, isNegated, stands, type Sentence } from './sentence.ts'
import { FOLLOWING, FORMATS, LOOK_INTO, POINTING, READ, WRITTEN } from './small-words.ts'

/** Something that a text orders. */
export interface Order {
  readonly wants: 'words' | 'image'
  /** By what it is known: a verb, or a noun alone. */
  readonly by: 'tell' | 'translate' | 'reply' | 'title' | 'text' | 'noun' | 'writer' | 'draw'
  /** Whether it is about a conversation. */
  readonly aboutChat: boolean
  /** Whether it is about a text that is there. */
  readonly aboutText: boolean
  /** Whether it is ordered of something that is there: `the title`. */
  readonly definite: boolean
  /** Whether it speaks to the model: `you`. */
  readonly addressed: boolean
  /** Whether it is to look into a picture. */
  readonly looksInto: boolean
  /** Whether it is made, not written: then it may be made to be looked at. */
  readonly made: boolean
  /** Whether it is to be one of what is named: `answer only with A or B`. */
  readonly chooses: boolean
  /** Whether what follows a colon is what it is about. */
  readonly given: boolean
  /** Place of its verb among the tokens. */
  readonly at: number
  /** Where its sentence ends. */
  readonly end: number
}

type Known = Pick<Order, 'wants' | 'by'>

/**
 * All orders of a sentence in its language.
 *
 * @param isAlone whether the text has no other sentence
 */
export function findOrders(sentence: Sentence, isAlone: boolean): readonly Order[] {
  const { tokens } = sentence
  const reads = tokens.findIndex(({ word }) => READ.has(word) || (isAlone && LOOK_INTO.has(word)))
  const isRead =
    LOOK_INTO.has(tokens[reads]?.word ?? '') || tokens.some(({ word }) => WRITTEN.has(word))
  if (reads !== -1 && isRead) return [toOrder(sentence, { wants: 'words', by: 'tell' }, reads)]
  const orders = tokens.flatMap((_, index) =>
    RULES.flatMap((rule) => {
      const known = rule(sentence, index)
      return known === undefined ? [] : [toOrder(sentence, known, index)]
    }),
  )
  if (orders.length > 0) return orders
  if (isNamedByNoun(sentence)) return [toOrder(sentence, { wants: 'words', by: 'noun' }, 0)]
  return isLanguageAlone(sentence)
    ? [toOrder(sentence, { wants: 'words', by: 'translate' }, 0)]
    : []
}

function toOrder(sentence: Sentence, known: Known, index: number): Order {
  const { tokens, language, start, end } = sentence
  const given = end === 'colon'
  return {
    ...known,
    aboutChat: isAbout(sentence, 'chat'),
    aboutText: given || tokens.some((token) => means(token, language, 'talk')),
    definite: POINTING.has(tokens[index + 1]?.word ?? ''),
    addressed: isAbout(sentence, 'you'),
    looksInto: LOOK_INTO.has(tokens[index]?.word ?? ''),
    made: means(tokens[index], language, 'make') && !means(tokens[index], language, 'write'),
    chooses: isChoice(tokens),
    given,
    at: start + index,
    end: start + tokens.length,
  }
}

function isAbout({ tokens, language }: Sentence, kind: Kind): boolean {
  return tokens.some((token) => means(token, language, kind))
}

/** How the word at a place is known for an order; undefined: it is none. */
type Rule = (sentence: Sentence, index: number) => Known | undefined

const RULES: readonly Rule[] = [draws, writes, tells, translates, replies, makes]

const SEEN: readonly Kind[] = ['picture', 'look']

const IMAGE: Known = { wants: 'image', by: 'draw' }

function draws(sentence: Sentence, index: number): Known | undefined {
  const isDraw = means(sentence.tokens[index], sentence.language, 'draw')
  return isDraw && stands(sentence, index) && !isNegated(sentence, index) ? IMAGE : undefined
}

/** Farther behind `you are` nobody is told what to be. */
const ROLE_REACH = 14

/** `you are a translator` */
function writes({ tokens, language }: Sentence, index: number): Known | undefined {
  if (index > ROLE_REACH || !means(tokens[index], language, 'writer')) return undefined
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
      token.word !== 'yes or no',
  )
  if (isTitle && !isByImage(sentence, index)) return { wants: 'words', by: 'title' }
  if (!saysWhat(sentence, index)) return undefined
  const shows = tokens.some((token) => means(token, language, 'picture', 'look'))
  if (!shows || isChoice(tokens)) return { wants: 'words', by: 'reply' }
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
      token.word === 'yes or no' ||
      means(token, language, 'small', 'form', 'you'),
  )
}

function makes(sentence: Sentence, index: number): Known | undefined {
  const isMade = means(sentence.tokens[index], sentence.language, 'make', 'write')
  if (!isMade || !stands(sentence, index) || isNegated(sentence, index)) return undefined
  const isAboutWords = isAbout(sentence, 'chat') || isOnText(sentence)
  const head = headOf(sentence, index) ?? (isAboutWords ? 'title' : undefined)
  if (head === undefined) return undefined
  return head === 'image' || isByImage(sentence, index) ? IMAGE : { wants: 'words', by: head }
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
function isNamedByNoun({ tokens, language }: Sentence): boolean {
  const find = (kind: Kind): number => tokens.findIndex((token) => means(token, language, kind))
  if (find('picture') !== -1 || find('draw') !== -1) return false
  const title = find('title')
  const chat = find('chat')
  if (title === -1 || chat === -1 || Math.abs(title - chat) > NOUNS_REACH) return false
  const before = tokens.slice(0, Math.min(title, chat))
  return before.filter((token) => isUnknown(token, language)).length <= 2
}

/** `Into English, please: …` */
function isLanguageAlone({ tokens, language, end }: Sentence): boolean {
  if (end !== 'colon' || !tokens.some((token) => means(token, language, 'tongue'))) return false
  return tokens.every(
    (token: Token) =>
      token.meanings?.has(language) === true && !means(token, language, 'picture', 'draw', 'look'),
  )
}
