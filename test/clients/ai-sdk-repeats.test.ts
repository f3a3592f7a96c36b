import { createOpenAI } from '@ai-sdk/openai'
import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import { generateImage } from 'ai'
import { afterAll, beforeAll, describe, test } from 'vitest'
import * as z from 'zod'

import { aPictureOf } from '../support/pictures.ts'
import { ACCESS_KEY } from '../support/start-gateway.ts'
import { startStack, type Stack } from '../support/start-stack.ts'

let stack: Stack

beforeAll(async () => {
  stack = await startStack()
})
afterAll(() => stack.close())

const PROVIDERS = ['@ai-sdk/openai', '@ai-sdk/openai-compatible'] as const

function draw(
  provider: (typeof PROVIDERS)[number],
  prompt: Parameters<typeof generateImage>[0]['prompt'],
  name = 'flux-dev',
) {
  const baseURL = `${stack.gateway.url}/v1`
  const model =
    provider === '@ai-sdk/openai'
      ? createOpenAI({ baseURL, apiKey: ACCESS_KEY }).image(name)
      : createOpenAICompatible({ name: 'fal', baseURL, apiKey: ACCESS_KEY }).imageModel(name)
  // As base64: the compatible provider refuses to fetch from a pretend fal on this machine.
  const providerOptions = { fal: { response_format: 'b64_json' } }
  return generateImage({ model, prompt, providerOptions })
}

const input = z.object({ prompt: z.string() })

/** How many jobs fal took with this prompt. */
function jobsOf(prompt: string): number {
  return stack.fal.journal.jobs().filter((job) => input.parse(job.input).prompt === prompt).length
}

// Side by side, each with words of its own: the SDK pauses for seconds before it sends again.
describe.concurrent.for(PROVIDERS)('what %s sends again by itself', (provider) => {
  // Shows: ai-sdk/errors
  test('is one job, which is paid once, when its picture is lost for good', async ({ expect }) => {
    const prompt = `a lost cat of ${provider} [[result:500]]`
    await expect(draw(provider, prompt)).rejects.toThrow('Failed after 3 attempts')
    expect(jobsOf(prompt)).toBe(1)
  })

  // Shows: ai-sdk/errors
  test('is the picture of the first try, when that could not be read at once', async ({
    expect,
  }) => {
    const prompt = `a late cat of ${provider} [[result:502*4]]`
    const { images } = await draw(provider, prompt)
    expect(images).toHaveLength(1)
    expect(jobsOf(prompt)).toBe(1)
    // And the same words once more are another picture.
    await draw(provider, prompt)
    expect(jobsOf(prompt)).toBe(2)
  })

  // Shows: ai-sdk/edits
  test.for([5, 11])('is one job, an edit of %s MB too', async (megabytes, { expect }) => {
    // Uploaded anew at each try, in one piece or in several.
    const text = `an edited cat of ${provider}, ${megabytes} MB [[result:502*8]]`
    const images = [await aPictureOf(megabytes * 1024 * 1024)]
    const made = await draw(provider, { text, images }, 'nano-banana-2')
    expect(made.images).toHaveLength(1)
    expect(jobsOf(text)).toBe(1)
  })

  // Shows: ai-sdk/errors
  test('is not submitted again when fal may have taken it', async ({ expect }) => {
    const prompt = `an unheard cat of ${provider} [[submit:cut-after]]`
    await expect(draw(provider, prompt)).rejects.toThrow()
    expect(jobsOf(prompt)).toBe(1)
  })
})
