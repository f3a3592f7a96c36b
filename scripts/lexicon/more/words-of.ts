import type { Words } from '../../../src/openai/wish/lexicon.ts'

const NONE: Words = {
  verb: 'first',
  tell: '',
  translate: '',
  reply: '',
  make: '',
  write: '',
  work: '',
  title: '',
  text: '',
  prose: '',
  talk: '',
  tongue: '',
  chat: '',
  writer: '',
  form: '',
  draw: '',
  picture: '',
  sight: '',
  may: '',
  ask: '',
  you: '',
  small: '',
  plain: '',
}

/** Of these languages only those words are listed that apps' orders, greetings and short questions are made of. */
export function wordsOf(words: Partial<Words>): Words {
  return { ...NONE, ...words }
}
