import { means } from '../text/tokens.ts'
import { isAbout, isLanguageAlone, isNamedByNoun, RULES, type Known } from './rules.ts'
import { isChoice, type Sentence } from './sentence.ts'
import { LOOK_INTO, POINTING, READ, WRITTEN } from './small-words.ts'

/** Something that a text orders. */
export interface Order extends Known {
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
export function findOrders(sentence: Sentence, isAlone: boolean): readonly Order[] {
  const { tokens } = sentence
  const reads = tokens.findIndex(({ word }) => READ.has(word) || (isAlone && LOOK_INTO.has(word)))
  const isRead =
    LOOK_INTO.has(tokens[reads]?.word ?? '') || tokens.some(({ word }) => WRITTEN.has(word))
  if (reads !== -1 && isRead) return [toOrder(sentence, { wants: 'words', by: 'tell' }, reads)]
  const orders = tokens.flatMap((_, index) =>
    RULES.flatMap((rule) => {
      const known = rule(sentence, index)
      return known === undefined ? [] : [toOrder(sentence, known, index)]
    }),
  )
  if (orders.length > 0) return orders
  if (isNamedByNoun(sentence)) return [toOrder(sentence, { wants: 'words', by: 'noun' }, 0)]
  return isLanguageAlone(sentence)
    ? [toOrder(sentence, { wants: 'words', by: 'translate' }, 0)]
    : []
}

function toOrder(sentence: Sentence, known: Known, index: number): Order {
  const { tokens, language, start, end } = sentence
  const given = end === 'colon'
  return {
    ...known,
    aboutChat: isAbout(sentence, 'chat'),
    aboutText: given || tokens.some((token) => means(token, language, 'talk')),
    definite: POINTING.has(tokens[index + 1]?.word ?? ''),
    addressed: isAbout(sentence, 'you'),
    looksInto: LOOK_INTO.has(tokens[index]?.word ?? ''),
    made: means(tokens[index], language, 'make') && !means(tokens[index], language, 'write'),
    chooses: isChoice(tokens),
    given,
    at: start + index,
    end: start + tokens.length,
  }
}
