import { createHash } from 'node:crypto'

import { createOpenAI, openai as openaiTools } from '@ai-sdk/openai'
import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import { APICallError, generateImage, generateText, streamText, type GeneratedFile } from 'ai'
import sharp from 'sharp'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import * as z from 'zod'

import { aMask, aPicture } from '../support/pictures.ts'
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

/** Both of the AI SDK's ways to an OpenAI server; apps such as Chatbox and Cherry Studio use one or the other. */
function official() {
  return createOpenAI({ baseURL: `${stack.gateway.url}/v1`, apiKey: ACCESS_KEY })
}

function compatible() {
  const baseURL = `${stack.gateway.url}/v1`
  return createOpenAICompatible({ name: 'fal', baseURL, apiKey: ACCESS_KEY })
}

const providers = [
  { name: '@ai-sdk/openai', imageModel: (id: string) => official().image(id) },
  { name: '@ai-sdk/openai-compatible', imageModel: (id: string) => compatible().imageModel(id) },
]

const jobInput = z.record(z.string(), z.unknown())

function jobs() {
  return stack.fal.journal
    .jobs()
    .map(({ endpoint, input }) => ({ endpoint, input: jobInput.parse(input) }))
}

async function sizesOf(files: readonly GeneratedFile[]): Promise<string[]> {
  const pictures = await Promise.all(files.map(({ uint8Array }) => sharp(uint8Array).metadata()))
  return pictures.map(({ width, height }) => `${width}x${height}`)
}

function digest(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/** The hashes of the pictures that a field of a job carries as data URIs. */
function sentDigests(field: unknown): string[] {
  const uris = z.array(z.string()).parse([field].flat())
  return uris.map((uri) => digest(Buffer.from(uri.slice(uri.indexOf(',') + 1), 'base64')))
}

/**
 * The compatible provider asks for no form of its own and would fetch the address that it then gets. fal's
 * addresses are fine for it, those of a pretend fal on this machine it refuses.
 */
const asBase64 = { providerOptions: { fal: { response_format: 'b64_json' } } }

describe.each(providers)('generateImage of $name', ({ imageModel }) => {
  // Shows: ai-sdk/images
  test('gives the pictures that were asked for', async () => {
    const { images } = await generateImage({
      model: imageModel('flux-dev'),
      prompt: 'a cat with a hat',
      n: 2,
      size: '1024x768',
      ...asBase64,
    })
    expect(await sizesOf(images)).toEqual(['1024x768', '1024x768'])
  })

  // Shows: ai-sdk/openai-names
  test('gives them for a name of OpenAI too, which it asks without a response_format', async () => {
    const { images } = await generateImage({
      model: imageModel('gpt-image-2'),
      prompt: 'a cat with a hat',
      size: '1024x1024',
      maxRetries: 0,
    })
    expect(await sizesOf(images)).toEqual(['1024x1024'])
    expect(jobs()).toHaveLength(1)
  })

  // Shows: ai-sdk/edits
  test('edits several pictures, whose bytes reach fal unchanged and in order', async () => {
    const sources = await Promise.all([aPicture(64, 48), aPicture(48, 64)])
    const { images } = await generateImage({
      model: imageModel('nano-banana-2'),
      prompt: { text: 'put both on a beach', images: sources },
    })
    expect(images).toHaveLength(1)
    const [job] = jobs()
    expect(job?.endpoint).toBe('fal-ai/nano-banana-2/edit')
    expect(sentDigests(job?.input['image_urls'])).toEqual(sources.map(digest))
  })

  // Shows: ai-sdk/mask
  test('sends a mask to an endpoint that takes one', async () => {
    await generateImage({
      model: imageModel('gpt-image-2'),
      prompt: { text: 'a hat', images: [await aPicture()], mask: await aMask() },
    })
    const [job] = jobs()
    expect(job?.endpoint).toMatch(/edit$/)
    expect(job?.input['mask_url'] ?? job?.input['mask_image_url']).toEqual(expect.any(String))
  })

  // Shows: ai-sdk/errors
  test('throws an error that says what to do, and does not repeat it', async () => {
    const asking = generateImage({ model: imageModel('no-such-model'), prompt: 'a cat' })
    const error: unknown = await asking.catch((reason: unknown) => reason)
    expect(APICallError.isInstance(error)).toBe(true)
    expect(error).toMatchObject({
      message: expect.stringContaining('no-such-model'),
      statusCode: 404,
      isRetryable: false,
    })
    expect(jobs()).toEqual([])
  })
})

describe('text models of the AI SDK', () => {
  // Shows: ai-sdk/chat
  test.each([
    ['@ai-sdk/openai', () => official().chat('flux-schnell')],
    ['@ai-sdk/openai-compatible', () => compatible().chatModel('flux-schnell')],
  ])('%s streams a chat whose text shows the picture', async (_name, chatModel) => {
    const result = streamText({ model: chatModel(), prompt: '画一只戴着帽子的狗 16:9' })
    const text = await result.text
    expect(text).toMatch(/!\[[^\]]*\]\(http\S+\)/)
    expect(await result.finishReason).toBe('stop')
    expect(jobs()).toHaveLength(1)
  })

  // Shows: ai-sdk/responses
  test('a Responses model gives the picture as the result of its tool', async () => {
    const { staticToolResults } = await generateText({
      model: official().responses('flux-schnell'),
      prompt: 'a cat with a hat',
      tools: { image_generation: openaiTools.tools.imageGeneration({ outputFormat: 'png' }) },
    })
    const results = staticToolResults.map(({ output }) => output)
    expect(results).toEqual([{ result: expect.stringMatching(/^iVBOR/) }])
    expect(jobs()).toHaveLength(1)
  })

  // Shows: ai-sdk/responses
  test('a Responses model without the tool gives the text that shows the picture', async () => {
    const model = official()('flux-schnell')
    const { text, steps } = await generateText({ model, prompt: 'a cat with a hat' })
    expect(text).toMatch(/!\[[^\]]*\]\(http\S+\)/)
    expect(steps).toHaveLength(1)
    expect(await streamText({ model, prompt: 'a dog' }).text).toMatch(/!\[[^\]]*\]\(http\S+\)/)
    expect((await generateText({ model, prompt: 'hi' })).text).toMatch(/describe the picture/)
    expect(jobs()).toHaveLength(2)
  })
})
