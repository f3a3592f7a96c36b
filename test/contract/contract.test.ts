import { afterAll, beforeAll, expect, test } from 'vitest'
import * as z from 'zod'

import { startStack, type Stack } from '../support/start-stack.ts'
import { checkTypes, type Sample } from './check-types.ts'
import { TYPES } from './types.ts'

let stack: Stack

beforeAll(async () => {
  stack = await startStack()
})
afterAll(() => stack.close())

/** One use of a surface, and what its answer, or each of its events, must be. */
type Use = readonly [name: string, type: string, path: string, body?: Record<string, unknown>]

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
    { ...FLUX, input: 'a cat --n 2', stream: true },
  ],
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
    { ...FLUX, input: `${REFUSED} [[run:100ms]]`, stream: true },
  ],
  ['refusal', 'Failure', '/images/generations', { ...FLUX, prompt: REFUSED }],
  ['refusal of a response', 'Failure', '/responses', { ...FLUX, input: REFUSED }],
  ['bad field', 'Failure', '/images/generations', { ...FLUX, prompt: 'a cat', n: 0 }],
  ['unknown model', 'Failure', '/images/generations', { model: 'nobody', prompt: 'a cat' }],
  ['unknown path', 'Failure', '/nowhere'],
  ['unknown response', 'Failure', '/responses/resp_1'],
]

async function ask([name, type, path, body]: Use): Promise<readonly Sample[]> {
  const response = await (body === undefined ? stack.request(path) : stack.post(path, body))
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
  return [
    ...(await ask(['found response', 'Answer', `/responses/${made}`])),
    ...(await ask(['cancelled response', 'Answer', `/responses/${queued}/cancel`, {}])),
    ...(await ask(['input items', 'ResponseItemList', `/responses/${made}/input_items`])),
    ...(await ask(['no cancelling', 'Failure', `/responses/${made}/cancel`, {}])),
    { name: 'deleted response', type: 'Deleted', value: await deleted.json() },
  ]
}

/** Changes that make an answer wrong; each must be noticed. */
const SPOILERS: readonly (readonly [name: string, key: string, value: unknown])[] = [
  ['images', 'created', undefined],
  ['images', 'size', 1024],
  ['images', 'surprise', true],
  ['images stream, event 0', 'usage', undefined],
  ['images stream, event 0', 'quality', 'hd'],
  ['images stream, event 0', 'type', 'image_generation.done'],
  ['chat', 'object', 'chat'],
  ['chat stream, event 1', 'choices', [{ index: 0, finish_reason: null }]],
  ['model', 'owned_by', undefined],
  ['response', 'access_programs', undefined],
  ['response', 'status', 'done'],
  ['response', 'output', [{ type: 'image_generation_call', id: 'ig_1', status: 'completed' }]],
  ['response stream, event 0', 'sequence_number', undefined],
  ['response stream, event 2', 'item', { type: 'image_generation_call' }],
  ['failing response stream, event 6', 'param', undefined],
  ['refusal', 'error', { message: 'No.', type: 'invalid_request_error', code: null }],
]

const record = z.record(z.string(), z.unknown())

function spoil(samples: readonly Sample[]): readonly Sample[] {
  return SPOILERS.map(([name, key, value], index) => {
    const sample = samples.find((one) => one.name === name)
    if (sample === undefined) throw new Error(`no sample is called ${name}`)
    return {
      ...sample,
      name: `${index}: ${name} with ${key} = ${JSON.stringify(value)}`,
      value: { ...record.parse(sample.value), [key]: value },
    }
  })
}

// Shows: openai-node/types
test('every answer and every event has the type of the official package, and a wrong one is noticed', async () => {
  const asked: Sample[] = []
  for (const use of USES) asked.push(...(await ask(use)))
  asked.push(...(await askAgain(asked)))
  expect(asked.length).toBeGreaterThan(USES.length + 30)
  const spoilt = spoil(asked)
  const faults = await checkTypes(TYPES, [...asked, ...spoilt])
  expect(Object.keys(faults).toSorted()).toEqual(spoilt.map(({ name }) => name).toSorted())
})
