import { APIError, BadRequestError, NotFoundError } from 'openai'
import type { ResponseOutputItem } from 'openai/resources/responses/responses'
import sharp from 'sharp'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'

import { ACCESS_KEY, startGateway } from '../support/start-gateway.ts'
import { startStack, until, type Stack } from '../support/start-stack.ts'

let stack: Stack

beforeAll(async () => {
  stack = await startStack({ env: { WORKER_ACCESS_KEY: `${ACCESS_KEY},bob:sk-of-bob` } })
})
afterAll(() => stack.close())
beforeEach(() => {
  stack.fal.journal.clear()
})

type Picture = ResponseOutputItem.ImageGenerationCall

function imagesOf({ output }: { readonly output: readonly ResponseOutputItem[] }): Picture[] {
  return output.filter((item) => item.type === 'image_generation_call')
}

const tools = [{ type: 'image_generation' as const }]

const CAT = { model: 'nano-banana-2', input: 'a cat', tools }

// Shows: openai-node/responses
test('the official client gets a picture from a plain text', async () => {
  const response = await stack.openai.responses.create({
    model: 'flux-dev',
    input: 'a cat 16:9',
    tools: [{ type: 'image_generation', quality: 'high', output_format: 'png' }],
  })
  expect(response).toEqual({
    id: expect.stringMatching(/^resp_/),
    object: 'response',
    created_at: expect.closeTo(Date.now() / 1000, -2),
    status: 'completed',
    background: false,
    error: null,
    incomplete_details: null,
    instructions: null,
    max_output_tokens: null,
    metadata: {},
    model: 'flux-dev',
    output: [
      {
        type: 'image_generation_call',
        id: expect.stringMatching(/^ig_0_/),
        status: 'completed',
        result: expect.stringMatching(/^iVBOR/),
        action: 'generate',
        background: 'auto',
        output_format: 'png',
        quality: 'high',
        size: expect.stringMatching(/^\d+x\d+$/),
      },
      {
        type: 'message',
        id: expect.stringMatching(/^msg_/),
        role: 'assistant',
        status: 'completed',
        content: [{ type: 'output_text', text: expect.any(String), annotations: [], logprobs: [] }],
      },
    ],
    output_text: expect.stringMatching(
      /^Generated image with prompt: "a cat" and aspect ratio: 16:9 using flux-dev\n\n!\[Generated Image\]\(http\S+\)$/,
    ),
    parallel_tool_calls: true,
    previous_response_id: null,
    temperature: null,
    tool_choice: 'auto',
    tools: [{ type: 'image_generation', quality: 'high', output_format: 'png', size: '16:9' }],
    top_p: null,
    access_programs: null,
    usage: expect.objectContaining({ total_tokens: 0 }),
  })
  const picture = sharp(Buffer.from(imagesOf(response)[0]?.result ?? '', 'base64'))
  const { width, height, format } = await picture.metadata()
  expect([format, (width / height).toFixed(1)]).toEqual(['png', '1.8'])
  expect(stack.fal.journal.jobs()[0]?.input).toMatchObject({ prompt: 'a cat' })
})

test('the image model stands in the tool, and a text model above it is no obstacle', async () => {
  const named = await stack.openai.responses.create({
    model: 'gpt-5',
    input: [{ role: 'user', content: [{ type: 'input_text', text: 'a cat' }] }],
    tools: [{ type: 'image_generation', model: 'flux-schnell' }],
    tool_choice: { type: 'image_generation' },
  })
  const unnamed = await stack.openai.responses.create({ model: 'gpt-5', input: 'a cat', tools })
  expect([named.model, unnamed.model]).toEqual(['gpt-5', 'gpt-5'])
  expect(stack.fal.journal.jobs().map(({ endpoint }) => endpoint)).toEqual([
    'fal-ai/flux/schnell',
    'fal-ai/imagen4/preview',
  ])
})

// Shows: openai-node/responses-stream
test('a stream has every event in its order, numbered from 0', async () => {
  const events = await stack.openai.responses.create({
    model: 'flux-dev',
    input: 'a cat [[queue:100ms]] [[run:100ms]]',
    tools,
    stream: true,
  })
  const all = await Array.fromAsync(events)
  expect(all.map(({ type }) => type)).toEqual([
    'response.created',
    'response.in_progress',
    'response.output_item.added',
    'response.image_generation_call.in_progress',
    'response.image_generation_call.generating',
    'response.image_generation_call.completed',
    'response.output_item.done',
    'response.output_item.added',
    'response.content_part.added',
    'response.output_text.delta',
    'response.output_text.done',
    'response.content_part.done',
    'response.output_item.done',
    'response.completed',
  ])
  expect(all.map(({ sequence_number }) => sequence_number)).toEqual([...all.keys()])
})

