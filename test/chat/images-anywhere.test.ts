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
  ['as markdown in a link', [user(`[![cat](${CAT})](${CAT}) Make it blue`)]],
  ['as markdown with its address below', [user(`Make it blue ![cat][1]\n\n[1]: ${CAT}`)]],
  ['as HTML in a link', [user(`<a href="/"><img src="${CAT}"></a> Make it blue`)]],
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

const APPS = '/api/v1/files/7f/content'

test.for<[string, string, readonly unknown[]]>([
  ['in the answer before', 'nano-banana-2', [assistant(`![a](${APPS})`), user('Make it blue')]],
  ['in the message', 'nano-banana-2', [user(`Make it blue ![cat](${APPS})`)]],
  [
    'in a message, of a sandbox',
    'nano-banana-2',
    [user('Make it blue ![cat](sandbox:/mnt/a.png)')],
  ],
  [
    'in a part',
    'nano-banana-2',
    [user([text('Make it blue'), { type: 'image_url', image_url: { url: APPS } }])],
  ],
  ['in the message, of a model that does not edit', 'fal-ai/sana', [user(`A cat ![cat](${APPS})`)]],
])(
  'an address that the app alone knows is refused before anything is paid: %s',
  async ([, model, messages]) => {
    stack.fal.journal.clear()
    const response = await stack.post('/chat/completions', { model, messages })
    expect([response.status, await response.text()]).toEqual([
      400,
      expect.stringMatching(/address/),
    ])
    expect(stack.fal.journal.jobs()).toEqual([])
  },
)

test.for<[string, string, string]>([
  ['a new picture is asked for', 'nano-banana-2', 'draw a meadow'],
  ['the model does not edit', 'fal-ai/sana', 'with more trees'],
])('and does not matter where it is not used: %s', async ([, model, words]) => {
  const messages = [assistant(`![a](${APPS})`), user(words)]
  const response = await stack.post('/chat/completions', { model, messages })
  expect(response.status).toBe(200)
  await response.text()
})

test.for(['with its host', 'as a path alone'])('a link of our own is used, %s', async (how) => {
  const own = await startStack({ env: { IMAGE_URLS: 'proxy' } })
  try {
    const first = [user('draw a cat')]
    const made = await own.post('/chat/completions', { model: 'nano-banana-2', messages: first })
    const link = /\]\(\S+(\/images\/[^\s")\\]+)/.exec(await made.text())?.[1] ?? ''
    const shown = `![a](${how === 'with its host' ? own.gateway.url : ''}${link})`
    const messages = [...first, assistant(shown), user('Make it blue')]
    const response = await own.post('/chat/completions', { model: 'nano-banana-2', messages })
    expect([response.status, await response.text()]).toEqual([200, expect.any(String)])
    expect(own.fal.journal.jobs()[1]?.input).toMatchObject({
      image_urls: [expect.stringMatching(/^http(?!.*\/images\/)/)],
    })
  } finally {
    await own.close()
  }
})
