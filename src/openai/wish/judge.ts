import type { Asked } from './asked.ts'
import { EVIDENCE, WORDS_FROM } from './evidence.ts'
import type { Lexicon } from './lexicon.ts'
import { readAsked, type Read } from './read.ts'

/** What was found in a request, and what it comes to. */
export interface Judgement {
  readonly words: boolean
  readonly read: Read
  readonly found: readonly { readonly name: string; readonly weight: number }[]
}

/** Weighs a request: a wish for a picture, or for words? Linear in the length of its texts. */
export function judge(asked: Asked, lexicon: Lexicon): Judgement {
  const read = readAsked(asked, lexicon)
  const found = EVIDENCE.map((one) => ({ name: one.name, weight: one.weight * one.count(read) }))
  const sum = found.reduce((total, { weight }) => total + weight, 0)
  return { words: sum >= WORDS_FROM, read, found: found.filter(({ weight }) => weight !== 0) }
}
