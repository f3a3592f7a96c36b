import { expect, test } from 'vitest'

import type { Asked } from '../../src/openai/wish/asked.ts'
import { judge } from '../../src/openai/wish/judge.ts'
import { LEXICON } from '../../src/openai/wish/text/known-words.ts'

const NOTHING: Asked = {
  text: '',
  before: [],
  instructions: [],
  instructedLast: false,
  images: 'none',
  maxTokens: undefined,
  json: undefined,
  tools: [],
}

function isForWords(text: string, more: Partial<Asked> = {}): boolean {
  return judge({ ...NOTHING, text, ...more }, LEXICON).words
}

// Each pair differs by the one thing that the evidence is about.
test.for<[string, string, string]>([
  ['works on numbers', 'Convert 10 miles to kilometres', 'Convert a container into a café'],
  [
    'works on a text that is there',
    'Rewrite this so it sounds formal: hey',
    'Rewrite history: dinosaurs in Rome',
  ],
  ['only a value', 'Gib nur die Zahl 5 aus', 'Gib mir einen Löwen'],
  ['a number between numbers', 'Rechne 17 mal 23', 'Mal 23 Löwen'],
  ['is written in code', 'Pythonでフィボナッチ数列を書いて', 'ニシキヘビの絵を描いて'],
  ['a question by its mark alone', 'Gift ideas for my dad?', 'A gift for my dad?'],
  ['what the user may do', 'Can I use it commercially?', 'Can I get a logo for my bakery?'],
  ['a request for help', 'Peux-tu m’aider avec mes devoirs ?', 'Peux-tu dessiner un bus ?'],
  ['who did it', 'who painted the mona lisa', 'who lives in a pineapple under the sea'],
  ['what the model is to be', 'You are now a pirate.', 'You are a photographer. A pirate.'],
  ['what somebody is', 'I am so tired today', 'me as a knight'],
  ['thanks', 'Danke, du hast mir sehr geholfen', 'Danke, jetzt ein Löwe'],
  ['an emoji for a chat', 'Pick one emoji for this chat', 'An emoji of a sleepy cactus'],
  ['the head of a German compound', 'Mach eine Einkaufsliste', 'Mach eine Kinderzeichnung'],
  ['a stem of two languages', 'Nenne drei Synonyme', 'Drei Synoden'],
  ['a subject before the verb', 'Escribe un poema', 'un robot escribe un poema'],
  ['nothing that goes on', 'Continue', 'Continuum'],
  ['why, without its mark', 'warum schnurren Katzen', 'das große Warum am Himmel'],
  ['how to do it', 'como cocinar arroz', 'como un sueño'],
  ['how many', 'cuántos años tiene la Tierra', 'tantos años en la Tierra'],
  ['a verb that is second in a question', 'wo liegt Timbuktu', 'wo der Pfeffer wächst'],
  ['yes or no, without its mark', 'is a tomato a fruit', 'a tomato as a fruit seller'],
  ['what somebody may do', 'can dogs eat chocolate', 'can of dog food'],
  ['what asks, at the end', 'quang hợp là gì', 'quang cảnh làng'],
  ['the mark of Greek', 'Πού είναι ο σταθμός;', 'ο σταθμός'],
  ['a phrase that is told', 'pros and cons of electric cars', 'a pro of electric cars'],
  ['a clause, not a style', 'Explain, what a black hole is', 'Explain a hole, black ink'],
  ['an order, not what somebody does', '分数を説明して', '分数を説明している'],
  ['a will', 'I want to learn Spanish', 'I want to be a knight'],
  ['a name of one’s own', 'Me llamo Lucía', 'la llama Lucía'],
  ['a role', 'Pretend to be a pirate', 'Two men pretend to be pirates'],
  ['a plural of what is written', 'Generate five slogans', 'Generate five foxes'],
  ['a greeting of another language', 'dobré ráno', 'ráno v Praze'],
  [
    'who did it, in other languages',
    'qui a inventé le téléphone',
    'le téléphone qui a tout inventé',
  ],
  ['a verb that is asked', 'Le miel se périme-t-il ?', 'Le miel de Provence ?'],
  ['what is suggested', 'suggest some podcasts about history', 'suggest a poster about history'],
  ['these words', 'Put these in order: pear, apple', 'Put the words "Hello Ella" on a cake'],
  ['who chats', '帮我聊天', '夜行列车上两个陌生人在聊天'],
  ['an order of another language', 'Ge samtalet en kort titel', 'en kort tjur'],
])('%s', ([, words, wish]) => {
  expect([isForWords(words), isForWords(wish)]).toEqual([true, false])
})

