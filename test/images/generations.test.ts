import sharp from 'sharp'
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

// Shows: openai-node/images
test('the official client gets a picture by its URL, for three requests to fal', async () => {
  const answer = await stack.openai.images.generate({ prompt: 'a cat', size: '1024x1024' })
  const url = answer.data?.[0]?.url ?? ''
  const picture = sharp(await (await fetch(url)).arrayBuffer())
  expect(await picture.metadata()).toMatchObject({ format: 'png', width: 1024, height: 1024 })
  expect(stack.asked()).toEqual({ submit: 1, 'status-stream': 1, result: 1, cdn: 1 })
})

// Shows: openai-node/images
test('the official client gets the same bytes as base64, for one request more a picture', async () => {
  const answer = await stack.openai.images.generate({
    model: 'flux-dev',
    prompt: 'two cats',
    n: 2,
    response_format: 'b64_json',
  })
  expect(stack.asked()).toEqual({ submit: 1, 'status-stream': 1, result: 1, cdn: 2 })
  const made = stack.fal.journal.entries().filter(({ kind }) => kind === 'cdn')
  const bytes = await Promise.all(
    made.map(async ({ path }) =>
      Buffer.from(await (await fetch(`${stack.fal.url}${path}`)).arrayBuffer()),
    ),
  )
  const got = answer.data?.map(({ b64_json }) => b64_json)
  expect(new Set(got)).toEqual(new Set(bytes.map((one) => one.toString('base64'))))
  expect(answer.data?.map(({ url }) => url)).toEqual([undefined, undefined])
})

test('the answer to a generation has the documented fields', async () => {
  // It takes a moment, so that its price is known when it is done.
  const prompt = '日落时分的山脉剪影 [[run:500ms]]'
  const response = await stack.post('/images/generations', {
    model: 'Flux 1.1 Pro Ultra',
    prompt,
    size: '16:9',
  })
  expect(response.headers.get('content-type')).toBe('application/json')
  expect(response.headers.get('x-fal-endpoint')).toBe('fal-ai/flux-pro/v1.1-ultra')
  expect(response.headers.get('x-job-id')).toMatch(/^job_/)
  expect(response.headers.get('x-request-id')).toMatch(/^req_/)
  expect(response.headers.get('x-adjusted')).toBeNull()
  expect(response.headers.get('server-timing')).toMatch(
    /^submit;dur=\d+, queue;dur=\d+, run;dur=\d+, fetch;dur=\d+$/,
  )
  const [job] = stack.fal.journal.jobs()
  expect(response.headers.get('x-fal-request-id')).toBe(job?.id)
  expect(job?.input).toEqual({
    prompt,
    aspect_ratio: '16:9',
    num_images: 1,
  })
  expect(await response.json()).toEqual({
    created: expect.closeTo(Date.now() / 1000, -2),
    model: 'Flux 1.1 Pro Ultra',
    data: [{ url: expect.stringMatching(/\.jpg$/) }],
    size: expect.stringMatching(/^\d+x\d+$/),
    output_format: 'jpeg',
    seed: expect.any(Number),
    usage: {
      cost: 0.06,
      total_tokens: 0,
      input_tokens: 0,
      output_tokens: 0,
      input_tokens_details: { text_tokens: 0, image_tokens: 0 },
      output_tokens_details: { text_tokens: 0, image_tokens: 0 },
    },
  })
})

test('what was changed is named, in ASCII', async () => {
  const response = await stack.post('/images/generations', {
    prompt: 'a cat',
    size: '1024×1024',
    quality: 'hd',
    style: 'vivid',
  })
  expect(response.headers.get('x-adjusted')).toBe(
    'size=1024x1024->1:1,1K; quality=high->not-supported; style=vivid->not-supported',
  )
})

test('an OpenAI model name gets base64 and a URL without asking', async () => {
  const answer = await stack.openai.images.generate({ model: 'gpt-image-1', prompt: 'a cat' })
  expect(answer.data?.[0]).toEqual({
    url: expect.stringMatching(/^http/),
    b64_json: expect.stringMatching(/^iVBOR/),
  })
  expect(answer.size).toBe('1024x768')
  expect(stack.fal.journal.jobs()[0]?.endpoint).toBe('openai/gpt-image-2')
})

// Shows: openai-node/chat
test('a chat takes the prompt apart and answers as documented', async () => {
  const completion = await stack.openai.chat.completions.create({
    model: 'imagen4-preview',
    messages: [{ role: 'user', content: '画一只戴着帽子的狗 16:9' }],
  })
  expect(stack.fal.journal.jobs()[0]?.input).toEqual({
    prompt: '画一只戴着帽子的狗',
    aspect_ratio: '16:9',
    num_images: 1,
  })
  expect(completion).toEqual({
    id: expect.stringMatching(/^chatcmpl-/),
    object: 'chat.completion',
    created: expect.closeTo(Date.now() / 1000, -2),
    model: 'imagen4-preview',
    choices: [
      {
        index: 0,
        message: {
          role: 'assistant',
          content: expect.stringMatching(
            /^Generated image with prompt: "画一只戴着帽子的狗" and aspect ratio: 16:9 using imagen4-preview\n\n!\[Generated Image\]\(http:\S+\.png\)$/,
          ),
          refusal: null,
          annotations: [],
        },
        logprobs: null,
        finish_reason: 'stop',
      },
    ],
    usage: expect.objectContaining({ prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 }),
    service_tier: 'default',
    system_fingerprint: 'fal-ai/imagen4/preview',
  })
})

