import { afterAll, beforeAll, expect, test } from 'vitest'
import * as z from 'zod'

import { aPicture } from '../support/pictures.ts'
import { startStack, until, type Stack } from '../support/start-stack.ts'
import { checkTypes, type Sample } from './check-types.ts'
import { spoil, type Spoiler } from './spoil.ts'
import { TYPES } from './types.ts'

let stack: Stack

beforeAll(async () => {
  stack = await startStack()
})
afterAll(() => stack.close())

/** One use of a surface, and what its answer, or each of its events, must be. */
type Use = readonly [
  name: string,
  type: string,
  path: string,
  body?: Record<string, unknown> | FormData,
]

const FLUX = { model: 'flux-dev' }
const REFUSED = 'a cat [[fail:content_policy_violation]]'
const PICTURE = {
  image: [{ image_url: 'https://example.com/a.png' }],
  model: 'nano-banana-2',
  prompt: 'a hat',
}
const TOOL = {
  type: 'image_generation',
  size: '1024x1024',
  quality: 'high',
  output_format: 'png',
  background: 'opaque',
  action: 'auto',
}

function form(fields: Readonly<Record<string, string | Blob>>): FormData {
  const body = new FormData()
  for (const [name, value] of Object.entries(fields)) body.append(name, value)
  return body
}

const file = new File([new Uint8Array(await aPicture())], 'a.png', { type: 'image/png' })
const { image, ...UNPICTURED } = PICTURE
const EDITED = { model: 'gpt-image-1.5', image, prompt: 'a hat [[run:300ms]]' }

const chat = (content: string): Record<string, unknown> => ({
  ...FLUX,
  messages: [{ role: 'user', content }],
})

const USES: readonly Use[] = [
  ['images', 'Images', '/images/generations', { ...FLUX, prompt: 'a cat' }],
  [
    'images as base64',
    'Images',
    '/images/generations',
    { model: 'gpt-image-1', prompt: 'two cats', n: 2, size: '1024x1024' },
  ],
  ['edits', 'Images', '/images/edits', PICTURE],
  ['edits stream', 'ImageEditStreamEvent', '/images/edits', { ...PICTURE, stream: true }],
  [
    'images stream',
    'ImageGenStreamEvent',
    '/images/generations',
    { ...FLUX, prompt: 'a cat', n: 2, stream: true },
  ],
  [
    'failing images stream',
    'FailureEvent',
    '/images/generations',
    { ...FLUX, prompt: REFUSED, stream: true },
  ],
  ['edits of a form', 'Images', '/images/edits', form({ prompt: 'a hat', image: file })],
  [
    'unfinished edits',
    'ImageEditStreamEvent',
    '/images/edits',
    { ...EDITED, stream: true, partial_images: 2 },
  ],
  [
    'failing edits stream',
    'FailureEvent',
    '/images/edits',
    { ...PICTURE, prompt: REFUSED, stream: true },
  ],
  [
    'unfinished pictures',
    'ImageGenStreamEvent',
    '/images/generations',
    { ...FLUX, prompt: 'a cat [[run:300ms]]', stream: true, partial_images: 3 },
  ],
  ['variations', 'Images', '/images/variations', form({ image: file })],
  ['file', 'FileObject', '/files', form({ purpose: 'vision', file })],
  ['chat', 'Chat', '/chat/completions', chat('a cat')],
  [
    'chat with pictures',
    'Chat',
    '/chat/completions',
    { ...chat('a cat'), modalities: ['image', 'text'] },
  ],
  ['chat without a prompt', 'Chat', '/chat/completions', chat('16:9')],
  [
    'chat stream',
    'ChatChunk',
    '/chat/completions',
    {
      ...chat('a cat [[queue:200ms]] [[run:200ms]]'),
      stream: true,
      stream_options: { include_usage: true },
      modalities: ['image'],
    },
  ],
  [
    'failing chat stream',
    'ChatChunk | FailureEvent',
    '/chat/completions',
    { ...chat(REFUSED), stream: true },
  ],
  ['models', 'ModelList', '/models'],
  ['model', 'ListedModel', '/models/flux-dev'],
  ['every model', 'ModelList', '/models?scope=all'],
  [
    'response',
    'Answer',
    '/responses',
    { ...FLUX, input: 'a cat', tools: [TOOL], metadata: { a: 'b' } },
  ],
  [
    'response in the background',
    'Answer',
    '/responses',
    { ...FLUX, input: 'a cat', background: true },
  ],
  [
    'response stream',
    'ResponseEvent',
    '/responses',
    { ...FLUX, input: 'a cat --n 2', tools: [TOOL], stream: true },
  ],
  [
    'response stream without the tool',
    'ResponseEvent',
    '/responses',
    { ...FLUX, input: 'a cat', stream: true },
  ],
  ['response in words', 'Answer', '/responses', { ...FLUX, input: 'hi' }],
  [
    'response stream in the background',
    'ResponseEvent',
    '/responses',
    { ...FLUX, input: 'a cat', tools: [TOOL], stream: true, background: true },
  ],
  [
    'failing response stream',
    'ResponseEvent',
    '/responses',
    { ...FLUX, input: `${REFUSED} [[run:100ms]]`, tools: [TOOL], stream: true },
  ],
  [
    'unfinished response',
    'ResponseEvent',
    '/responses',
    {
      ...FLUX,
      input: 'a cat [[run:300ms]]',
      tools: [{ ...TOOL, partial_images: 1 }],
      stream: true,
    },
  ],
  ['refusal', 'Failure', '/images/generations', { ...FLUX, prompt: REFUSED }],
  ['refusal of an edit', 'Failure', '/images/edits', { ...PICTURE, prompt: REFUSED }],
  ['refusal of a chat', 'Failure', '/chat/completions', chat(REFUSED)],
  ['refusal of a response', 'Failure', '/responses', { ...FLUX, input: REFUSED }],
  ['bad field', 'Failure', '/images/generations', { ...FLUX, prompt: 'a cat', n: 0 }],
  ['edit without a picture', 'Failure', '/images/edits', UNPICTURED],
  ['edit of a bad form', 'Failure', '/images/edits', form({ image: file, n: 'two' })],
  ['variation without a picture', 'Failure', '/images/variations', form({ n: '1' })],
  ['too many variations', 'Failure', '/images/variations', form({ image: file, n: '11' })],
  ['file without a file', 'Failure', '/files', form({ purpose: 'vision' })],
  ['chat without messages', 'Failure', '/chat/completions', FLUX],
  ['response without an input', 'Failure', '/responses', FLUX],
  ['a look for a model', 'Failure', '/models/nobody'],
  ['wrong method', 'Failure', '/images/generations'],
  ['unknown job', 'Failure', '/images/jobs/job_1'],
  ['unknown model', 'Failure', '/images/generations', { model: 'nobody', prompt: 'a cat' }],
  ['unknown path', 'Failure', '/nowhere'],
  ['unknown response', 'Failure', '/responses/resp_1'],
]

