import { HumanMessage, type AIMessage, type AIMessageChunk } from '@langchain/core/messages'
import { StringOutputParser } from '@langchain/core/output_parsers'
import { ChatOpenAI, DallEAPIWrapper, tools } from '@langchain/openai'
import sharp from 'sharp'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import * as z from 'zod'

import { aPicture } from '../support/pictures.ts'
import { ACCESS_KEY } from '../support/start-gateway.ts'
import { startStack, type Stack } from '../support/start-stack.ts'

let stack: Stack

beforeAll(async () => {
  stack = await startStack()
})
afterAll(() => stack.close())
beforeEach(() => {
  stack.fal.journal.clear()
})

function chatModel(model: string, more: ConstructorParameters<typeof ChatOpenAI>[0] = {}) {
  const configuration = { baseURL: `${stack.gateway.url}/v1` }
  return new ChatOpenAI({ model, apiKey: ACCESS_KEY, configuration, ...more })
}

function inputs(): readonly unknown[] {
  return stack.fal.journal.jobs().map(({ input }) => input)
}

const MARKDOWN = /!\[Generated Image\]\(http\S+\)$/

describe('ChatOpenAI on chat completions', () => {
  // Shows: langchain/chat
  test('gives the picture in the text of a message', async () => {
    const { text, response_metadata } = await chatModel('flux-schnell').invoke('a cat 16:9')
    expect(text).toMatch(MARKDOWN)
    expect(response_metadata).toMatchObject({ finish_reason: 'stop', model_name: 'flux-schnell' })
    expect(inputs()).toMatchObject([{ prompt: 'a cat', image_size: 'landscape_16_9' }])
  })

  // Shows: langchain/chat
  test('streams it', async () => {
    const chunks = await Array.fromAsync(await chatModel('flux-schnell').stream('a cat'))
    expect(chunks.map(({ text }) => text).join('')).toMatch(MARKDOWN)
    expect(inputs()).toHaveLength(1)
  })

  // Shows: langchain/chat-edit
  test('hands over a picture to work on', async () => {
    const url = `data:image/png;base64,${(await aPicture()).toString('base64')}`
    const content = [
      { type: 'text', text: 'a hat on it' },
      { type: 'image_url', image_url: { url } },
    ]
    const { text } = await chatModel('nano-banana-2').invoke([new HumanMessage({ content })])
    expect(text).toMatch(MARKDOWN)
    expect(inputs()).toMatchObject([{ prompt: 'a hat on it', image_urls: [url] }])
  })

  // Shows: langchain/chat-edit
  test('goes on with the picture of an earlier answer', async () => {
    const model = chatModel('nano-banana-2')
    const first = await model.invoke('a cat')
    const turns = [new HumanMessage('a cat'), first, new HumanMessage('now with a hat')]
    await model.invoke(turns)
    expect(stack.fal.journal.jobs().at(-1)?.endpoint).toBe('fal-ai/nano-banana-2/edit')
  })

  // Shows: langchain/errors
  test('throws what says what to do, and does not repeat it', async () => {
    const failure: unknown = await chatModel('nobody')
      .invoke('a cat')
      .catch((error: unknown) => error)
    expect(failure).toMatchObject({
      status: 404,
      code: 'model_not_found',
      lc_error_code: 'MODEL_NOT_FOUND',
    })
    const refused = chatModel('flux-dev').invoke('a cat [[fail:content_policy_violation]]')
    await expect(refused).rejects.toMatchObject({ status: 400, code: 'content_policy_violation' })
    expect(stack.fal.journal.count('submit')).toBe(1)
  })

  // Shows: langchain/errors
  test('pays once for a picture that fal loses, however often it repeats', async () => {
    const failing = chatModel('flux-dev', { maxRetries: 2 }).invoke('a cat [[result:500]]')
    await expect(failing).rejects.toMatchObject({ status: 502, code: 'upstream_failed' })
    expect(stack.fal.journal.count('submit')).toBe(1)
  })
})

