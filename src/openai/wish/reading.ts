import { asksAbility, isAddressed, isSmallTalk, showsNothing } from './emptiness.ts'
import type { Kind, Lexicon } from './lexicon.ts'
import { findOrders, type TextOrder } from './orders/find-orders.ts'
import { toSentences } from './orders/sentence.ts'
import { ordersShortAnswer } from './orders/short-answer.ts'
import { POINTING } from './orders/small-words.ts'
import {
  isMarkedOnly,
  isQuestion,
  readings,
  readSentences,
  type ReadSentence,
} from './questions.ts'
import { beginsSpeech, givesRole, speaksOfSelf, thanksFor } from './speech.ts'
import { means, toTokens, type Token } from './text/tokens.ts'
import { readToldText, type ToldText } from './text/told-text.ts'

/** A text as evidence; what few texts need to know is found out when it is asked for. */
export interface Reading extends ToldText {
  /** How many pieces it has. */
  readonly length: number
  readonly sentences: number
  /** In the order in which they stand; what follows an order and its colon is what the order is about. */
  readonly orders: readonly TextOrder[]
  /** Where the first sentence ends. */
  readonly firstEnd: number
  /** Whether a text or a conversation is spoken of. */
  readonly isAboutText: boolean
  /** Whether a conversation is. */
  readonly isAboutChat: boolean
  /** Whether the answer is to be one word or value. */
  readonly ordersShortAnswer: boolean
  /** What the first sentence speaks of: `you are an image generator`. */
  readonly beginsWithImage: boolean
  /** Whether it tells the model what to be, or how somebody is. */
  readonly isSpoken: boolean
  /** Whether it thanks for what is as somebody wished. */
  readonly isThanks: boolean
  /** Whether something is asked that words answer. */
  readonly isQuestion: boolean
  /** Whether only a mark tells that something is asked. */
  readonly isMarkedOnly: boolean
  /** Whether it asks if pictures can be made, and of nothing. */
  readonly asksAbility: boolean
  /** Whether it asks how something looks. */
  readonly asksForSight: boolean
  /** Whether every word is known to show nothing, in one language. */
  readonly isEmpty: boolean
  /** Whether it holds greetings, thanks and the like, and words that show nothing. */
  readonly isSmallTalk: boolean
  /** Where the first kind of picture is named, before any kind of text; -1: nowhere. */
  readonly imageAt: number
  /** How many kinds of pictures are named. */
  readonly images: number
  /** How many words say how something looks. */
  readonly looks: number
  /** How many words limit the form of an answer. */
  readonly limits: number
}

export function readText(text: string, lexicon: Lexicon): Reading {
  const told = readToldText(text)
  const tokens = toTokens(told.said, lexicon)
  const sentences = readSentences(tokens, lexicon)
  const all = allOrders(sentences)
  const from = givenFrom(all, tokens)
  const own = tokens.slice(0, from)
  const languages = languagesOf(tokens, lexicon)
  const [first] = sentences
  const empty = languages.filter((one) => showsNothing(tokens, one))
  const orders = all.filter(({ at, wants }) => wants === 'words' || at <= from)
  return {
    ...told,
    length: tokens.length,
    orders: orders.length === 0 ? ordersOfJson(told, lexicon) : orders,
    firstEnd: first === undefined ? 0 : first.start + first.tokens.length,
    get isAboutText() {
      return most(tokens, 'talk', 'chat') > 0
    },
    get isAboutChat() {
      return most(tokens, 'chat') > 0
    },
    get ordersShortAnswer() {
      return sentences.some((one) => one.readings.some((read) => ordersShortAnswer(read)))
    },
    get beginsWithImage() {
      return beginsWithImage(first?.tokens ?? [], languages)
    },
    get isSpoken() {
      return isSpoken(tokens, sentences, lexicon)
    },
    get isThanks() {
      return languages.some((one) => thanksFor(tokens, one))
    },
    isQuestion: isQuestion(tokens, sentences),
    get isMarkedOnly() {
      return isQuestion(tokens, sentences, isMarkedOnly)
    },
    asksAbility: languages.some((one) => asksAbility(tokens, one)),
    asksForSight: most(own, 'sight') > 0,
    // A conversation that is told and nothing else is something to look at.
    isEmpty:
      (tokens.some(({ type }) => type !== 'end') || !told.hasBlocks) &&
      empty.some((one) => isAddressed(tokens, one)),
    get isSmallTalk() {
      return empty.some((one) => isSmallTalk(tokens, one))
    },
    sentences: sentences.length,
    imageAt: Math.max(...languages.map((one) => imageAt(own, one))),
    get images() {
      return most(own, 'picture')
    },
    looks: most(own, 'look'),
    get limits() {
      return most(tokens, 'form')
    },
  }
}

