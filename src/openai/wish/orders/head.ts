import type { Kind } from '../lexicon.ts'
import { means, type Token } from '../text/tokens.ts'
import type { Sentence } from './sentence.ts'
import { ARTICLES, COMPOUNDED, IN, POINTING } from './small-words.ts'

/** What an order to make or to write asks for. */
export type Head = 'title' | 'text' | 'image'

/** As far from its verb stands what an order asks for. */
const REACH = 18

/**
 * What is ordered by the verb at `verb`: the noun that comes first, or last where the head of a phrase is its
 * end.
 */
export function headOf(sentence: Sentence, verb: number): Head | undefined {
  const { tokens } = sentence
  const from = verb + 1
  if (sentence.verb === 'last') return lastNoun(sentence, Math.max(0, verb - REACH), verb, verb)
  if (sentence.verb === 'middle') {
    const comma = tokens.findIndex(({ type }, at) => type === 'comma' && at > verb)
    const behind = lastNoun(
      sentence,
      from,
      Math.min(comma === -1 ? tokens.length : comma, from + REACH),
      verb,
    )
    const isBehind = behind !== undefined || means(tokens[verb], sentence.language, 'write')
    return isBehind ? behind : lastNoun(sentence, 0, verb, verb)
  }
  const reach = tokens.slice(from, from + REACH)
  const first = reach.findIndex((_, at) => nounAt(sentence, from + at, verb) !== undefined)
  if (first === -1) return undefined
  if (isMadeOf(sentence, verb)) return 'image'
  return sentence.language === 'english'
    ? englishHead(sentence, from + first, verb)
    : nounAt(sentence, from + first, verb)
}

function nounAt({ tokens, language }: Sentence, index: number, verb: number): Head | undefined {
  const token = tokens[index]
  if (means(token, language, 'picture')) return imageAt(tokens, index, language)
  const isProse = means(token, language, 'prose') && means(tokens[verb], language, 'write')
  // `a title "Hello"`: the words are there, so what is wanted is how they look.
  if (isSupplied(tokens, index))
    return means(token, language, 'title', 'text') ? 'image' : undefined
  if (means(token, language, 'title')) return 'title'
  return isProse || means(token, language, 'text') ? 'text' : undefined
}

function isSupplied(tokens: readonly Token[], index: number): boolean {
  return tokens[index + 1]?.type === 'given' && !POINTING.has(tokens[index - 1]?.word ?? '')
}

function imageAt(tokens: readonly Token[], index: number, language: string): Head | undefined {
  // An emoji is drawn, but a chat is given one.
  const isEither = means(tokens[index], language, 'title')
  if (isEither && isAboutTalk(tokens, language)) return 'title'
  return isInImage(tokens, index) ? undefined : 'image'
}

/** `The colours in this picture`: it is there. */
function isInImage(tokens: readonly Token[], index: number): boolean {
  const [before, article] = [tokens[index - 2]?.word ?? '', tokens[index - 1]?.word ?? '']
  return IN.has(before) && POINTING.has(article)
}

function isAboutTalk(tokens: readonly Token[], language: string): boolean {
  return tokens.some((token) => means(token, language, 'chat', 'talk'))
}

function lastNoun(sentence: Sentence, from: number, to: number, verb: number): Head | undefined {
  for (let index = to - 1; index >= from; index--) {
    const { type, meanings } = sentence.tokens[index] ?? {}
    // What stands between a noun and a verb at the end is the head itself.
    if (sentence.verb === 'last' && type === 'word' && meanings === undefined) return undefined
    const noun = nounAt(sentence, index, verb)
    if (noun !== undefined) return noun
  }
  return undefined
}

/** `Make a poster of the summary`, whatever their order: one is there, the other is not. */
function isMadeOf({ tokens, language }: Sentence, verb: number): boolean {
  const behind = tokens.slice(verb + 1)
  const has = (kinds: readonly Kind[], isBefore: (word: string) => boolean): boolean =>
    behind.some(
      (token, at) => means(token, language, ...kinds) && isBefore(behind[at - 1]?.word ?? ''),
    )
  return (
    has(['title', 'text'], (word) => POINTING.has(word)) &&
    has(['picture'], (word) => ARTICLES.has(word) && !POINTING.has(word))
  )
}

/** English puts the head of a compound last: `title screen`, `image prompt`, `e-mail header banner`. */
function englishHead(sentence: Sentence, first: number, verb: number): Head | undefined {
  const { tokens } = sentence
  let head = first
  let index = first
  while (nounAt(sentence, index + 1, verb) !== undefined || isThing(tokens[index + 1])) {
    index += 1
    if (nounAt(sentence, index, verb) !== undefined) head = index
  }
  const isCompound = COMPOUNDED.has(tokens[head]?.word ?? '') && index > head
  return isCompound ? 'image' : nounAt(sentence, head, verb)
}

/** A noun by its looks, of which nothing else is known. */
function isThing(token: Token | undefined): boolean {
  return (
    token?.type === 'word' &&
    token.meanings?.has('english') !== true &&
    !/(?:ing|ed|able|ible|al|ive|ful|er|ly|ous|ant|ent)$/u.test(token.word)
  )
}