function wrapper(more: ConstructorParameters<typeof DallEAPIWrapper>[0] = {}) {
  return new DallEAPIWrapper({
    apiKey: ACCESS_KEY,
    baseUrl: `${stack.gateway.url}/v1`,
    ...more,
  })
}

describe('DallEAPIWrapper', () => {
  // Shows: langchain/dall-e
  test('gets an address under its own defaults, whose path ends like a file', async () => {
    const url: unknown = await wrapper().invoke('a cat')
    expect(url).toMatch(/^http\S+\.png$/)
    expect(inputs()).toMatchObject([{ prompt: 'a cat', aspect_ratio: '1:1' }])
  })

  // Shows: langchain/dall-e
  test('gets base64 where it asks for it, and several pictures by several requests', async () => {
    const one: unknown = await wrapper({ dallEResponseFormat: 'b64_json' }).invoke('a cat')
    const picture = await sharp(Buffer.from(z.string().parse(one), 'base64')).metadata()
    expect(picture).toMatchObject({ format: 'png' })
    const several: unknown = await wrapper({ model: 'flux-dev', n: 2 }).invoke('two cats')
    expect(several).toEqual([
      { type: 'image_url', image_url: expect.stringMatching(/^http/) },
      { type: 'image_url', image_url: expect.stringMatching(/^http/) },
    ])
    expect(inputs()).toHaveLength(3)
  })
})

function withTool(model: string) {
  const tool = tools.imageGeneration({ outputFormat: 'png', size: '1024x1024' })
  return chatModel(model, { useResponsesApi: true }).bindTools([tool])
}

describe('the tool imageGeneration on Responses', () => {
  const outputs = z.object({
    tool_outputs: z.tuple([z.object({ type: z.string(), result: z.string() })]),
  })

  async function sizeOf(message: AIMessage | AIMessageChunk): Promise<string> {
    const [call] = outputs.parse(message.additional_kwargs).tool_outputs
    expect(call.type).toBe('image_generation_call')
    const { width, height, format } = await sharp(Buffer.from(call.result, 'base64')).metadata()
    return `${format} ${width}x${height}`
  }

  // Shows: langchain/tool
  test('gives the picture as the output of a tool', async () => {
    expect(await sizeOf(await withTool('flux-schnell').invoke('a cat'))).toBe('png 1024x1024')
  })

  // Shows: langchain/tool
  test('gives it in a stream too', async () => {
    const chunks = await Array.fromAsync(await withTool('flux-schnell').stream('a cat'))
    const whole = chunks.reduce((message, chunk) => message.concat(chunk))
    expect(await sizeOf(whole)).toBe('png 1024x1024')
    expect(inputs()).toHaveLength(1)
  })

  // Shows: langchain/turns
  test('goes on with the picture of the message before', async () => {
    const first = await withTool('nano-banana-2').invoke('a cat')
    const turns = [new HumanMessage('a cat'), first, new HumanMessage('now with a hat')]
    await withTool('nano-banana-2').invoke(turns)
    const [made, edited] = stack.fal.journal.jobs()
    expect([made?.endpoint, edited?.endpoint]).toEqual([
      'fal-ai/nano-banana-2',
      'fal-ai/nano-banana-2/edit',
    ])
    expect(edited?.input).toMatchObject({ prompt: 'now with a hat' })
  })
})

// Shows: langchain/text
test('a Responses model and a parser of text give the text that shows the picture', async () => {
  const chain = chatModel('flux-schnell', { useResponsesApi: true }).pipe(new StringOutputParser())
  expect(await chain.invoke('a cat')).toMatch(MARKDOWN)
  expect((await Array.fromAsync(await chain.stream('a dog'))).join('')).toMatch(MARKDOWN)
  expect(await chain.invoke('hi')).toMatch(/describe the picture you want/)
  expect(inputs()).toHaveLength(2)
})