const deltaSchema = z.looseObject({
  content: z.string().optional(),
  reasoning_content: z.string().optional(),
})

// Shows: openai-node/chat
test('a chat stream begins with the role and holds the whole picture in one delta', async () => {
  const stream = await stack.openai.chat.completions.create({
    model: 'flux-dev',
    messages: [
      { role: 'user', content: '一只宇航员猫咪在月球上 比例:1:1 [[queue:300ms]] [[run:300ms]]' },
    ],
    stream: true,
    stream_options: { include_usage: true },
  })
  const chunks = await Array.fromAsync(stream)
  const deltas = chunks.flatMap(({ choices }) =>
    choices.map(({ delta }) => deltaSchema.parse(delta)),
  )
  expect(deltas[0]).toEqual({ role: 'assistant', content: '', refusal: null })
  const contents = deltas.flatMap(({ content }) => (content === undefined ? [] : [content]))
  expect(contents).toEqual([
    '',
    '正在生成图片…\n\n',
    expect.stringMatching(
      /and aspect ratio: 1:1 using flux-dev\n\n!\[Generated Image\]\(http:\S+\)$/,
    ),
  ])
  expect(deltas.some(({ reasoning_content }) => reasoning_content === '开始生成。\n')).toBe(true)
  expect(chunks.at(-2)?.choices[0]?.finish_reason).toBe('stop')
  expect(chunks.at(-1)).toMatchObject({ choices: [], usage: { total_tokens: 0 } })
  expect(new Set(chunks.map(({ id, created, model }) => `${id} ${created} ${model}`)).size).toBe(1)
})

// Shows: openai-node/chat
test('a chat stream ends with [DONE]', async () => {
  const response = await stack.post('/chat/completions', {
    messages: [{ role: 'user', content: 'a cat' }],
    stream: true,
  })
  expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
  expect(response.headers.get('x-job-id')).toMatch(/^job_/)
  expect((await response.text()).endsWith('data: [DONE]\n\n')).toBe(true)
})

test('several pictures come by n and by words, beside the text when asked', async () => {
  const response = await stack.post('/chat/completions', {
    model: 'flux-schnell',
    modalities: ['image', 'text'],
    messages: [{ role: 'user', content: [{ type: 'text', text: '画一只猫，来四张' }] }],
  })
  const answer = z
    .object({
      choices: z.tuple([
        z.object({ message: z.object({ content: z.string(), images: z.array(z.unknown()) }) }),
      ]),
    })
    .parse(await response.json())
  const [{ message }] = answer.choices
  expect(message.content.match(/!\[Generated Image\]/g)).toHaveLength(4)
  expect(message.images).toHaveLength(4)
  expect(message.images[0]).toEqual({
    type: 'image_url',
    index: 0,
    image_url: { url: expect.stringMatching(/^http/) },
  })
})

test('nothing but settings in a message is answered with help, and nothing is submitted', async () => {
  const completion = await stack.openai.chat.completions.create({
    model: 'flux-dev',
    messages: [{ role: 'user', content: '16:9' }],
  })
  expect(completion.choices[0]).toMatchObject({
    finish_reason: 'stop',
    message: { content: expect.stringContaining('describe the picture') },
  })
  const stream = await stack.openai.chat.completions.create({
    model: 'flux-dev',
    messages: [{ role: 'user', content: '' }],
    stream: true,
  })
  const text = (await Array.fromAsync(stream)).map(({ choices }) => choices[0]?.delta.content ?? '')
  expect(text.join('')).toContain('请描述')
  expect(stack.asked()).toEqual({})
})

// Shows: openai-node/models
test('models are listed, the first two as ever, and found under every spelling', async () => {
  const list = await Array.fromAsync(stack.openai.models.list())
  expect(list.slice(0, 2).map(({ id }) => id)).toEqual(['imagen4-preview', 'Flux 1.1 Pro Ultra'])
  expect(list[0]).toMatchObject({
    id: 'imagen4-preview',
    object: 'model',
    created: 1677609600,
    owned_by: 'fal-ai',
    maker: 'google',
    permission: [],
    root: 'imagen4-preview',
    parent: null,
    supported_endpoint_types: ['image-generation'],
  })
  const spellings = [
    'Flux 1.1 Pro Ultra',
    'flux-1.1-pro-ultra',
    'FLUX_1.1_PRO_ULTRA',
    'flux 1.1-pro ultra',
    'fal-ai/flux-pro/v1.1-ultra',
  ]
  for (const id of spellings) {
    expect(await stack.openai.models.retrieve(id)).toMatchObject({
      id,
      endpoint: 'fal-ai/flux-pro/v1.1-ultra',
    })
  }
  const raw = await stack.request('/models/fal-ai/flux-pro/v1.1-ultra')
  expect(raw.status).toBe(200)
})
