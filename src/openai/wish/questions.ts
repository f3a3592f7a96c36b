import type { Kind, Lexicon } from './lexicon.ts'
import { toSentences, type Sentence } from './orders/sentence.ts'
import { ARTICLES } from './orders/small-words.ts'
import { isUnknown, means, type Token } from './text/tokens.ts'
import { asksUnmarked, asksYesOrNo } from './unmarked-question.ts'

/** A language reads a sentence when it knows nearly as many of its words as the one that knows most. */
const NEARLY = 0.7

/** The languages in which a sentence can be read, and the sentence in each of them. */
export function readings(
  sentence: Sentence,
  lexicon: Lexicon,
  nearly = NEARLY,
): readonly Sentence[] {
  const counts = new Map<string, number>()
  for (const { meanings } of sentence.tokens) {
    for (const language of meanings?.keys() ?? []) {
      counts.set(language, (counts.get(language) ?? 0) + 1)
    }
  }
  if (counts.size === 0) return [sentence]
  const most = Math.max(...counts.values())
  // Words of every language (`JSON, ok`) are read in one.
  if (counts.size === lexicon.languages.size && [...counts.values()].every((one) => one === most)) {
    return [...counts.keys()].slice(0, 1).map((language) => ({ ...sentence, language }))
  }
  return [...counts]
    .filter(([, count]) => count >= most * nearly)
    .map(([language]) => ({
      ...sentence,
      language,
      verb: lexicon.languages.get(language) ?? 'first',
    }))
}

/** A sentence with what it may mean. */
export interface ReadSentence extends Sentence {
  readonly readings: readonly Sentence[]
}

/** The sentences of a text, each read once. */
export function readSentences(tokens: readonly Token[], lexicon: Lexicon): readonly ReadSentence[] {
  return toSentences(tokens).map((sentence) => ({
    ...sentence,
    readings: readings(sentence, lexicon),
  }))
}

