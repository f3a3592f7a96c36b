import { isUnknown, means } from '../text/tokens.ts'
import { isLanguageAlone, isNamedByNoun, RULES } from './rules.ts'
import { isAbout, isChoice, SEEN, type Sentence } from './sentence.ts'
import { ordersShortAnswer } from './short-answer.ts'
import { CHOICES, CODE, INTO, LOOK_INTO, POINTING, READ, WRITTEN } from './small-words.ts'
import type { Known } from './works.ts'

/** Something that a text orders. */
export interface TextOrder extends Known {
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

/**
 * All orders of a sentence in its language.
 *
 * @param isAlone whether the text has no other sentence
 */
export function findOrders(sentence: Sentence, isAlone: boolean): readonly TextOrder[] {
  const reads = readsAt(sentence, isAlone)
  const looks = reads === -1 ? [] : [toOrder(sentence, { wants: 'words', by: 'tell' }, reads)]
  if (looks[0]?.looksInto === false) return looks
  const orders = sentence.tokens.flatMap((_, index) =>
    RULES.flatMap((rule) => {
      const known = rule(sentence, index)
      return known === undefined ? [] : [toOrder(sentence, known, index)]
    }),
  )
  if (looks.length + orders.length > 0) return [...looks, ...orders]
  const by = withoutVerb(sentence)
  return by === undefined ? [] : [toOrder(sentence, { wants: 'words', by }, 0)]
}

/** Where it is ordered to read what is written in a picture; -1: nowhere. */
function readsAt(sentence: Sentence, isAlone: boolean): number {
  const { tokens } = sentence
  if (isReadOff(sentence)) return 0
  const reads = tokens.findIndex(({ word }) => READ.has(word) || (isAlone && LOOK_INTO.has(word)))
  const isRead =
    LOOK_INTO.has(tokens[reads]?.word ?? '') || tokens.some(({ word }) => WRITTEN.has(word))
  return isRead ? reads : -1
}

/** An order without a verb. */
function withoutVerb(sentence: Sentence): Known['by'] | undefined {
  if (CHOICES.has(sentence.tokens[0]?.word ?? '') && sentence.end === 'colon') return 'reply'
  if (isNamedByNoun(sentence)) return 'noun'
  const { tokens, language } = sentence
  // `Gib nur das Ergebnis aus.`
  const isKnown = !tokens.some(
    (token) => isUnknown(token, language) || means(token, language, ...SEEN),
  )
  if (isKnown && ordersShortAnswer(sentence)) return 'reply'
  return isLanguageAlone(sentence) ? 'translate' : undefined
}

/** `Turn this photo into text`: what is written in a picture that is there. */
function isReadOff({ tokens, language }: Sentence): boolean {
  const image = tokens.findIndex((token) => means(token, language, 'picture'))
  const before = tokens.slice(Math.max(0, image - 3), Math.max(0, image))
  if (!before.some(({ word }) => POINTING.has(word))) return false
  return tokens.some(
    (token, at) =>
      at > image &&
      INTO.has(tokens[at - 1]?.word ?? '') &&
      (WRITTEN.has(token.word) || CODE.has(token.word)),
  )
}

function toOrder(sentence: Sentence, known: Known, index: number): TextOrder {
  const { tokens, language, start, end } = sentence
  const given = end === 'colon'
  return {
    ...known,
    aboutChat: isAbout(sentence, 'chat'),
    aboutText: given || tokens.some((token) => means(token, language, 'talk')),
    definite: POINTING.has(tokens[index + 1]?.word ?? ''),
    addressed: isAbout(sentence, 'you'),
    looksInto: known.by === 'tell' && LOOK_INTO.has(tokens[index]?.word ?? ''),
    made: means(tokens[index], language, 'make') && !means(tokens[index], language, 'write'),
    chooses: isChoice(sentence),
    given,
    at: start + index,
    end: start + tokens.length,
  }
}
