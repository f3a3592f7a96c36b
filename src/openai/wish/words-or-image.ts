import { answerInWords } from './answer/answer-in-words.ts'
import { OF_IMAGES, OF_SOUNDS, type Phrases } from './answer/words-only.ts'
import type { Asked } from './asked.ts'
import { isTask } from './is-task.ts'
import { judge } from './judge.ts'
import { readAsked } from './read.ts'
import { LEXICON } from './text/known-words.ts'

/** @returns the answer to a request for words; undefined: it wishes for a picture, or a video */
export function answerWithoutImage(asked: Asked, phrases: Phrases = OF_IMAGES): string | undefined {
  const { words, read } = judge(asked, LEXICON)
  return words ? answerInWords(read, phrases) : undefined
}

/** @returns the answer to an app's order for words; undefined: the text is to be heard */
export function answerWithoutSound(asked: Asked): string | undefined {
  const read = readAsked(asked, LEXICON)
  return isTask(read) ? answerInWords(read, OF_SOUNDS) : undefined
}