async function ask([name, type, path, body]: Use): Promise<readonly Sample[]> {
  const response = await (body === undefined
    ? stack.request(path)
    : body instanceof FormData
      ? stack.request(path, { method: 'POST', body })
      : stack.post(path, body))
  const text = await response.text()
  if (!/event-stream/.test(response.headers.get('content-type') ?? '')) {
    return [{ name, type, value: JSON.parse(text) }]
  }
  const lines = [...text.matchAll(/^data: (.*)$/gm)].map(([, line]) => line ?? '')
  return lines
    .filter((line) => line !== '[DONE]')
    .map((line, index) => ({ name: `${name}, event ${index}`, type, value: JSON.parse(line) }))
}

const identified = z.object({ id: z.string() })

/** What can be asked of responses that have been made. */
async function askAgain(samples: readonly Sample[]): Promise<readonly Sample[]> {
  const id = (name: string): string =>
    identified.parse(samples.find((one) => one.name === name)?.value).id
  const made = id('response')
  const queued = id('response in the background')
  const deleted = await stack.request(`/responses/${made}`, { method: 'DELETE' })
  const failing = await askOne('failing', '/responses', {
    ...FLUX,
    input: REFUSED,
    background: true,
  })
  await until(() => stack.fal.journal.jobs().every(({ state }) => state === 'COMPLETED'))
  return [
    ...(await ask(['found response', 'Answer', `/responses/${made}`])),
    ...(await ask(['failed response', 'Answer', `/responses/${failing}`])),
    ...(await ask(['response told again', 'ResponseEvent', `/responses/${made}?stream=true`])),
    ...(await ask(['failure told again', 'ResponseEvent', `/responses/${failing}?stream=true`])),
    ...(await ask(['cancelled response', 'Answer', `/responses/${queued}/cancel`, {}])),
    ...(await ask(['input items', 'ResponseItemList', `/responses/${made}/input_items`])),
    ...(await ask(['no cancelling', 'Failure', `/responses/${made}/cancel`, {}])),
    { name: 'deleted response', type: 'Deleted', value: await deleted.json() },
  ]
}

async function askOne(name: string, path: string, body: Record<string, unknown>): Promise<string> {
  const [sample] = await ask([name, '', path, body])
  return identified.parse(sample?.value).id
}

/** How jobs stand, from their beginning without waiting to each of their ends. */
async function askForJobs(): Promise<readonly Sample[]> {
  const begin = async (name: string, prompt: string): Promise<[string, Sample]> => {
    const headers = { prefer: 'respond-async' }
    const response = await stack.post('/images/generations', { ...FLUX, prompt }, { headers })
    const value: unknown = await response.json()
    return [`/images/jobs/${identified.parse(value).id}`, { name, type: 'ImageJob', value }]
  }
  const [made, queued] = await begin('queued job', 'a cat')
  const [refused] = await begin('', REFUSED)
  const [waiting] = await begin('', 'a cat [[queue:20s]]')
  const cancelled = await stack.request(waiting, { method: 'DELETE' })
  await until(() => stack.fal.journal.jobs().every(({ state }) => state === 'COMPLETED'))
  return [
    queued,
    { name: 'cancelled job', type: 'ImageJob', value: await cancelled.json() },
    ...(await ask(['job', 'ImageJob', made])),
    ...(await ask(['job as base64', 'ImageJob', `${made}?response_format=b64_json`])),
    ...(await ask(['failed job', 'ImageJob', refused])),
  ]
}

