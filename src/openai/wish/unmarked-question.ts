import type { Sentence } from './orders/sentence.ts'
import { ARTICLES } from './orders/small-words.ts'
import { isUnknown, means, type Token } from './text/tokens.ts'

/** Of a question without its mark most words are known, fewer where its verb tells that it is one. */
const MOST_UNKNOWN = 0.5
const MOST_UNKNOWN_DIRECT = 0.75

/**
 * A question without its mark: `what is love`.
 *
 * @param at where the word stands that asks
 */
export function asksUnmarked(sentence: Sentence, at: number): boolean {
  const isDirectly = isDirect(sentence, at)
  const isSure = sentence.verb !== 'first' && asksAtEdge(sentence, at)
  if (isShown(sentence, at)) return false
  if (!isSure && unknownShare(sentence) > (isDirectly ? MOST_UNKNOWN_DIRECT : MOST_UNKNOWN))
    return false
  if (sentence.verb === 'first') return isDirectly
  return isSure
}

function unknownShare({ tokens, language }: Sentence): number {
  const words = tokens.filter(({ type }) => type === 'word')
  return words.filter((token) => isUnknown(token, language)).length / words.length
}

/** Whether it asks where languages with the verb last do: in its last words, or with `how` in its first. */
function asksAtEdge({ tokens, language, verb }: Sentence, at: number): boolean {
  const end = tokens.slice(verb === 'last' ? -2 : -3)
  if (end.some((token) => means(token, language, 'ask'))) return true
  return (
    tokens.some(({ word }) => ASKS_ANYWHERE.has(word)) ||
    (at === 0 && HOW.has(tokens[0]?.word ?? ''))
  )
}

/** Whether a picture is spoken of, or something goes on behind a comma. */
function isShown({ tokens, language }: Sentence, at: number): boolean {
  const comma = tokens.findIndex(({ type }, index) => type === 'comma' && index > at)
  const behind = comma === -1 ? [] : tokens.slice(comma)
  if (behind.some((token) => isUnknown(token, language) || means(token, language, 'picture'))) {
    return true
  }
  return tokens.some(
    (token, index) =>
      index > at &&
      means(token, language, 'picture', 'draw') &&
      !means(tokens[index - 1], language, 'plain', 'you'),
  )
}

/** Behind a word that asks stands a verb that helps, or nothing that is not known; `what a dragon` exclaims. */
function isDirect({ tokens, language, verb }: Sentence, at: number): boolean {
  if (verb !== 'first' || at !== 0) return false
  const [first, second] = tokens.map(({ word }) => word)
  if (CONTRACTED.test(first ?? '')) return true
  if (ARTICLES.has(second ?? '')) return false
  if (first === 'who' && PAST.test(second ?? '')) return true
  const isKnown = tokens.length > 1 && !tokens.some((token: Token) => isUnknown(token, language))
  return isKnown || tokens.slice(1, 3).some(({ word }) => AUXILIARIES.has(word))
}

/** `whats the tallest building` */
const CONTRACTED = /^(?:what|who|where|when|how) ?s$/u

/** `who painted it` */
const PAST = /(?:ed|wrote|won|made|built|sang)$/u

/** `what is …`, `how do …` */
const AUXILIARIES: ReadonlySet<string> = new Set(
  `is are was were do does did can could should would has have s to many much long old you est es sont peut ist sind macht
  sao e sono fa значит такое`.split(/\s+/u),
)

const ASKS_ANYWHERE: ReadonlySet<string> = new Set(
  '多少 有什么 有哪些 是什么 是谁 为什么 多久 怎么样'.split(' '),
)

const HOW: ReadonlySet<string> = new Set(
  '谁 誰 怎么 怎麼 怎样 怎樣 如何 为什么 為什麼 什么是 谁是 なぜ どうして どうやって 왜 어떻게'.split(
    ' ',
  ),
)
