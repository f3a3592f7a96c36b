import type { Sentence } from './orders/sentence.ts'
import { ARTICLES, NEGATIONS } from './orders/small-words.ts'
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
  const isAtEdge = sentence.verb !== 'first' || ASKS_LAST.has(sentence.language)
  const isSure = isAtEdge && asksAtEdge(sentence, at)
  if (isShown(sentence, at)) return false
  if (isPlain(sentence, at)) return true
  if (!isSure && unknownShare(sentence) > (isDirectly ? MOST_UNKNOWN_DIRECT : MOST_UNKNOWN))
    return false
  return sentence.verb === 'first' ? isDirectly || isSure : isSure
}

/** Languages whose verb is first, and what asks is last: `quang hợp là gì`. */
const ASKS_LAST: ReadonlySet<string> = new Set(['vietnamese', 'thai'])

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
  sao e sono fa значит такое таке itu to هو هي`.split(/\s+/u),
)

/**
 * Whether its first words can only ask, whatever else is in it: `why do cats purr`, `how to tie a tie`, `wann kam
 * er`. What begins with another word that asks may be the title of a picture: `where the wild roses grow`.
 */
function isPlain({ tokens, language }: Sentence, at: number): boolean {
  if (at !== 0 || tokens.length < 3) return false
  const [first = '', second = ''] = tokens.map(({ word }) => word)
  if (HOW_MANY.test(first) || HOW_MANY.test(first + second)) return true
  // `Why not add some birds?` proposes.
  if (WHY.has(first)) return !NEGATIONS.has(second)
  return (
    asksWhoOrHow(tokens, language) || (VERB_SECOND.has(language) && hasVerbSecond(tokens, language))
  )
}

function asksWhoOrHow(tokens: readonly Token[], language: string): boolean {
  const [first = '', second = ''] = tokens.map(({ word }) => word)
  // `qui a inventé` has no article.
  if (ARTICLES.has(second) && second !== 'a') return false
  if (WHO.has(first)) return !means(tokens[1], language, 'you')
  return HOW_TO.has(first) && INFINITIVE.test(second)
}

/** `wann kam der Zug`, but not `wo der Pfeffer wächst` */
function hasVerbSecond(tokens: readonly Token[], language: string): boolean {
  const [first = '', second = '', third = ''] = tokens.map(({ word }) => word)
  const isSubject = ARTICLES.has(third) || means(tokens[2], language, 'you', 'plain')
  return WHO_WHEN.test(first) && VERB.test(second) && (!LIKE.has(first) || isSubject)
}

const WHY: ReadonlySet<string> = new Set(
  'why warum wieso weshalb pourquoi perche почему зачем чому навіщо dlaczego waarom لماذا kenapa mengapa'.split(
    ' ',
  ),
)

/** Who did it; English tells scenes so: `who lives in a pineapple under the sea`. */
const WHO: ReadonlySet<string> = new Set('wer qui quien chi quem kto кто хто من siapa'.split(' '))

/** `cuántos años tiene la Tierra` */
const HOW_MANY = /^(?:wieviele?|combien|[cq]uant[oaie]s?|сколько|скільки|ile|hoeveel|كم|berapa)$/u

const HOW_TO: ReadonlySet<string> = new Set('how comment como come как як jak cara كيف'.split(' '))

/** `to`, or what ends as what somebody may do does. */
const INFINITIVE = /^(?:to|si)$|..(?:[aei]r|re|ть|ти|c)$|^(?:me\p{L}|[انت])\p{L}{2}/u

/** Languages in which the verb is second in a question, and last in the title of a picture. */
const VERB_SECOND: ReadonlySet<string> = new Set(['german', 'dutch'])

const WHO_WHEN = /^(?:w(?:er|en|em|ann|o|oher|ohin|ie|oraus|omit)|w(?:ie|anneer|aar)|hoe)$/u

/** These also mean `like`: `wie Samt und Seide`. */
const LIKE: ReadonlySet<string> = new Set(['wie', 'hoe'])

const VERB = /^(?:.+(?:t|te|en|ten)|kam|war|lief|sah|ging|schrieb|komt|kwam|schreef|kook|ben|is)$/u

const ASKS_ANYWHERE: ReadonlySet<string> = new Set(
  'kim nedir 多少 有什么 有哪些 是什么 是谁 为什么 多久 怎么样 什么时候 什麼時候 在哪里 在哪裡 왜'.split(
    ' ',
  ),
)

const HOW: ReadonlySet<string> = new Set(
  '谁 誰 怎么 怎麼 怎样 怎樣 如何 为什么 為什麼 什么是 谁是 なぜ どうして どうやって 왜 어떻게'.split(
    ' ',
  ),
)

/** `is a tomato a fruit`, `do fish sleep`, `can dogs eat chocolate`: in English a question without its mark. */
export function asksYesOrNo({ tokens, language }: Sentence): boolean {
  if (language !== 'english' || tokens.length < 3) return false
  if (tokens.some(({ type }) => type === 'comma' || type === 'given')) return false
  const [first = '', second = ''] = tokens.map(({ word }) => word)
  if (IS.has(first)) return second !== 'not' && second !== 'or'
  return MAY_OR_DO.has(first) && ANYBODY.test(second) && !tokens.some((token) => isMade(token))
}

function isMade(token: Token): boolean {
  return means(token, 'english', 'make', 'write', 'work', 'tell', 'reply', 'translate')
}

const IS: ReadonlySet<string> = new Set('is are was were does did should'.split(' '))

const MAY_OR_DO: ReadonlySet<string> = new Set('do can will would has have'.split(' '))

/** Who may do something: `can of beans` may not. */
const ANYBODY = /^(?:you|i|we|it|he|she|they|there|the|an?|anyone|people|fish|.{3,}s)$/u