test.for<[string, string]>([
  ['names a job', 'Your only job is naming chats. Look at the message and reply with 2-4 words.'],
  ['chooses a label', 'You are a router. Pick one of: chat, image, code. Return only the label.'],
  [
    'chooses of two',
    'Decide whether the latest message needs a search. Answer SEARCH or NO_SEARCH.',
  ],
  ['names a maker', 'You are a language detector.'],
  ['works on the message', 'Correct the user’s text and send it back.'],
])('an app that %s wants words', ([, instructions]) => {
  expect(isForWords('a fox in the snow', { instructions: [instructions] })).toBe(true)
})

test.for([
  'You are a helpful assistant. Explain things simply.',
  'Answer in markdown. Be concise.',
  'Always reply in the language of the user.',
  'Given the conversation and a follow up question, reply with an answer. Return only your response.',
  'You are an image assistant. Summarize what you drew after each picture.',
  'Only answer questions about lamps.',
  'Reply in at most 3 sentences. Use emojis.',
])('an assistant’s own instructions leave a wish one: %s', (instructions) => {
  expect(isForWords('a fox in the snow', { instructions: [instructions] })).toBe(false)
})

test('what an offered tool does is not drawn, and a wish beside it is', () => {
  const tools = ['book_table', 'lookupOrder']
  expect(isForWords('Book a table for two', { tools })).toBe(true)
  expect(isForWords('Look up order 5521', { tools })).toBe(true)
  expect(isForWords('a fox in the snow', { tools })).toBe(false)
})

test('beside a picture a suggestion changes it, and a question about it does not', () => {
  expect(isForWords('turn this whiteboard photo into text', { images: 'sent' })).toBe(true)
  expect(isForWords('turn this whiteboard photo into a painting', { images: 'sent' })).toBe(false)
  expect(isForWords('how about pink?', { images: 'earlier' })).toBe(false)
  expect(isForWords('which model did you use?', { images: 'earlier' })).toBe(true)
  expect(isForWords('no text please', { images: 'earlier' })).toBe(false)
  expect(isForWords('yes, do that', { images: 'earlier' })).toBe(false)
})

test('thanks for a picture are no wish, and a wish behind them is one', () => {
  const shown = { images: 'earlier' } as const
  expect(isForWords('C’est exactement ce que je voulais, merci !', shown)).toBe(true)
  expect(isForWords('Danke, genau so wollte ich es', shown)).toBe(true)
  expect(isForWords('cool, that’s exactly what I needed', shown)).toBe(true)
  expect(isForWords('thanks, can you make it darker', shown)).toBe(false)
  expect(isForWords('merci, plus grand', shown)).toBe(false)
})

test('an app that only gives chats a name is one that wants words, whatever its verb', () => {
  const instructions = ['Tu nommes les conversations : cinq mots au plus.']
  expect(isForWords('un renard dans la neige', { instructions })).toBe(true)
})

test('a wish within a fence is one', () => {
  expect(isForWords('"""a teapot in the rain"""')).toBe(false)
  expect(isForWords('Pick a title for this chat: ```draw a teapot```')).toBe(true)
})

// Rules and examples make an app's instructions long; what they begin with says what the model is.
const RULES = `\n\n<rules>\n${'- keep technical terms as they are\n- never say that it cannot be done\n'.repeat(20)}</rules>`

test.for<[string, string]>([
  [
    'You are a title generator. You output ONLY a thread title. Nothing else.',
    'You are an illustrator. You output one picture.',
  ],
  ['You are a translator into Spanish.', 'You are a helpful assistant who knows Spanish.'],
  ['You are a conversation summarizer.', 'You are Lyra, a witch who lives in a tower.'],
  ['Du bist ein Übersetzer.', 'Du bist ein Maler.'],
])(
  'long instructions that begin with %j make words of a wish, with %j they do not',
  ([words, wish]) => {
    const text = '"a green fox in the rain"'
    expect(isForWords(text, { instructions: [words + RULES] })).toBe(true)
    expect(isForWords(text, { instructions: [wish + RULES] })).toBe(false)
  },
)
