import { answerInWords } from './answer/answer-in-words.ts'
import type { Asked } from './asked.ts'
import { judge } from './judge.ts'
import { LEXICON } from './lexicon/index.ts'

/** @returns the answer to a request for words; undefined: it wishes for a picture */
export function answerWithoutImage(asked: Asked): string | undefined {
  const { words, read } = judge(asked, LEXICON)
  return words ? answerInWords(read) : undefined
}
