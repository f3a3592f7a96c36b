import { afterAll, beforeAll, expect, test } from 'vitest'

import { startStack, type Stack } from '../support/start-stack.ts'

let stack: Stack

beforeAll(async () => {
  stack = await startStack()
})
afterAll(() => stack.close())

const CAT = 'https://example.com/cat.png'
const MEADOW = '![x](https://example.com/meadow.png)'

const user = (content: unknown): unknown => ({ role: 'user', content })
const assistant = (content: unknown): unknown => ({ role: 'assistant', content })
const text = (words: string): unknown => ({ type: 'text', text: words })
const cat = { type: 'image_url', image_url: { url: CAT } }
const tool = (content: unknown): unknown => ({ role: 'tool', tool_call_id: 'c1', content })

test.for<[string, readonly unknown[]]>([
  ['one message earlier', [user([text('My cat.'), cat]), assistant('Fine.'), user('Make it blue')]],
  [
    'after an older answer',
    [user('a meadow'), assistant(MEADOW), user([cat]), user('Make it blue')],
  ],
  ['in the result of a tool', [user('Make it blue'), tool([cat])]],
  ['as markdown', [user(`Make it blue ![cat](${CAT})`)]],
  ['as a bare address', [user(`${CAT} Make it blue`)]],
  [
    'in Anthropic’s words',
    [user([text('Make it blue'), { type: 'image', source: { type: 'url', url: CAT } }])],
  ],
  ['in the AI SDK’s words', [user([text('Make it blue'), { type: 'image', image: CAT }])]],
])('a picture is used wherever it comes: %s', async ([, messages]) => {
  stack.fal.journal.clear()
  const response = await stack.post('/chat/completions', { model: 'nano-banana-2', messages })
  expect(response.status).toBe(200)
  expect(stack.fal.journal.jobs()).toMatchObject([
    {
      endpoint: 'fal-ai/nano-banana-2/edit',
      input: { prompt: 'Make it blue', image_urls: [CAT] },
    },
  ])
})
