import { APIError } from 'openai'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import * as z from 'zod'

import { FREED_SECONDS, startStack, until, type Stack } from '../support/start-stack.ts'

// The official client's helpers, which keep accounts of a stream's events and throw when they do not add up.

let stack: Stack

beforeAll(async () => {
  stack = await startStack()
})
afterAll(() => stack.close())
beforeEach(() => {
  stack.fal.journal.clear()
})

function streamChat(content: string, more: Record<string, unknown> = {}) {
  return stack.openai.chat.completions.stream({
    model: 'flux-schnell',
    messages: [{ role: 'user', content }],
    ...more,
  })
}

const withImages = z.object({
  images: z.array(z.object({ type: z.string(), image_url: z.object({ url: z.string() }) })),
})

// Shows: openai-node/chat-helper
test('a chat put together by the helper is the plain one', async () => {
  const chunks: string[] = []
  const stream = streamChat('a cat [[queue:100ms]]', {
    modalities: ['image', 'text'],
    stream_options: { include_usage: true },
  })
  stream.on('content', (delta) => chunks.push(delta))
  const completion = await stream.finalChatCompletion()
  expect(completion).toMatchObject({
    object: 'chat.completion',
    model: 'flux-schnell',
    choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', refusal: null } }],
    usage: { total_tokens: 0 },
  })
  const message = completion.choices[0]?.message
  expect(message?.content).toBe(chunks.join(''))
  const [image] = withImages.parse(message).images
  expect(message?.content).toContain(`![Generated Image](${image?.image_url.url})`)
  expect(await stream.finalContent()).toBe(message?.content)
})

// Shows: openai-node/chat-helper
test('a helper whose chat fails rejects with what the frame says', async () => {
  const stream = streamChat('a cat [[run:100ms]] [[fail:content_policy_violation]]')
  const failure: unknown = await stream.finalMessage().catch((error: unknown) => error)
  expect(failure).toBeInstanceOf(APIError)
  expect(failure).toMatchObject({ code: 'content_policy_violation' })
  expect(stream.errored).toBe(true)
})

// Shows: openai-node/chat-helper
test('a chat that a server hands on to its page as lines is read there again', async () => {
  const { ChatCompletionStream } = await import('openai/lib/ChatCompletionStream')
  const handedOn = streamChat('a cat').toReadableStream()
  const content = await ChatCompletionStream.fromReadableStream(handedOn).finalContent()
  expect(content).toMatch(/!\[Generated Image\]\(http\S+\)$/)
})

// Shows: openai-node/leaving
test('a helper that is aborted leaves nothing open', async () => {
  const stream = stack.openai.responses.stream({ model: 'flux-dev', input: 'a [[queue:5s]]' })
  const ended = stream.finalResponse().catch((error: unknown) => error)
  await until(() => stack.fal.journal.openStreams() === 1)
  stream.abort()
  await ended
  await until(() => stack.fal.journal.openStreams() === 0, FREED_SECONDS)
  await until(() => stack.fal.journal.count('cancel') === 1, FREED_SECONDS)
  expect(stack.fal.journal.count('submit')).toBe(1)
})
