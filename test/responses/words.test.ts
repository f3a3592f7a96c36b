import { NotFoundError } from 'openai'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'

import { startStack, type Stack } from '../support/start-stack.ts'

let stack: Stack

beforeAll(async () => {
  stack = await startStack()
})
afterAll(() => stack.close())
beforeEach(() => {
  stack.fal.journal.clear()
})

function said(content: string): unknown {
  return { role: 'user', content }
}

function answer(text: unknown): object {
  return { output: [{ content: [{ text }] }] }
}

const tools = [{ type: 'image_generation' as const }]

test('without the tool the answer is its message alone, plain, streamed and looked up', async () => {
  const body = { model: 'flux-dev', input: 'a cat' }
  const plain = await stack.openai.responses.create(body)
  expect(plain.output_text).toMatch(/^Generated image with prompt: "a cat".*\n\n!\[.*\]\(http/)
  expect(plain.output.map(({ type }) => type)).toEqual(['message'])
  expect(plain.tools).toEqual([])
  const final = await stack.openai.responses.stream(body).finalResponse()
  expect(final.output_text).toMatch(/^Generated image with prompt: "a cat"/)
  expect(final.output.map(({ type }) => type)).toEqual(['message'])
  // What was asked for is not kept.
  const found = await stack.openai.responses.retrieve(plain.id)
  expect(found.output_text).toMatch(/^Generated image and aspect ratio: 4:3 using flux-dev\n\n!/)
  expect(found.output.map(({ type, id }) => [type, id])).toEqual(
    plain.output.map(({ type, id }) => [type, id]),
  )
  const again = await stack.openai.responses.retrieve(plain.id, { stream: true })
  const types = (await Array.fromAsync(again)).map(({ type }) => type)
  expect(types).toEqual([
    'response.created',
    'response.in_progress',
    'response.output_item.added',
    'response.content_part.added',
    'response.output_text.delta',
    'response.output_text.done',
    'response.content_part.done',
    'response.output_item.done',
    'response.completed',
  ])
})

test('with the tool every picture is an item, and the message shows them all', async () => {
  const body = { model: 'flux-dev', input: 'a cat --n 2', tools }
  const { output, output_text } = await stack.openai.responses.create(body)
  const pictures = output.filter((item) => item.type === 'image_generation_call')
  expect(output.map(({ id }) => id?.slice(0, 5))).toEqual(['ig_0_', 'ig_1_', 'msg_W'])
  expect(new Set(pictures.map(({ result }) => result)).size).toBe(2)
  expect(output_text.match(/!\[Generated Image\]/g)).toHaveLength(2)
})

test('the image of a message alone can be changed, by the response’s id and by its address', async () => {
  const first = await stack.openai.responses.create({ model: 'nano-banana-2', input: 'a cat' })
  await stack.openai.responses.create({
    model: 'nano-banana-2',
    input: 'now with a hat',
    previous_response_id: first.id,
  })
  const input = [said('a cat'), ...first.output, said('with a scarf')]
  await stack.post('/responses', { model: 'nano-banana-2', input })
  const [, hat, scarf] = stack.fal.journal.jobs()
  const shown = /\((?<url>http.*)\)$/u.exec(first.output_text)?.groups?.['url']
  expect(hat?.input).toMatchObject({ image_urls: [shown] })
  expect(scarf?.input).toMatchObject({ image_urls: [shown] })
})

test.for([false, true])(
  'a request for words is answered in words, with the tool and without, streamed: %s',
  async (stream) => {
    for (const listed of [[], tools]) {
      const body = { model: 'flux-dev', input: 'hi', tools: listed }
      const response = stream
        ? await stack.openai.responses.stream(body).finalResponse()
        : await stack.openai.responses.create(body)
      expect(response.output_text).toMatch(/describe the picture you want/)
      expect(response).toMatchObject({ status: 'completed', output: [{ type: 'message' }] })
    }
    expect(stack.fal.journal.jobs()).toEqual([])
  },
)

test('instructions, the form of the text and the limit of tokens count as in a chat', async () => {
  const ask = async (more: Record<string, unknown>): Promise<unknown> => {
    const response = await stack.post('/responses', { model: 'flux-dev', input: 'a cat', ...more })
    return response.json()
  }
  expect(
    await ask({ instructions: 'You are a title generator. Reply with the title only.' }),
  ).toMatchObject(answer('a cat'))
  const schema = { type: 'object', properties: { title: { type: 'string' } } }
  const format = { type: 'json_schema', name: 'a', schema }
  expect(await ask({ text: { format } })).toMatchObject(
    answer(expect.stringMatching(/^\{"title":/)),
  )
  expect(await ask({ max_output_tokens: 16 })).toMatchObject(
    answer(expect.stringMatching(/tokens/)),
  )
  expect(stack.fal.journal.jobs()).toEqual([])
})

test('a choice of the tool, or --draw, draws in any case', async () => {
  const tool_choice = { type: 'image_generation' as const }
  const response = await stack.openai.responses.create({
    model: 'flux-dev',
    input: 'hello',
    tools,
    tool_choice,
  })
  expect(response.tool_choice).toEqual(tool_choice)
  await stack.openai.responses.create({ model: 'flux-dev', input: 'hello --draw' })
  expect(stack.fal.journal.jobs()).toHaveLength(2)
})

test('a conversation that goes on behind words alone begins anew', async () => {
  const words = await stack.openai.responses.create({ model: 'nano-banana-2', input: 'hi' })
  const next = await stack.openai.responses.create({
    model: 'nano-banana-2',
    input: 'a cat',
    previous_response_id: words.id,
  })
  expect(next.previous_response_id).toBe(words.id)
  expect(stack.fal.journal.jobs()).toMatchObject([{ endpoint: 'fal-ai/nano-banana-2' }])
})

test('an input that ends with our own output is not drawn again', async () => {
  const ask = async (input: readonly unknown[]): Promise<unknown> =>
    (await stack.post('/responses', { model: 'flux-dev', input, tools })).json()
  const first = await stack.openai.responses.create({ model: 'flux-dev', input: 'a cat', tools })
  const [image, message] = first.output
  expect(await ask([said('a cat'), image, message])).toMatchObject(answer(first.output_text))
  const nothing = answer(expect.stringMatching(/^Nothing more was asked/))
  expect(await ask([said('a cat'), image])).toMatchObject(nothing)
  const call = { call_id: 'c', name: 'f', arguments: '{}' }
  const result = { type: 'function_call_output', call_id: 'c', output: 'done' }
  expect(await ask([said('a cat'), { type: 'function_call', ...call }, result])).toMatchObject(
    nothing,
  )
  expect(stack.fal.journal.count('submit')).toBe(1)
})

test.for(['gpt-5-mini', 'gpt-4o', 'o3'])(
  '%s draws with the tool, and is not there without',
  async (model) => {
    for (const input of ['a cat', 'hi']) {
      const refused = stack.openai.responses.create({ model, input })
      await expect(refused).rejects.toBeInstanceOf(NotFoundError)
      await expect(refused).rejects.toMatchObject({ code: 'model_not_found' })
    }
    expect(stack.fal.journal.jobs()).toEqual([])
    const drawn = await stack.openai.responses.create({ model, input: 'a cat', tools })
    expect(drawn.output[0]?.type).toBe('image_generation_call')
  },
)