// Shows: openai-node/responses
test('the stream helper’s final response is the plain one', async () => {
  const stream = stack.openai.responses.stream({ model: 'flux-dev', input: 'a cat', tools })
  const final = await stream.finalResponse()
  expect(final).toMatchObject({ status: 'completed', model: 'flux-dev' })
  const picture = sharp(Buffer.from(imagesOf(final)[0]?.result ?? '', 'base64'))
  expect(await picture.metadata()).toMatchObject({ width: 1024, height: 768 })
  const again = await stack.openai.responses.retrieve(final.id)
  const { id, result } = imagesOf(final)[0] ?? {}
  expect(imagesOf(again)).toMatchObject([{ id, status: 'completed', size: '1024x768' }])
  expect(imagesOf(again)[0]?.result === result).toBe(true)
})

// Shows: openai-node/stream-errors
test('what fails before the first byte is an HTTP error, after it the client throws', async () => {
  const refused = stack.openai.responses.create({
    model: 'flux-dev',
    input: 'a cat [[fail:content_policy_violation]]',
  })
  await expect(refused).rejects.toBeInstanceOf(BadRequestError)
  await expect(refused).rejects.toMatchObject({ code: 'content_policy_violation' })
  const unknown = stack.openai.responses.create({ model: 'nobody', input: 'a cat', stream: true })
  await expect(unknown).rejects.toBeInstanceOf(NotFoundError)
  const events: string[] = []
  const stream = await stack.openai.responses.create({
    model: 'flux-dev',
    input: 'a cat [[fail:content_policy_violation]]',
    stream: true,
  })
  const read = async (): Promise<void> => {
    for await (const event of stream) {
      events.push(event.type)
      if (event.type !== 'response.failed') continue
      expect(event.response.error?.code).toBe('image_content_policy_violation')
    }
  }
  const failure: unknown = await read().catch((error: unknown) => error)
  expect(failure).toBeInstanceOf(APIError)
  expect(failure).toMatchObject({ code: 'content_policy_violation' })
  expect(events.at(-1)).toBe('response.failed')
})

// Shows: openai-node/background
test('a response in the background survives a restart of the Worker', async () => {
  const made = await stack.openai.responses.create({
    model: 'flux-dev',
    input: 'a cat [[queue:4s]] [[run:3s]]',
    background: true,
    tools,
  })
  expect(made).toMatchObject({ status: 'queued', background: true, output: [] })
  // Nothing follows the job any more.
  expect(stack.asked()).toEqual({ submit: 1 })
  const other = await startGateway(stack.fal.url)
  const openai = stack.openai.withOptions({ baseURL: `${other.url}/v1` })
  const seen = new Set<string | undefined>()
  let response = await openai.responses.retrieve(made.id)
  while (response.status === 'queued' || response.status === 'in_progress') {
    seen.add(response.status)
    await new Promise((resolve) => {
      setTimeout(resolve, 100)
    })
    response = await openai.responses.retrieve(made.id)
  }
  expect(seen).toEqual(new Set(['queued', 'in_progress']))
  expect(response).toMatchObject({ id: made.id, status: 'completed', background: true })
  expect(imagesOf(response)).toHaveLength(1)
  expect(stack.fal.journal.count('submit')).toBe(1)
  expect(stack.fal.journal.count('cancel')).toBe(0)
  await other.close()
})

test('a response in the background that fails says why, without an HTTP error', async () => {
  const { id } = await stack.openai.responses.create({
    model: 'flux-dev',
    input: 'a cat [[fail:content_policy_violation]]',
    background: true,
  })
  await until(() => stack.fal.journal.jobs()[0]?.state === 'COMPLETED')
  expect(await stack.openai.responses.retrieve(id)).toMatchObject({
    status: 'failed',
    output: [],
    error: { code: 'image_content_policy_violation', message: expect.any(String) },
  })
  expect(stack.gateway.log()).not.toContain('internal error')
})

test('a background stream that is left goes on, too', async () => {
  const events = await stack.openai.responses.create({
    model: 'flux-dev',
    input: 'a cat [[queue:1s]]',
    background: true,
    stream: true,
  })
  const types: string[] = []
  let id = ''
  for await (const event of events) {
    types.push(event.type)
    if (event.type === 'response.created') id = event.response.id
    if (types.length === 3) break
  }
  expect(types).toEqual(['response.created', 'response.queued', 'response.in_progress'])
  await until(() => stack.fal.journal.openStreams() === 0)
  await until(() => stack.fal.journal.jobs()[0]?.state === 'COMPLETED')
  expect(await stack.openai.responses.retrieve(id)).toMatchObject({ status: 'completed' })
  expect(stack.fal.journal.count('cancel')).toBe(0)
})