/** How many words mean one of these, in the language that has most of them. */
function most(tokens: readonly Token[], ...kinds: readonly Kind[]): number {
  const counts = new Map<string, number>()
  for (const { meanings } of tokens) {
    for (const [language, known] of meanings ?? []) {
      if (kinds.some((kind) => known.has(kind)))
        counts.set(language, (counts.get(language) ?? 0) + 1)
    }
  }
  return Math.max(0, ...counts.values())
}

function isSpoken(
  tokens: readonly Token[],
  sentences: readonly ReadSentence[],
  lexicon: Lexicon,
): boolean {
  if (!beginsSpeech(tokens)) return false
  const whole = { tokens, start: 0, end: undefined, language: '', verb: 'first' } as const
  // `I want a` has three words of Italian, too.
  return readings(whole, lexicon, 1).some(
    ({ language }) => givesRole(sentences, language) || speaksOfSelf(sentences, language),
  )
}

function beginsWithImage(tokens: readonly Token[], languages: readonly string[]): boolean {
  const has = (one: string, ...kinds: readonly Kind[]): boolean =>
    tokens.some((token) => means(token, one, ...kinds))
  return languages.some(
    (one) => has(one, 'picture', 'draw') && !has(one, 'title', 'text', 'writer', 'chat'),
  )
}

/** Those that know a word of it; where none does, any: a text of numbers shows nothing in all of them. */
function languagesOf(tokens: readonly Token[], lexicon: Lexicon): readonly string[] {
  const known = new Set(tokens.flatMap(({ meanings }) => [...(meanings?.keys() ?? [])]))
  return known.size > 0 ? [...known] : [...lexicon.languages.keys()].slice(0, 1)
}

function allOrders(sentences: readonly ReadSentence[]): readonly TextOrder[] {
  return sentences
    .flatMap((sentence) => sentence.readings)
    .flatMap((sentence) => findOrders(sentence, sentences.length === 1))
    .toSorted((a, b) => a.at - b.at || (a.wants === 'image' ? -1 : 1))
}

/** A request that is JSON as a whole has its order in quotation marks. */
function ordersOfJson({ said, isConversation }: ToldText, lexicon: Lexicon): readonly TextOrder[] {
  if (!isConversation || !said.trim().startsWith('{')) return []
  return allOrders(readSentences(toTokens(said.replaceAll('"', ' '), lexicon), lexicon))
}

/** Where begins what an order for words is about: behind its colon, or behind a label such as `Text:`. */
function givenFrom(orders: readonly TextOrder[], tokens: readonly Token[]): number {
  const first = orders.find(({ wants }) => wants === 'words')
  if (first === undefined) return tokens.length
  const given = orders.find((order) => order.wants === 'words' && order.given)
  const label = toSentences(tokens).find(
    ({ tokens: own, start, end }) =>
      end === 'colon' &&
      start > first.at &&
      own.length <= 3 &&
      own.every((token) => isLabel(token)),
  )
  return Math.min(given?.end ?? tokens.length, label?.start ?? tokens.length)
}

function isLabel({ meanings }: Token): boolean {
  return [...(meanings?.values() ?? [])].some(
    (kinds) => kinds.has('talk') || kinds.has('chat') || kinds.has('plain'),
  )
}

const INSIDE: ReadonlySet<string> = new Set(['里', '裡', '中', '中有', '上', 'の中'])

function imageAt(tokens: readonly Token[], language: string): number {
  const first = tokens.findIndex((token) => means(token, language, 'picture', 'title', 'text'))
  if (!means(tokens[first], language, 'picture')) return -1
  if (means(tokens[first], language, 'title')) return -1
  // `图里有…`
  if (INSIDE.has(tokens[first + 1]?.word ?? '')) return -1
  const isThere = tokens.slice(Math.max(0, first - 2), first).some(({ word }) => POINTING.has(word))
  return isThere ? -1 : first
}
