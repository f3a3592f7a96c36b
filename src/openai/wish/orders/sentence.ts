import type { Kind, Words } from '../lexicon.ts'
import { means, type Token } from '../text/tokens.ts'
import {
  AND,
  ARTICLES,
  BY,
  BY_BEHIND,
  CHOICES,
  isOr,
  NEGATIONS,
  ONLY,
  POINTING,
  YES_OR_NO,
} from './small-words.ts'

/** A sentence, where it stands, and the language that it is read in. */
export interface Sentence {
  readonly tokens: readonly Token[]
  readonly start: number
  readonly end: Token['type'] | undefined
  readonly language: string
  readonly verb: Words['verb']
}

/** No sentence of people's is longer; what costs the square of its length is bounded by this. */
const MOST_TOKENS = 80

/** The tokens between marks that end a sentence or announce something, in no language yet. */
export function toSentences(tokens: readonly Token[]): readonly Sentence[] {
  const sentences: Sentence[] = []
  let start = 0
  for (let index = 0; index <= tokens.length; index++) {
    const isCut = index - start === MOST_TOKENS
    const isEnd = index === tokens.length || endsAt(tokens, index)
    if (!isEnd && !isCut) continue
    const own = tokens.slice(start, index)
    const end = isEnd ? tokens[index]?.type : undefined
    if (own.length > 0) sentences.push({ tokens: own, start, end, language: '', verb: 'first' })
    start = isEnd ? index + 1 : index
  }
  return sentences
}

function endsAt(tokens: readonly Token[], index: number): boolean {
  const type = tokens[index]?.type
  if (type !== 'colon') return type === 'end' || type === 'question'
  // The key of an object ends nothing, nor does a ratio or a time of day.
  const before = tokens[index - 1]?.type
  return before !== 'given' && !(before === 'number' && tokens[index + 1]?.type === 'number')
}

/** An adverb says how, not what. */
export const ADVERB = /.ly$|.weise$|.ment$|.mente$/u

const VERBS: readonly Kind[] = ['tell', 'translate', 'reply', 'make', 'write', 'work', 'draw']

/** So many words between a verb and its clause's edge need not be known when a conversation is spoken of. */
const UNKNOWN_IN_CHAT = 2

/**
 * Whether a verb stands where an order has it: nothing that can be seen comes between it and its clause's
 * edge.
 */
export function stands(sentence: Sentence, index: number): boolean {
  const { tokens, language, verb } = sentence
  if (verb === 'last') return standsLast(sentence, index)
  if (isNoun(sentence, index) || hasSubject(sentence, index)) return false
  const before = tokens.slice(0, index)
  const edge = before.findLastIndex(({ type, word }) => type === 'comma' || AND.has(word))
  const seen = before
    .slice(edge + 1)
    .filter((token, at, own) => !isEmpty(token, language) && !isThere(own, at, language))
  // `Kannst du mir … erklären?`
  const asked = tokens.slice(0, 2).some((token) => means(token, language, 'may'))
  if (asked && index === tokens.length - 1) return true
  const isAboutChat = tokens.some((token) => means(token, language, 'chat'))
  return (
    seen.length <=
    (isAboutChat && verb === 'first' && !means(tokens[index], language, 'draw')
      ? UNKNOWN_IN_CHAT
      : 0)
  )
}

/** `根据这张图写…`: the picture that it is about. */
function isThere(tokens: readonly Token[], at: number, language: string): boolean {
  const before = tokens.slice(Math.max(0, at - 2), at)
  return means(tokens[at], language, 'picture') && before.some(({ word }) => POINTING.has(word))
}

function isEmpty(token: Token, language: string): boolean {
  if (token.type === 'number' || token.type === 'given') return true
  const shows = means(token, language, 'picture', 'look', 'sight')
  if (shows && !means(token, language, ...VERBS)) return false
  return token.meanings?.has(language) === true || ADVERB.test(token.word)
}

/** Nothing that can be seen comes behind it, and nobody does it. */
function standsLast({ tokens, language }: Sentence, index: number): boolean {
  const behind = tokens.slice(index + 1)
  if (DOES.test(behind[0]?.word ?? '')) return false
  const comma = behind.findIndex(({ type }) => type === 'comma')
  const clause = comma === -1 ? behind : behind.slice(0, comma)
  return clause.every((token) => isEmpty(token, language) && !ROBOT.test(token.word))
}

