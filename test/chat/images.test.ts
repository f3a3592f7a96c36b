import type { ChatCompletionChunk } from 'openai/resources/chat/completions'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import * as z from 'zod'

import { startStack, type Stack } from '../support/start-stack.ts'

let stack: Stack

beforeAll(async () => {
  stack = await startStack()
})
afterAll(() => stack.close())
beforeEach(() => {
  stack.fal.journal.clear()
})

const CHAT = { model: 'flux-dev', messages: [{ role: 'user' as const, content: 'a cat --n 3' }] }

const image = z.strictObject({
  type: z.literal('image_url'),
  index: z.number(),
  image_url: z.strictObject({ url: z.url() }),
})
const withImages = z.object({ images: z.array(image) })

/** The addresses of the markdown pictures in a text. */
function shownIn(text: string): string[] {
  return [...text.matchAll(/!\[[^\]]*\]\(([^)]+)\)/g)].map(([, url = '']) => url)
}

test.for([['image'], ['image', 'text'], ['text', 'image']])(
  'modalities %j: several pictures stand beside the text, in order, and in it',
  async (modalities) => {
    const response = await stack.post('/chat/completions', { ...CHAT, modalities })
    const { choices } = z
      .object({ choices: z.tuple([z.object({ message: z.looseObject({ content: z.string() }) })]) })
      .parse(await response.json())
    const { images } = withImages.parse(choices[0].message)
    expect(images.map(({ index }) => index)).toEqual([0, 1, 2])
    expect(images.map(({ image_url }) => image_url.url)).toEqual(
      shownIn(choices[0].message.content),
    )
    expect(new Set(images.map(({ image_url }) => image_url.url)).size).toBe(3)
  },
)

test.for([undefined, null, [], ['text']])('modalities %j: only in the text', async (modalities) => {
  const response = await stack.post('/chat/completions', { ...CHAT, modalities })
  const text = await response.text()
  expect(text).not.toContain('"images"')
  expect(shownIn(text)).toHaveLength(3)
})

async function stream(more: Record<string, unknown>): Promise<ChatCompletionChunk[]> {
  const body = { ...CHAT, stream: true as const, ...more }
  return Array.fromAsync(await stack.openai.chat.completions.create(body))
}

test('in a stream they come in one delta of their own, behind the text', async () => {
  const chunks = await stream({ modalities: ['image', 'text'] })
  const deltas = chunks.map(({ choices }) => choices[0]?.delta ?? {})
  const at = deltas.findIndex((delta) => 'images' in delta)
  const { images } = withImages.parse(deltas[at])
  // Clients find a picture only when its markdown comes whole.
  const text = deltas[at - 1]?.content ?? ''
  expect(images.map(({ image_url }) => image_url.url)).toEqual(shownIn(text))
  expect(images).toHaveLength(3)
  expect(deltas.filter((delta) => 'images' in delta)).toHaveLength(1)
  expect((await stream({})).some(({ choices }) => 'images' in (choices[0]?.delta ?? {}))).toBe(
    false,
  )
})

test.for([true, false, null, undefined])(
  'include_usage %j decides on the chunk after the last',
  async (include_usage) => {
    const chunks = await stream({ stream_options: { include_usage } })
    const usages = chunks.map(({ usage }) => usage)
    if (include_usage !== true) {
      expect(usages.every((usage) => usage === undefined)).toBe(true)
      expect(chunks.at(-1)?.choices[0]?.finish_reason).toBe('stop')
      return
    }
    expect(usages.slice(0, -1).every((usage) => usage === null)).toBe(true)
    expect(chunks.at(-1)).toMatchObject({ choices: [], usage: { total_tokens: 0 } })
  },
)

/** What chat clients always send, with values as they send them. */
const ALWAYS_SENT = {
  temperature: 0.7,
  top_p: 1,
  max_tokens: 4096,
  max_completion_tokens: 4096,
  presence_penalty: 0,
  frequency_penalty: 0,
  stop: ['\n\n'],
  user: 'somebody',
  safety_identifier: 'somebody',
  tools: [{ type: 'function', function: { name: 'look', parameters: { type: 'object' } } }],
  tool_choice: 'auto',
  parallel_tool_calls: true,
  functions: [],
  function_call: 'auto',
  response_format: { type: 'text' },
  logprobs: false,
  top_logprobs: 0,
  logit_bias: {},
  metadata: { chat: '1' },
  store: false,
  audio: { voice: 'alloy', format: 'mp3' },
  prediction: null,
  reasoning_effort: 'medium',
  reasoning: { effort: 'low' },
  verbosity: 'low',
  service_tier: 'auto',
  prompt_cache_key: 'k',
  prompt_cache_retention: '24h',
  web_search_options: {},
  moderation: { anything: 1 },
  include_reasoning: true,
  provider: { order: ['fal'] },
  transforms: ['middle-out'],
  extra_body: { google: { response_modalities: ['IMAGE'] } },
  chat_id: 'c1',
  session_id: 's1',
  background_tasks: { title_generation: true },
}

/** The status of the answer, and what fal was asked. */
async function ask(more: Record<string, unknown>): Promise<unknown> {
  stack.fal.journal.clear()
  const response = await stack.post('/chat/completions', { ...CHAT, ...more })
  await response.text()
  return [response.status, stack.fal.journal.jobs().map(({ input }) => input)]
}

test('what clients always send changes nothing, alone or together', async () => {
  const usual = await ask({})
  expect(usual).toEqual([200, [expect.objectContaining({ prompt: 'a cat', num_images: 3 })]])
  for (const [field, value] of Object.entries(ALWAYS_SENT)) {
    expect(await ask({ [field]: value }), field).toEqual(usual)
  }
  expect(await ask(ALWAYS_SENT)).toEqual(usual)
})
