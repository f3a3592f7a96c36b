import type { Kind, Lexicon } from './lexicon.ts'
import { toSentences, type Sentence } from './orders/sentence.ts'
import { ARTICLES } from './orders/small-words.ts'
import { isUnknown, means, type Token } from './text/tokens.ts'

/** A language reads a sentence when it knows nearly as many of its words as the one that knows most. */
const NEARLY = 0.7

/** The languages in which a sentence can be read, and the sentence in each of them. */
export function readings(sentence: Sentence, lexicon: Lexicon): readonly Sentence[] {
  const counts = new Map<string, number>()
  for (const { meanings } of sentence.tokens) {
    for (const language of meanings?.keys() ?? []) {
      counts.set(language, (counts.get(language) ?? 0) + 1)
    }
  }
  const most = Math.max(...counts.values())
  return [...counts]
    .filter(([, count]) => count >= most * NEARLY)
    .map(([language]) => ({
      ...sentence,
      language,
      verb: lexicon.languages.get(language) ?? 'first',
    }))
}

/** Whether a text asks for something that words answer. */
export function isQuestion(tokens: readonly Token[], lexicon: Lexicon): boolean {
  const sentences = toSentences(tokens)
  return sentences.some((sentence, index) => {
    const others = sentences.filter((_, at) => at !== index).flatMap((one) => one.tokens)
    const before = tokens.slice(0, sentence.start)
    return readings(sentence, lexicon).some((own) => {
      if (own.end !== 'colon' && goesOn(others, own.language)) return false
      const shown = before.some((token) => means(token, own.language, 'picture', 'draw'))
      return !shown && asks(own)
    })
  })
}

/** What goes on behind a question is the title of a picture: `Who is it? noir scene`. */
function goesOn(others: readonly Token[], language: string): boolean {
  const unknown = others.filter((token) => isUnknown(token, language)).length
  const isFragment = unknown > 0 && others.length <= 3
  const shows = others.some((token) => means(token, language, 'picture', 'look'))
  return unknown > 1 || isFragment || shows
}

function asks(sentence: Sentence): boolean {
  const { tokens, end, language, verb } = sentence
  const at = firstOf(sentence, 'ask')
  if (isRequest(sentence, at)) return false
  const unknown = tokens.filter((token) => isUnknown(token, language)).length
  const isMarked = end === 'question' || (end === 'colon' && unknown === 0)
  if (showsBefore(sentence, at)) return isMarked && verb !== 'first'
  if (!isMarked) return at !== -1 && asksUnmarked(sentence, at, unknown)
  return at !== -1 || means(tokens[0], language, 'you') || TOPIC.has(tokens.at(-1)?.word ?? '')
}

/** `Could you …` is a wish. */
function isRequest(sentence: Sentence, at: number): boolean {
  const may = firstOf({ ...sentence, tokens: sentence.tokens.slice(0, 3) }, 'may')
  return may !== -1 && (at === -1 || may < at)
}

function firstOf({ tokens, language }: Sentence, kind: Kind): number {
  return tokens.findIndex((token) => means(token, language, kind))
}

function showsBefore({ tokens, language }: Sentence, at: number): boolean {
  return tokens.slice(0, Math.max(0, at)).some((token) => means(token, language, 'picture', 'draw'))
}

/** A question without its mark: `what is love`. */
function asksUnmarked(sentence: Sentence, at: number, unknown: number): boolean {
  const { tokens, language, verb } = sentence
  if (unknown > tokens.filter(({ type }) => type === 'word').length / 2) return false
  const comma = tokens.findIndex(({ type }, index) => type === 'comma' && index > at)
  const behind = comma === -1 ? [] : tokens.slice(comma)
  if (behind.some((token) => isUnknown(token, language) || means(token, language, 'picture'))) {
    return false
  }
  const isNew = (token: Token, index: number): boolean =>
    index > at &&
    means(token, language, 'picture', 'draw') &&
    !means(tokens[index - 1], language, 'plain')
  if (tokens.some(isNew)) return false
  if (verb === 'first') return at === 0 && isDirect(tokens, unknown)
  const end = tokens.slice(verb === 'last' ? -2 : -3)
  if (end.some((token) => means(token, language, 'ask'))) return true
  return at === 0 && HOW.has(tokens[0]?.word ?? '')
}

/** Behind a word that asks stands a verb that helps, or nothing that is not known; `what a dragon` exclaims. */
function isDirect(tokens: readonly Token[], unknown: number): boolean {
  if (ARTICLES.has(tokens[1]?.word ?? '')) return false
  const isKnown = unknown === 0 && tokens.length > 1
  return isKnown || tokens.slice(1, 3).some(({ word }) => AUXILIARIES.has(word))
}

/** `what is …`, `how do …` */
const AUXILIARIES: ReadonlySet<string> = new Set(
  `is are was were do does did can could should would has have s to many much long old you est es sont peut ist sind macht
  sao e sono fa значит такое`.split(/\s+/u),
)

const HOW: ReadonlySet<string> = new Set(
  '怎么 怎麼 怎样 怎樣 如何 为什么 為什麼 什么是 谁是 なぜ どうして どうやって 왜 어떻게'.split(
    ' ',
  ),
)

/** `The weather in Tokyo?` */
const TOPIC: ReadonlySet<string> = new Set(['は', '는', '은'])