test('a response in the background can be cancelled, another cannot', async () => {
  const made = await stack.openai.responses.create({
    model: 'flux-dev',
    input: 'a cat [[queue:9s]]',
    background: true,
  })
  const cancelled = await stack.openai.responses.cancel(made.id)
  expect(cancelled).toMatchObject({ id: made.id, status: 'cancelled', output: [] })
  expect(await stack.openai.responses.retrieve(made.id)).toMatchObject({ status: 'cancelled' })
  expect(stack.fal.journal.count('cancel')).toBe(1)
  const plain = await stack.openai.responses.create({ model: 'flux-dev', input: 'a cat' })
  await expect(stack.openai.responses.cancel(plain.id)).rejects.toBeInstanceOf(BadRequestError)
})

test('a response can be deleted and its input asked for, by its caller alone', async () => {
  const { id } = await stack.openai.responses.create({ model: 'flux-dev', input: 'a cat' })
  const deleted = await stack.request(`/responses/${id}`, { method: 'DELETE' })
  expect(await deleted.json()).toEqual({ id, object: 'response', deleted: true })
  expect(await Array.fromAsync(stack.openai.responses.inputItems.list(id))).toEqual([])
  const bob = stack.openai.withOptions({ apiKey: 'sk-of-bob' })
  await expect(bob.responses.retrieve(id)).rejects.toBeInstanceOf(NotFoundError)
  await expect(bob.responses.delete(id)).rejects.toBeInstanceOf(NotFoundError)
  await expect(stack.openai.responses.retrieve('resp_1')).rejects.toBeInstanceOf(NotFoundError)
})

/** The URL of the picture that was fetched first. */
function shown(): string {
  const first = stack.fal.journal.entries().find(({ kind }) => kind === 'cdn')
  return `${stack.fal.url}${first?.path}`
}

test('previous_response_id edits the earlier picture', async () => {
  const first = await stack.openai.responses.create(CAT)
  const second = await stack.openai.responses.create({
    model: 'nano-banana-2',
    input: 'now with a hat',
    previous_response_id: first.id,
    tools,
  })
  const edited = stack.fal.journal.jobs().at(-1)
  expect(edited?.endpoint).toBe('fal-ai/nano-banana-2/edit')
  expect(edited?.input).toMatchObject({ prompt: 'now with a hat', image_urls: [shown()] })
  expect(second.previous_response_id).toBe(first.id)
  expect(imagesOf(second)[0]?.action).toBe('edit')
})

async function makeCat(): Promise<string> {
  const made = await stack.openai.responses.create(CAT)
  return imagesOf(made)[0]?.id ?? ''
}

// Shows: openai-node/previous-response
test('a picture’s id alone in the input is enough to edit it', async () => {
  const id = await makeCat()
  const edited = await stack.post('/responses', {
    model: 'nano-banana-2',
    input: [
      { role: 'user', content: [{ type: 'input_text', text: 'make it look old' }] },
      { type: 'image_generation_call', id },
    ],
  })
  expect(edited.status).toBe(200)
  expect(stack.fal.journal.jobs().at(-1)?.input).toMatchObject({
    prompt: 'make it look old',
    image_urls: [shown()],
  })
})

test('who asks for a new picture gets one, in words or by action', async () => {
  const id = await makeCat()
  const call = { type: 'image_generation_call', id }
  const ask = async (text: string, more: Record<string, unknown> = {}): Promise<unknown> => {
    const input = [call, { role: 'user', content: text }]
    await stack.post('/responses', { model: 'nano-banana-2', input, ...more })
    return stack.fal.journal.jobs().at(-1)?.endpoint
  }
  const generate = [{ type: 'image_generation', action: 'generate' }]
  expect(await ask('draw a dog')).toBe('fal-ai/nano-banana-2')
  expect(await ask('a hat on it', { tools: generate })).toBe('fal-ai/nano-banana-2')
  expect(await ask('a hat on it')).toBe('fal-ai/nano-banana-2/edit')
})

