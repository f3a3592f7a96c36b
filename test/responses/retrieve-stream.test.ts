import { APIError, NotFoundError } from 'openai'
import type { ResponseStreamEvent } from 'openai/resources/responses/responses'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'

import { ACCESS_KEY, startGateway } from '../support/start-gateway.ts'
import { FREED_SECONDS, startStack, until, type Stack } from '../support/start-stack.ts'

let stack: Stack

beforeAll(async () => {
  stack = await startStack({ env: { WORKER_ACCESS_KEY: `${ACCESS_KEY},bob:sk-of-bob` } })
})
afterAll(() => stack.close())
beforeEach(() => {
  stack.fal.journal.clear()
})

/** The events of a response in the background, whoever tells them. */
const TYPES = [
  'response.created',
  'response.queued',
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
]

async function begin(input: string): Promise<string> {
  const made = await stack.openai.responses.create({ model: 'flux-dev', input, background: true })
  return made.id
}

async function retell(
  id: string,
  starting_after?: number,
  openai = stack.openai,
): Promise<ResponseStreamEvent[]> {
  const query = { stream: true, ...(starting_after !== undefined && { starting_after }) } as const
  return Array.fromAsync(await openai.responses.retrieve(id, query))
}

function pictureOf(events: readonly ResponseStreamEvent[]): string | null | undefined {
  const last = events.at(-1)
  const [item] = last?.type === 'response.completed' ? last.response.output : []
  return item?.type === 'image_generation_call' ? item.result : undefined
}

test('a job that is being made is followed to its end, by a Worker started since', async () => {
  const id = await begin('a cat [[queue:3s]] [[run:1s]]')
  const other = await startGateway(stack.fal.url)
  const openai = stack.openai.withOptions({ baseURL: `${other.url}/v1` })
  const events = await retell(id, undefined, openai)
  expect(events.map(({ type }) => type)).toEqual(TYPES)
  expect(events.map(({ sequence_number }) => sequence_number)).toEqual([...TYPES.keys()])
  expect(events[0]).toMatchObject({ response: { id, status: 'queued', model: 'flux-dev' } })
  expect(pictureOf(events)).toMatch(/^\/9j\//)
  expect(stack.asked()).toMatchObject({ submit: 1, 'status-stream': 1 })
  await other.close()
})

test('a finished one is told again, the same to the last letter', async () => {
  const stream = await stack.openai.responses.create({
    model: 'flux-dev',
    input: 'a cat',
    background: true,
    stream: true,
  })
  const first = await Array.fromAsync(stream)
  const id = first[0]?.type === 'response.created' ? first[0].response.id : ''
  const again = await retell(id)
  expect(again.map(({ type, sequence_number }) => [type, sequence_number])).toEqual(
    first.map(({ type, sequence_number }) => [type, sequence_number]),
  )
  expect(pictureOf(again) === pictureOf(first)).toBe(true)
  expect(stack.fal.journal.count('submit')).toBe(1)
})

test('a plain response can be told as well', async () => {
  const { id } = await stack.openai.responses.create({
    model: 'flux-dev',
    input: 'cats --n 2',
    tools: [{ type: 'image_generation' }],
  })
  const types = (await retell(id)).map(({ type }) => type)
  expect(types.filter((type) => type === 'response.output_item.done')).toHaveLength(3)
  expect(types).not.toContain('response.queued')
})

test.for([0, 4, 7, 8, 100])('starting_after %i leaves out what is known', async (after) => {
  const id = await begin('a cat')
  const events = await retell(id, after)
  expect(events.map(({ type }) => type)).toEqual(TYPES.slice(after + 1))
  expect(events.map(({ sequence_number }) => sequence_number)).toEqual(
    [...TYPES.keys()].slice(after + 1),
  )
})

test('the stream helper takes a response up by its id', async () => {
  const id = await begin('a cat [[run:200ms]]')
  const seen: number[] = []
  const stream = stack.openai.responses.stream({ response_id: id, starting_after: 11 })
  stream.on('event', ({ sequence_number }) => seen.push(sequence_number))
  expect(await stream.finalResponse()).toMatchObject({ id, status: 'completed' })
  expect(seen).toEqual([12, 13, 14])
})

test('hanging up cancels nothing, and frees everything within 3 s', async () => {
  const id = await begin('a cat [[queue:4s]]')
  const leaving = new AbortController()
  const path = `/responses/${id}?stream=true`
  const response = await stack.request(path, { signal: leaving.signal })
  expect(response.headers.get('content-type')).toMatch(/^text\/event-stream/)
  await until(() => stack.fal.journal.openStreams() === 1)
  leaving.abort()
  await until(() => stack.fal.journal.openStreams() === 0, FREED_SECONDS)
  await until(() => stack.fal.journal.jobs()[0]?.state === 'COMPLETED')
  expect(stack.fal.journal.count('cancel')).toBe(0)
  expect(pictureOf(await retell(id))).toMatch(/^\/9j\//)
})

test.for(['[[fail:content_policy_violation]]', '[[run:300ms]] [[fail:content_policy_violation]]'])(
  'one that fails says so and makes the client throw: %s',
  async (fault) => {
    const id = await begin(`a cat ${fault}`)
    const events: ResponseStreamEvent[] = []
    const read = async (): Promise<void> => {
      const stream = await stack.openai.responses.retrieve(id, { stream: true })
      for await (const event of stream) events.push(event)
    }
    const failure: unknown = await read().catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(APIError)
    expect(failure).toMatchObject({ code: 'content_policy_violation' })
    expect(events.map(({ type }) => type)).toEqual([...TYPES.slice(0, 6), 'response.failed'])
  },
)

test('what cannot be told is an HTTP error', async () => {
  const id = await begin('a cat')
  const bob = stack.openai.withOptions({ apiKey: 'sk-of-bob' })
  await expect(retell(id, undefined, bob)).rejects.toBeInstanceOf(NotFoundError)
  await expect(retell('resp_1')).rejects.toBeInstanceOf(NotFoundError)
  const odd = await stack.request(`/responses/${id}?stream=true&starting_after=soon`)
  expect(odd.status).toBe(400)
  expect(await odd.json()).toMatchObject({ error: { param: 'starting_after' } })
  const plain = await stack.request(`/responses/${id}?stream=false`)
  expect(await plain.json()).toMatchObject({ id, object: 'response' })
})