/** TypeScript gives up an array of a thousand objects ("too complex to represent"), each of its own form. */
const MOST_OBJECTS = 200
const listed = z.looseObject({ object: z.literal('list'), data: z.array(z.unknown()) })

function inPages(sample: Sample): readonly Sample[] {
  const list = listed.safeParse(sample.value).data
  if (list === undefined || list.data.length <= MOST_OBJECTS) return [sample]
  const pages = Array.from({ length: Math.ceil(list.data.length / MOST_OBJECTS) }, (_, index) =>
    list.data.slice(index * MOST_OBJECTS, (index + 1) * MOST_OBJECTS),
  )
  return pages.map((data, index) => ({
    ...sample,
    name: `${sample.name}, page ${index}`,
    value: { ...list, data },
  }))
}

/** Every kind of event must have been there, or its check has checked nothing. */
const EVENTS = [
  'error',
  'image_edit.completed',
  'image_edit.partial_image',
  'image_generation.completed',
  'image_generation.partial_image',
  'response.completed',
  'response.content_part.added',
  'response.content_part.done',
  'response.created',
  'response.failed',
  'response.image_generation_call.completed',
  'response.image_generation_call.generating',
  'response.image_generation_call.in_progress',
  'response.image_generation_call.partial_image',
  'response.in_progress',
  'response.output_item.added',
  'response.output_item.done',
  'response.output_text.delta',
  'response.output_text.done',
  'response.queued',
]

function typesOf(samples: readonly Sample[]): readonly string[] {
  const typed = samples.map(({ value }) => z.object({ type: z.string() }).safeParse(value).data)
  return [...new Set(typed.flatMap((one) => one?.type ?? []))].toSorted()
}

/** Changes that make an answer wrong; each must be noticed. */
const SPOILERS: readonly Spoiler[] = [
  ['images', 'created', undefined],
  ['images', 'size', 1024],
  ['images', 'surprise', true],
  ['images stream, event 0', 'usage', undefined],
  ['images stream, event 0', 'quality', 'hd'],
  ['images stream, event 0', 'type', 'image_generation.done'],
  ['edits', 'data', [{ b64_json: null }]],
  ['edits of a form', 'created', '1'],
  ['edits stream, event 0', 'type', 'image_generation.completed'],
  ['unfinished edits, event 0', 'partial_image_index', undefined],
  ['unfinished pictures, event 0', 'partial_image_index', '0'],
  ['failing edits stream, event 0', 'message', undefined],
  ['variations', 'data', {}],
  ['file', 'purpose', 'pictures'],
  ['file', 'status', undefined],
  ['job', 'object', 'job'],
  ['job', 'result', { data: [] }],
  ['failed job', 'error', undefined],
  ['queued job', 'status', 'waiting'],
  ['chat', 'object', 'chat'],
  ['chat stream, event 1', 'choices', [{ index: 0, finish_reason: null }]],
  ['model', 'owned_by', undefined],
  ['response', 'access_programs', undefined],
  ['response', 'status', 'done'],
  ['response', 'output', [{ type: 'image_generation_call', id: 'ig_1', status: 'completed' }]],
  ['response stream, event 0', 'sequence_number', undefined],
  ['response stream, event 2', 'item', { type: 'image_generation_call' }],
  ['response stream without the tool, event 4', 'delta', 7],
  ['response in words', 'output', [{ type: 'message', content: [] }]],
  ['response told again, event 0', 'response', {}],
  ['failed response', 'error', { code: 'refused', message: 'No.' }],
  ['input items', 'has_more', undefined],
  ['deleted response', 'deleted', false],
  ['variation without a picture', 'error', { message: 'No.', code: null, param: null }],
  ['failing response stream, event 6', 'param', undefined],
  ['refusal', 'error', { message: 'No.', type: 'invalid_request_error', code: null }],
]

// Shows: openai-node/types
test('every answer and every event has the type of the official package, and a wrong one is noticed', async () => {
  const asked: Sample[] = []
  for (const use of USES) asked.push(...(await ask(use)).flatMap(inPages))
  asked.push(...(await askAgain(asked)), ...(await askForJobs()))
  expect(typesOf(asked)).toEqual(EVENTS)
  expect(asked.length).toBeGreaterThan(USES.length + 30)
  const spoilt = spoil(asked, SPOILERS)
  const faults = await checkTypes(TYPES, [...asked, ...spoilt])
  expect(Object.keys(faults).toSorted()).toEqual(spoilt.map(({ name }) => name).toSorted())
})
