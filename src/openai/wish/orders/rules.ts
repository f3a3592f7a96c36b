import type { Kind } from '../lexicon.ts'
import { isUnknown, means, type Token } from '../text/tokens.ts'
import { headOf } from './head.ts'
import { isAbout, isByImage, isChoice, isNegated, SEEN, stands, type Sentence } from './sentence.ts'
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
import { works, type Known } from './works.ts'

/** How the word at a place is known for an order; undefined: it is none. */
type Rule = (sentence: Sentence, index: number) => Known | undefined

export const RULES: readonly Rule[] = [draws, writes, tells, works, translates, replies, makes]

/** What may be shown is a picture or a text. */
const SHOW =
  /^(?:show|zeig|montre|muestra|mostr|покаж|展示|给我看|見せ|보여|toon|pokaz|goster|tunjuk)/u

const IMAGE: Known = { wants: 'image', by: 'draw' }

function draws(sentence: Sentence, index: number): Known | undefined {
  const { tokens, language } = sentence
  if (!means(tokens[index], language, 'draw') || isTimes(tokens, index)) return undefined
  if (givesOnly(sentence, index)) return { wants: 'words', by: 'reply' }
  const isShown = SHOW.test(tokens[index]?.word ?? '') && headOf(sentence, index) === 'text'
  if (isShown) return { wants: 'words', by: 'tell' }
  return stands(sentence, index) && !isNegated(sentence, index) ? IMAGE : undefined
}

/** `17 mal 23` */
function isTimes(tokens: readonly Token[], index: number): boolean {
  return tokens[index - 1]?.type === 'number' && tokens[index + 1]?.type === 'number'
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

/** `It should say OPEN.` */
const SHOULD = /^(?:should|soll|sollte|debe|doit|deve|должн)/u

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
  const isSaid = tokens.slice(0, index).some(({ word }) => SHOULD.test(word))
  if (isSaid || !saysWhat(sentence, index)) return undefined
  const shows = tokens.some((token) => means(token, language, 'picture', 'look'))
  if (!shows || isChoice(sentence)) return { wants: 'words', by: 'reply' }
  return isByImage(sentence, index, SEEN) ? IMAGE : undefined
}

/** `Repeat: …`; `Answer:` is a label. */
const REPEAT =
  /^(?:repeat|echo|say|print|wiederhol|rep[eè]t|repit|ripet|повтор|重复|重複|复述|繰り返)/u

/** A reply is ordered together with what it shall be. */
function saysWhat({ tokens, language, end }: Sentence, index: number): boolean {
  if (FORMATS.has(tokens[index + 1]?.word ?? '')) return false
  if (end === 'colon' && index === tokens.length - 1 && REPEAT.test(tokens[index]?.word ?? '')) {
    return true
  }
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
      means(token, language, 'small', 'form', 'you', 'ask'),
  )
}

function makes(sentence: Sentence, index: number): Known | undefined {
  const isMade = means(sentence.tokens[index], sentence.language, 'make', 'write')
  if (!isMade || !stands(sentence, index) || isNegated(sentence, index)) return undefined
  if (isInCode(sentence) && !isAbout(sentence, 'picture')) return { wants: 'words', by: 'text' }
  return givesOnly(sentence, index) ? { wants: 'words', by: 'reply' } : makesHead(sentence, index)
}

function makesHead(sentence: Sentence, index: number): Known | undefined {
  const isAboutWords =
    isAbout(sentence, 'chat') || isOnText(sentence) || isSuggested(sentence, index)
  const head = headOf(sentence, index) ?? (isAboutWords ? 'title' : undefined)
  if (head === undefined) return undefined
  return head === 'image' || isByImage(sentence, index) ? IMAGE : { wants: 'words', by: head }
}

/** What is suggested is told, unless it is a picture. */
const SUGGEST =
  /^(?:suggest|propose|schlag|propon|suger|sugier|предлож|запропонуй|建议|建議|推荐|推薦|提案)/u

function isSuggested(sentence: Sentence, index: number): boolean {
  return SUGGEST.test(sentence.tokens[index]?.word ?? '') && !isAbout(sentence, ...SEEN)
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
