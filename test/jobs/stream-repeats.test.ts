import { randomUUID } from 'node:crypto'

import type OpenAI from 'openai'
import { afterAll, beforeAll, describe, test } from 'vitest'
import * as z from 'zod'

import { startStack, type Stack } from '../support/start-stack.ts'

let stack: Stack

beforeAll(async () => {
  stack = await startStack()
})
afterAll(() => stack.close())

const input = z.object({ prompt: z.string() })

/** How many jobs fal took with these words. */
function jobsOf(words: string): number {
  return stack.fal.journal.jobs().filter((job) => input.parse(job.input).prompt.includes(words))
    .length
}

/** What is told of in events, whose status says nothing of how it ends. */
const STREAMS = {
  async 'a chat'(openai: OpenAI, prompt: string) {
    const messages = [{ role: 'user', content: prompt } as const]
    const stream = await openai.chat.completions.create({
      model: 'flux-dev',
      messages,
      stream: true,
    })
    let text = ''
    for await (const chunk of stream) text += chunk.choices[0]?.delta.content ?? ''
    return text
  },
  async 'a response'(openai: OpenAI, prompt: string) {
    const stream = await openai.responses.create({ model: 'flux-dev', input: prompt, stream: true })
    let text = ''
    for await (const event of stream) {
      if (event.type === 'response.output_text.delta') text += event.delta
    }
    return text
  },
  async 'an image'(openai: OpenAI, prompt: string) {
    const stream = await openai.images.generate({ model: 'flux-dev', prompt, stream: true })
    let text = ''
    for await (const event of stream) {
      if (event.type === 'image_generation.completed') text = event.b64_json
    }
    return text
  },
  async speech(openai: OpenAI, prompt: string) {
    const spoken = await openai.audio.speech.create({
      model: 'kokoro',
      voice: 'alloy',
      input: prompt,
      stream_format: 'sse',
    })
    const text = await spoken.text()
    if (text.includes('"error"')) throw new Error(text)
    return text
  },
} as const

// An agent's runner sends a request again whose stream has failed, up to five times, and does not say so.
describe.concurrent.for(['a chat', 'a response', 'an image', 'speech'] as const)(
  'a stream of %s that has failed',
  (surface) => {
    test('is served by its job when it is sent again', async ({ expect }) => {
      const words = `lost ${randomUUID()}`
      for (const _ of [1, 2, 3, 4, 5, 6]) {
        await expect(
          STREAMS[surface](stack.openai, `a fox, ${words} [[result:500]]`),
        ).rejects.toThrow('could not be read')
      }
      expect(jobsOf(words)).toBe(1)
    })

    test('ends with what that job made; the same words once more are another', async ({
      expect,
    }) => {
      const words = `late ${randomUUID()}`
      const prompt = `a fox, ${words} [[result:502*4]]`
      await expect(STREAMS[surface](stack.openai, prompt)).rejects.toThrow('could not be read')
      expect(await STREAMS[surface](stack.openai, prompt)).not.toBe('')
      expect(jobsOf(words)).toBe(1)
      await STREAMS[surface](stack.openai, prompt).catch(() => undefined)
      expect(jobsOf(words)).toBe(2)
    })
  },
)