/** `説明している`: somebody does. */
const DOES = /^(?:いる|いた|います|している|있는|있다)$/u

/** Who writes and speaks in a picture, and shows nothing of itself. */
const ROBOT = /^(?:robo|робот|ロボ|로봇|机器人|機器人)/u

/** `a robot writes a poem`: nothing is ordered of anybody. */
function hasSubject({ tokens }: Sentence, index: number): boolean {
  return tokens.slice(0, index).some(({ word }) => ROBOT.test(word))
}

/** Behind an article stands a noun, but in Romance languages `a` is also what stands before a verb. */
function isNoun({ tokens, language }: Sentence, index: number): boolean {
  const before = tokens[index - 1]?.word ?? ''
  // `output of a printer`, but not `pros and cons of a printer`
  if (tokens[index + 1]?.word === 'of') return !TELLS_OF.test(tokens[index]?.word ?? '')
  return ARTICLES.has(before) && (before !== 'a' || language === 'english')
}

/** A phrase that orders, or what nobody writes but to have it. */
const TELLS_OF = / |^tldr$/u

/** So far from a verb its negation stands. */
const NEAR = 3

/** Whether a verb forbids. */
export function isNegated({ tokens, verb }: Sentence, index: number): boolean {
  const near =
    verb === 'last'
      ? tokens.slice(index + 1, index + 1 + NEAR)
      : tokens.slice(Math.max(0, index - NEAR), index)
  return near.some(({ word }) => NEGATIONS.has(word))
}

/**
 * Whether an order is to be carried out in a picture: `explain it as an infographic`.
 *
 * @param kinds by what it may be: also by how something looks, for what is told
 */
export function isByImage(
  { tokens, language }: Sentence,
  index: number,
  kinds: readonly Kind[] = ['picture'],
): boolean {
  return tokens.some((token, at) => {
    if (/^(?:visual|visuel|side by side)/u.test(token.word)) return true
    const shows = means(token, language, ...kinds) && !means(token, language, 'title', 'text')
    if (at === index || !shows || MODEL.has(tokens[at + 1]?.word ?? '')) return false
    // `Explain how it works, exploded view`: what is told is shown.
    const isBehind = kinds.length > 1 && at > index
    return (isBehind && isStyle(tokens, at, language)) || isCarriedOutBy(tokens, at)
  })
}

/** Whether a comma stands before it, but not that of `explain, what a black hole is`. */
function isStyle(tokens: readonly Token[], at: number, language: string): boolean {
  const near = tokens.slice(Math.max(0, at - 3), at)
  const comma = near.findLastIndex(({ type }) => type === 'comma')
  return comma !== -1 && !near.slice(comma).some((token) => means(token, language, 'ask'))
}

function isCarriedOutBy(tokens: readonly Token[], at: number): boolean {
  if (BY_BEHIND.has(tokens[at + 1]?.word ?? '')) return true
  const near = tokens.slice(Math.max(0, at - 4), at)
  return (
    near.some(({ word }, before) => BY.has(word) && !isTextTo(word, near.length - before)) &&
    !near.slice(-2).some(({ word }) => POINTING.has(word))
  )
}

/** Behind a picture: what makes it. */
export const MODEL: ReadonlySet<string> = new Set(
  'generator generators model models ai generation'.split(' '),
)

/** `text-to-image` is what a model does. */
function isTextTo(word: string, distance: number): boolean {
  return word === 'to' && distance === 1
}

/** Whether it is to be one of what is named: `only A or B`, `yes or no`. */
export function isChoice({ tokens, language }: Sentence): boolean {
  if (tokens.some(({ word }) => CHOICES.has(word))) return true
  if (!tokens.some(({ word }) => isOr(word, language))) return false
  const answers = tokens.filter(({ word }) => YES_OR_NO.has(word))
  return answers.length > 1 || tokens.some(({ word }) => ONLY.has(word))
}

/** What shows that a picture is spoken of. */
export const SEEN: readonly Kind[] = ['picture', 'look']

/** Whether something is spoken of. */
export function isAbout({ tokens, language }: Sentence, ...kinds: readonly Kind[]): boolean {
  return tokens.some((token) => means(token, language, ...kinds))
}
