import { toFile } from 'openai'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'

import { aPicture } from '../support/pictures.ts'
import { startStack, type Stack } from '../support/start-stack.ts'

let stack: Stack

beforeAll(async () => {
  stack = await startStack()
})
afterAll(() => stack.close())
beforeEach(() => {
  stack.fal.journal.clear()
})

type Message = { role: 'user'; content: string } | { role: 'assistant'; content: string }

async function chat(model: string, messages: Message[]): Promise<string> {
  const answer = await stack.openai.chat.completions.create({ model, messages })
  return answer.choices[0]?.message.content ?? ''
}

/** An endpoint of fal's that nobody described and that has no sibling which edits. */
const ONLY_NEW = 'fal-ai/sana'

/** A first turn that makes a picture, and its address. */
async function firstTurn(model: string): Promise<{ messages: Message[]; url: string }> {
  const user: Message = { role: 'user', content: '画一只猫 1:1' }
  const content = await chat(model, [user])
  stack.fal.journal.clear()
  const url = /\((http\S+)\)/.exec(content)?.[1] ?? ''
  return { messages: [user, { role: 'assistant', content }], url }
}

function lastJob() {
  return stack.fal.journal.jobs().at(-1)
}

test('a chat that goes on changes the first picture', async () => {
  const { messages, url } = await firstTurn('nano-banana-2')
  const content = await chat('nano-banana-2', [
    ...messages,
    { role: 'user', content: '让它变成蓝色' },
  ])
  expect(lastJob()).toMatchObject({
    endpoint: 'fal-ai/nano-banana-2/edit',
    input: { prompt: '让它变成蓝色', image_urls: [url] },
  })
  expect(content).toMatch(/^Edited image with prompt: "让它变成蓝色"/)
})

test('which way was taken is said in a header', async () => {
  const { messages } = await firstTurn('nano-banana-2')
  const ask = async (content: string, model = 'nano-banana-2'): Promise<string | null> => {
    const response = await stack.post('/chat/completions', {
      model,
      messages: [...messages, { role: 'user', content }],
    })
    return response.headers.get('x-adjusted')
  }
  expect(await ask('make it blue')).toBe('source=last-picture')
  expect(await ask('draw a dog')).toBeNull()
  expect(await ask('make it blue --new')).toBeNull()
  expect(await ask('画成蓝色 --edit')).toBeNull()
  expect(await ask('make it blue', ONLY_NEW)).toContain('source=last-picture->not-supported')
})

test('asking for a new picture makes a new one', async () => {
  const { messages } = await firstTurn('nano-banana-2')
  await chat('nano-banana-2', [...messages, { role: 'user', content: '再画一只狗' }])
  expect(lastJob()?.endpoint).toBe('fal-ai/nano-banana-2')
})

test('with a model that only makes new pictures the answer explains', async () => {
  const { messages } = await firstTurn(ONLY_NEW)
  const content = await chat(ONLY_NEW, [...messages, { role: 'user', content: '让它变成蓝色' }])
  expect(content).toContain('该模型只能生成新图片')
  expect(lastJob()?.endpoint).toBe(ONLY_NEW)
})

test('pictures in the message are worked on, as data and as addresses', async () => {
  const uri = `data:image/png;base64,${(await aPicture()).toString('base64')}`
  await stack.openai.chat.completions.create({
    model: 'nano-banana-2',
    messages: [
      {
        role: 'user',
        content: [
          { type: 'text', text: 'put them together 16:9' },
          { type: 'image_url', image_url: { url: uri } },
          { type: 'image_url', image_url: { url: 'https://example.com/hat.png' } },
        ],
      },
    ],
  })
  expect(lastJob()).toMatchObject({
    endpoint: 'fal-ai/nano-banana-2/edit',
    input: {
      prompt: 'put them together',
      aspect_ratio: '16:9',
      image_urls: [uri, 'https://example.com/hat.png'],
    },
  })
})

test('a kept file is worked on by its id', async () => {
  const file = await stack.openai.files.create({
    file: await toFile(await aPicture(), 'cat.png'),
    purpose: 'vision',
  })
  const response = await stack.post('/chat/completions', {
    model: 'nano-banana-2',
    messages: [
      {
        role: 'user',
        content: [
          { type: 'input_text', text: 'make it blue' },
          { type: 'input_image', file_id: file.id },
        ],
      },
    ],
  })
  expect(response.status).toBe(200)
  expect(lastJob()).toMatchObject({
    endpoint: 'fal-ai/nano-banana-2/edit',
    input: { prompt: 'make it blue', image_urls: [expect.stringMatching(/^http/)] },
  })
})

test('--edit without a picture is the caller’s mistake', async () => {
  const response = await stack.post('/chat/completions', {
    model: 'nano-banana-2',
    messages: [{ role: 'user', content: 'make it blue --edit' }],
  })
  expect(response.status).toBe(400)
  expect(stack.fal.journal.count('submit')).toBe(0)
})

const DOG = 'https://example.com/dog.png'

test.for([
  ['put my dog from this photo on the grass', 'put my dog from this photo on the grass'],
  ['--edit a dog in the meadow', 'a dog in the meadow'],
  ['把我的狗放到草地上', '把我的狗放到草地上'],
])('%s: what is sent goes into the last picture', async ([text, prompt]) => {
  const { messages, url } = await firstTurn('nano-banana-2')
  const content = [
    { type: 'text', text },
    { type: 'image_url', image_url: { url: DOG } },
  ]
  const response = await stack.post('/chat/completions', {
    model: 'nano-banana-2',
    messages: [...messages, { role: 'user', content }],
  })
  expect(response.headers.get('x-adjusted')).toContain('source=last-picture')
  expect(lastJob()).toMatchObject({
    endpoint: 'fal-ai/nano-banana-2/edit',
    input: { prompt, image_urls: [url, DOG] },
  })
})

test('what is sent is worked on alone without such words, or where a model takes one picture', async () => {
  const { messages } = await firstTurn('nano-banana-2')
  const ask = async (model: string, text: string): Promise<string | null> => {
    const content = [
      { type: 'text', text },
      { type: 'image_url', image_url: { url: DOG } },
    ]
    const body = { model, messages: [...messages, { role: 'user', content }] }
    return (await stack.post('/chat/completions', body)).headers.get('x-adjusted')
  }
  expect(await ask('nano-banana-2', 'make it a watercolour')).toBeNull()
  expect(lastJob()?.input).toMatchObject({ image_urls: [DOG] })
  expect(await ask('flux-kontext-dev', 'put my dog on the grass')).toContain(
    'source=last-picture->not-supported',
  )
})