/** Whether a text asks for something that words answer. */
export function isQuestion(
  tokens: readonly Token[],
  sentences: readonly ReadSentence[],
  isAsked: (sentence: Sentence) => boolean = asks,
): boolean {
  return sentences.some((sentence, index) => {
    if (!sentence.readings.some((own) => isAsked(own))) return false
    const others = sentences.filter((_, at) => at !== index).flatMap((one) => one.tokens)
    const before = tokens.slice(0, sentence.start)
    return sentence.readings.some((own) => {
      if (own.end !== 'colon' && goesOn(others, own.language)) return false
      const shown = before.some((token) => means(token, own.language, 'picture', 'draw'))
      return !shown && isAsked(own)
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
  const { verb } = sentence
  const at = firstOf(sentence, 'ask')
  if (supposes(sentence) || isRequest(sentence, at)) return false
  const isMarked = sentence.end === 'question' || announces(sentence, at)
  if (showsBefore(sentence, at)) return isMarked && verb !== 'first'
  if (!isMarked) return at !== -1 && asksUnmarked(sentence, at)
  return at !== -1 || asksOfTwo(sentence)
}

/** `What, if the moon were made of cheese?`, `How might it look?`, `What I want: …` */
function supposes({ tokens, end, language }: Sentence): boolean {
  const comma = tokens.slice(0, NEAR_START).findIndex(({ type }) => type === 'comma')
  if (comma !== -1 && IF.has(tokens[comma + 1]?.word ?? '')) return true
  const isWanted = end === 'colon' && tokens.some((token) => means(token, language, 'make'))
  return isWanted || LOOKS.has(tokens.at(-1)?.word ?? '')
}

/** So near to the start of a question stands its condition. */
const NEAR_START = 4

const IF: ReadonlySet<string> = new Set('if wenn si se если якщо jesli'.split(' '))

const LOOKS: ReadonlySet<string> = new Set('look looks aussehen'.split(' '))

/** `May I use it?`, `Your name?`, but not `¿Me haces un logo?` */
function asksOfTwo(sentence: Sentence): boolean {
  const { tokens, language } = sentence
  return mayI(sentence, 0) || (means(tokens[0], language, 'you') && !wishes(sentence))
}

/** `What does this mean: …`, but not `The question is: …` */
function announces({ tokens, end, language, verb }: Sentence, at: number): boolean {
  const isBefore = at === 0 || at === 1 || verb !== 'first'
  return end === 'colon' && isBefore && !tokens.some((token) => isUnknown(token, language))
}

/**
 * Whether only its mark or its first words make a question of a sentence: `Can you help with taxes?`, but not `Can I
 * get a fox?`
 */
export function isMarkedOnly(sentence: Sentence): boolean {
  const { tokens, end, language } = sentence
  if ((end !== 'question' && !asksYesOrNo(sentence)) || supposes(sentence)) return false
  if (TOPIC.has(tokens.at(-1)?.word ?? '')) return true
  if (isNamed(tokens) || wishes(sentence)) return false
  return !tokens.some(
    (token) => RECEIVE.has(token.word) || means(token, language, 'make', 'write', 'work'),
  )
}

/** `A gift for my dad?`, but not `Le miel se périme-t-il ?` */
function isNamed(tokens: readonly Token[]): boolean {
  return ARTICLES.has(tokens[0]?.word ?? '') && !tokens.some(({ word }) => word === INVERTED)
}

const INVERTED = 't'

/** `The weather in Tokyo?` */
const TOPIC: ReadonlySet<string> = new Set(['は', '는', '은'])

function wishes({ tokens, language }: Sentence): boolean {
  return tokens.some((token) => means(token, language, 'picture', 'draw', 'look', 'sight'))
}

/** `Could you …` is a wish, and so is `could I have …`; `can I use it` is a question. */
function isRequest(sentence: Sentence, at: number): boolean {
  const { tokens, language } = sentence
  const has = (...kinds: readonly Kind[]): boolean =>
    tokens.some((token) => means(token, language, ...kinds))
  if (asksIf(sentence, at) && has('picture', 'draw') && !has('title')) return true
  const may = firstOf({ ...sentence, tokens: tokens.slice(0, 3) }, 'may')
  return may !== -1 && (at === -1 || may < at) && !mayI(sentence, may)
}

/** `Czy mógłbyś stworzyć obraz?`, `How would Monet paint my street?`, `Is there a chance you could draw it?` */
function asksIf(sentence: Sentence, at: number): boolean {
  const { tokens } = sentence
  const word = tokens[at]?.word ?? ''
  const isAny =
    YES_NO.has(word) &&
    (firstOf(sentence, 'may') > at || tokens.some((token) => RECEIVE.has(token.word)))
  return isAny || PARTICLES.has(word) || tokens[at + 1]?.word === 'would'
}

/** What only makes a question of a sentence. */
const PARTICLES: ReadonlySet<string> = new Set('czy чи ли 吗 嗎 هل apakah mi mı'.split(' '))

/** What asks for yes or no. */
const YES_NO: ReadonlySet<string> = new Set('is are do does did est es ist hat'.split(' '))

/** Whether it asks what the user may do. */
function mayI({ tokens, language }: Sentence, may: number): boolean {
  const isOwn = I_WORDS.has(tokens[may + 1]?.word ?? '')
  const isGiven = tokens.some(
    (token) => RECEIVE.has(token.word) || means(token, language, 'picture', 'draw'),
  )
  return isOwn && !isGiven
}

const I_WORDS: ReadonlySet<string> = new Set('i we ich wir je yo eu io ik я мне'.split(' '))

const RECEIVE: ReadonlySet<string> = new Set(
  'get have see order bekommen haben kriegen sehen avoir voir tener ver ter avere vedere получить krijgen hebben'.split(
    ' ',
  ),
)

function firstOf({ tokens, language }: Sentence, kind: Kind): number {
  return tokens.findIndex((token) => means(token, language, kind))
}

function showsBefore({ tokens, language }: Sentence, at: number): boolean {
  return tokens.slice(0, Math.max(0, at)).some((token) => means(token, language, 'picture', 'draw'))
}
