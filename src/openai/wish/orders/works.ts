import { isUnknown, means } from '../text/tokens.ts'
import { ADVERB, isAbout, isNegated, MODEL, stands, type Sentence } from './sentence.ts'
import { THIS } from './small-words.ts'

/** What is known of an order by its words. */
export interface Known {
  readonly wants: 'words' | 'image'
  /** By what it is known: a verb, or a noun alone. */
  readonly by:
    | 'tell'
    | 'translate'
    | 'reply'
    | 'title'
    | 'text'
    | 'noun'
    | 'writer'
    | 'work'
    | 'draw'
}

/** Chinese puts what is worked on first: `把100美元换算成人民币`. */
const OBJECT_FIRST: ReadonlySet<string> = new Set(['把', '将', '將'])

/** So many words about a text that is there need not be known: `rewrite this so it sounds formal: …` */
const UNKNOWN_OF_TEXT = 3

/** `Convert 10 miles`, `correct my spelling`, `complete: …`: without a picture, what is worked on is a text. */
export function works(sentence: Sentence, index: number): Known | undefined {
  const { tokens, language } = sentence
  if (!means(tokens[index], language, 'work') || isNegated(sentence, index)) return undefined
  const isAtPlace = stands(sentence, index) || OBJECT_FIRST.has(tokens[0]?.word ?? '')
  const shows =
    isAbout(sentence, 'look', 'draw', 'sight') ||
    tokens.some(
      (token, at) => means(token, language, 'picture') && !MODEL.has(tokens[at + 1]?.word ?? ''),
    )
  return isAtPlace && !shows && worksOnText(sentence, index)
    ? { wants: 'words', by: 'work' }
    : undefined
}

function worksOnText({ tokens, language, end }: Sentence, index: number): boolean {
  const unknown = tokens.filter(
    (token) => isUnknown(token, language) && !ADVERB.test(token.word),
  ).length
  const isThere = THIS.has(tokens[index + 1]?.word ?? '')
  if (end === 'colon' && unknown <= (isThere ? UNKNOWN_OF_TEXT : Number(tokens.length > 2)))
    return true
  return tokens.some(
    (token, at) =>
      token.type === 'number' ||
      token.type === 'given' ||
      (at !== index && means(token, language, 'talk', 'title', 'text', 'tongue')),
  )
}