test('an input_image is worked on; with action edit, the earlier picture too, with generate it alone', async () => {
  const id = await makeCat()
  const hat = 'https://example.com/hat.png'
  const content = [
    { type: 'input_text', text: 'a hat like this' },
    { type: 'input_image', image_url: hat, detail: 'auto' },
  ]
  const input = [
    { type: 'image_generation_call', id },
    { role: 'user', content },
  ]
  const sourcesOf = async (tool: Record<string, unknown>): Promise<unknown> => {
    const body = { model: 'nano-banana-2', input, tools: [{ type: 'image_generation', ...tool }] }
    await stack.post('/responses', body)
    return stack.fal.journal.jobs().at(-1)?.input
  }
  expect(await sourcesOf({})).toMatchObject({ image_urls: [hat] })
  expect(await sourcesOf({ action: 'edit' })).toMatchObject({ image_urls: [shown(), hat] })
  expect(await sourcesOf({ action: 'generate' })).toMatchObject({ image_urls: [hat] })
})

const user = (content: unknown): unknown => [{ role: 'user', content }]

test.for<[string | null, Record<string, unknown>]>([
  ['input', {}],
  ['input', { input: '' }],
  ['input', { input: '16:9' }],
  ['input', { input: [] }],
  ['input', { input: [{ role: 'assistant', content: 'a cat' }] }],
  ['input[0].content[0].image_url', { input: user([{ type: 'input_image' }]) }],
  [
    'input',
    {
      input: [
        { type: 'image_generation_call', id: 'ig_1' },
        { role: 'user', content: 'a' },
      ],
    },
  ],
  ['previous_response_id', { input: 'a cat', previous_response_id: 'resp_1' }],
  ['conversation', { input: 'a cat', conversation: 'conv_1' }],
  ['prompt', { input: 'a cat', prompt: { id: 'pmpt_1' } }],
  ['tool_choice', { input: 'a cat', tool_choice: 'none' }],
  ['tool_choice', { input: 'a cat', tool_choice: { type: 'function', name: 'f' } }],
  ['tools[0].size', { input: 'a cat', tools: [{ type: 'image_generation', size: 'big' }] }],
  ['tools[0].action', { input: 'a cat', tools: [{ type: 'image_generation', action: 'edit' }] }],
  [
    'tools[0].partial_images',
    { input: 'a', tools: [{ type: 'image_generation', partial_images: 4 }] },
  ],
])('%s is named when it is wrong: %j', async ([param, body]) => {
  const response = await stack.post('/responses', { model: 'flux-dev', ...body })
  expect(response.status).toBe(400)
  expect(await response.json()).toMatchObject({
    error: { type: 'invalid_request_error', param, message: expect.any(String) },
  })
  expect(stack.asked()).toEqual({})
})

test('null in every optional field, empty lists and fields of text models change nothing', async () => {
  const response = await stack.post('/responses', {
    model: 'flux-dev',
    input: user([{ type: 'input_text', text: 'a cat' }]),
    instructions: null,
    metadata: null,
    tools: [{ type: 'function', name: 'f', parameters: null }, { type: 'web_search' }],
    tool_choice: null,
    stream: null,
    background: null,
    previous_response_id: null,
    conversation: null,
    prompt: null,
    include: [],
    reasoning: { effort: 'high' },
    store: false,
    temperature: null,
    text: { format: { type: 'text' } },
    top_p: null,
    truncation: 'auto',
  })
  expect(response.status).toBe(200)
  const bare = await stack.post('/responses', { model: 'flux-dev', input: 'a', tools: [] })
  expect(bare.status).toBe(200)
})

test('only a finished picture of the caller’s own can be built on', async () => {
  const mine = await stack.openai.responses.create(CAT)
  const bob = stack.openai.withOptions({ apiKey: 'sk-of-bob' })
  const build = { model: 'nano-banana-2', input: 'a hat on it' }
  await expect(
    bob.responses.create({ ...build, previous_response_id: mine.id }),
  ).rejects.toMatchObject({ status: 400, param: 'previous_response_id' })
  const second = imagesOf(mine)[0]?.id.replace('ig_0', 'ig_1') ?? ''
  const missing = await stack.post('/responses', {
    ...build,
    input: [
      { role: 'user', content: 'a hat on it' },
      { type: 'item_reference', id: second },
    ],
  })
  expect(missing.status).toBe(400)
  const queued = await stack.openai.responses.create({
    model: 'nano-banana-2',
    input: 'a dog [[queue:5s]]',
    background: true,
  })
  await expect(
    stack.openai.responses.create({ ...build, previous_response_id: queued.id }),
  ).rejects.toThrow('is not ready yet')
  expect(stack.fal.journal.count('submit')).toBe(2)
  await stack.openai.responses.cancel(queued.id)
})
