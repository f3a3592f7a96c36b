import { expect, test } from 'vitest'

import { answerInWords } from './answer/answer-in-words.ts'
import type { Asked } from './asked.ts'
import { judge } from './judge.ts'
import { LEXICON } from './text/known-words.ts'

function ask(text: string, more: Partial<Asked> = {}): Asked {
  return {
    text,
    before: [],
    instructions: [],
    instructedLast: false,
    images: 'none',
    maxTokens: undefined,
    json: undefined,
    tools: [],
    ...more,
  }
}

function answer(text: string, more: Partial<Asked> = {}): string {
  const { words, read } = judge(ask(text, more), LEXICON)
  return words ? answerInWords(read) : 'drawn'
}

const TITLE = 'a fox in the snow'

const before = ['a fox in the snow 16:9']

test.for<[string, string, Partial<Asked>]>([
  ['a title of the chat before', 'Give this chat a title, no quotes.', { before }],
  [
    'a title of the chat that it tells',
    'Title for this chat:\nUser: a fox in the snow\nAI: ok',
    {},
  ],
  [
    'a title where the app makes the model a writer of titles',
    'a fox in the snow --ar 16:9',
    { instructions: ['You are a title generator. Answer with a title only.'] },
  ],
  [
    'a title of messages as JSON',
    'Name this thread:\n[{"role":"user","content":"a fox in the snow"}]',
    {},
  ],
])('%s', ([, text, more]) => {
  expect(answer(text, more)).toBe('a fox in the snow')
})

test('a summary is what the user said', () => {
  const said = ['a fox', 'in the snow']
  expect(answer('Summarize our conversation.', { before: said })).toBe('a fox\nin the snow')
  const app = { before: ['a fox'], instructedLast: true, instructions: ['Summarize the chat.'] }
  expect(answer('in the snow', app)).toBe('a fox\nin the snow')
})

test.for<[string, unknown]>([
  ['Return JSON: {"title": "…", "tags": ["…"]}', { title: 'a fox in the snow', tags: [] }],
  ['{"search": true|false} as JSON', { search: false }],
  ['Answer as JSON with the keys topic and language.', { topic: TITLE, language: TITLE }],
  ['Suggest follow-up questions as a JSON array.', []],
])('JSON has the fields that were named: %s', ([form, expected]) => {
  const text = `Give this chat a title. ${form}`
  expect(JSON.parse(answer(text, { before }))).toEqual(expected)
})

test('JSON by a schema has its fields, and is never empty', () => {
  const schema = {
    type: 'object',
    properties: {
      title: { type: 'string' },
      tags: { type: 'array', items: { type: 'string' } },
      kind: { enum: ['chat', 'work'] },
      score: { type: ['integer', 'null'], minimum: 1 },
      inner: { type: 'object', properties: { done: { type: 'boolean' } } },
    },
  }
  expect(JSON.parse(answer('Sort this chat.', { before, json: { schema } }))).toEqual({
    title: 'a fox in the snow',
    tags: [],
    kind: 'chat',
    score: 1,
    inner: { done: false },
  })
  for (const empty of [undefined, {}, { type: 'object' }, 'odd', []]) {
    const json = { schema: empty }
    expect(JSON.parse(answer('Sort this chat.', { before, json }))).toEqual({ title: TITLE })
  }
})

test.for<[string, string]>([
  ['Reply with OK only.', 'OK'],
  ['Reply with the word READY.', 'READY'],
  ['Respond with exactly "pong".', 'pong'],
  ['请只回复“收到”', '收到'],
  ['Antworte nur mit "Ja".', 'Ja'],
  ['Please reply with one word.', 'OK'],
])('%s is answered %s', ([text, word]) => {
  expect(answer(text)).toBe(word)
})

test.for<[string, RegExp]>([
  ['hi', /describe the picture you want/],
  ['Who are you?', /describe the picture you want/],
  ['Translate to French: a knight', /pictures, not texts/],
  ['Write a poem about the sea.', /pictures, not texts/],
])('what only a text model could say is not made up: %s', ([text, words]) => {
  expect(answer(text)).toMatch(words)
})

test('a limit of tokens without room for a picture’s address is told', () => {
  expect(answer('a castle', { maxTokens: 64 })).toMatch(/fewer tokens/)
  expect(answer('a castle', { maxTokens: 65 })).toBe('drawn')
})

// What would take an expression with an ambiguous repetition minutes.
const HOSTILE = [
  '请帮我',
  '![',
  '<a>',
  '<context ',
  'User: ',
  '"role":"user",',
  '"',
  "'a' ",
  '{"a":',
  '[{"role":"user","content":"',
  'only ',
  'reply with ',
  '- ',
  '\n',
  '```\n',
  'a'.repeat(50),
  'é',
  '猫',
  'title ',
  '에게',
  '🐱',
  '\u0301',
  'keys a, ',
]

test.for(HOSTILE)('%j many times over takes linear time', (piece) => {
  const text = piece.repeat(Math.ceil(1000 / piece.length))
  // Read through the same two windows, however long: this ends, or the test does.
  const long = answer(text.repeat(1000), { instructions: [text.repeat(1000)], before: [text] })
  expect(long).toEqual(expect.any(String))
})
