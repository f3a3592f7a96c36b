import { means, type Token } from '../text/tokens.ts'
import type { Sentence } from './sentence.ts'
import { ARTICLES, isOr, ONLY, POINTING, YES_OR_NO } from './small-words.ts'

/** More words are an answer like any other. */
const MOST_WORDS = 12

/** `2 words`, in the languages that are read here. */
const WORDS =
  /^(?:words?|wort|mots?$|palabra|palavra|parol|слов|слів|字|个字|個字|단어|kelime|kata$|tu$|woord|słow|كلم)/u

const WITH: ReadonlySet<string> = new Set('with mit avec con com by met'.split(' '))

/** So near to its verb stands what is to be answered. */
const REACH = 6

/** Whether a sentence orders one word or value: `return only the label`, `reply with 2 words`, `answer A or B`. */
export function ordersShortAnswer({ tokens, language }: Sentence): boolean {
  const isSeen = tokens.some(
    (token) => means(token, language, 'picture', 'draw') && !means(token, language, 'title'),
  )
  if (isSeen) return false
  return (
    tokens.some((_, at) => isFewWords(tokens, at) || isOneOf(tokens, at) || isYesNo(tokens, at)) ||
    tokens.some((verb, index) => {
      if (!means(verb, language, 'reply', 'make', 'write')) return false
      const near = tokens.slice(Math.max(0, index - 2), index + REACH)
      const isReply = means(verb, language, 'reply')
      return near.some(
        (_, at) =>
          isOneThing(near, at, language) ||
          (isReply && at > 0 && isOr(near[at]?.word ?? '', language)),
      )
    })
  )
}

/** `only the label`, `only with true`; `only your answer` is an answer like any other. */
function isOneThing(near: readonly Token[], at: number, language: string): boolean {
  if (!ONLY.has(near[at]?.word ?? '')) return false
  const next = near[at + 1]
  const isVerb = WITH.has(next?.word ?? '') || means(next, language, 'reply', 'make')
  return isThing(isVerb ? near[at + 2] : next, language)
}

function isThing(token: Token | undefined, language: string): boolean {
  const word = token?.word ?? ''
  if (means(token, language, 'you')) return false
  if (ARTICLES.has(word) || POINTING.has(word) || token?.type === 'given') return true
  return means(token, language, 'title', 'text') && !means(token, language, 'talk')
}

/** `in 2 words`, `one word` */
function isFewWords(tokens: readonly Token[], at: number): boolean {
  const { type, word = '' } = tokens[at] ?? {}
  const isFew = (type === 'number' && Number(word) <= MOST_WORDS) || ONE.has(word)
  return isFew && WORDS.test(tokens[at + 1]?.word ?? '')
}

const ONE: ReadonlySet<string> = new Set(
  'one single seul sola ein einem einzigen un una uma jednym одним tek'.split(' '),
)

/** `one of: A, B` */
function isOneOf(tokens: readonly Token[], at: number): boolean {
  return tokens[at]?.word === 'one' && tokens[at + 1]?.word === 'of'
}

/** `yes/no` */
function isYesNo(tokens: readonly Token[], at: number): boolean {
  return YES_OR_NO.has(tokens[at]?.word ?? '') && YES_OR_NO.has(tokens[at + 1]?.word ?? '')
}
