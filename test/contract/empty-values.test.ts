import { readFileSync } from 'node:fs'
import path from 'node:path'

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as z from 'zod'

import { startStack, type Stack } from '../support/start-stack.ts'

let stack: Stack

beforeAll(async () => {
  stack = await startStack()
})
afterAll(() => stack.close())

const OPENAI = path.join(import.meta.dirname, '../../node_modules/openai/resources')

/** The fields of an interface of the official client, so that no new one is left out. */
function fieldsOf(file: string, name: string): readonly string[] {
  const text = readFileSync(path.join(OPENAI, file), 'utf8')
  const [, indent = '', block = ''] =
    new RegExp(`^( *)(?:export )?interface ${name}\\b[^{]*\\{([^]*?)^\\1\\}`, 'm').exec(text) ?? []
  const field = new RegExp(`^${indent}    (\\w+)\\??:`, 'gm')
  const fields = [...block.matchAll(field)].flatMap(([, word]) => word ?? [])
  if (fields.length === 0) throw new Error(`${file} has no interface ${name}`)
  return fields
}

/** What we take besides: words of fal's and OpenRouter's, and fields that only some clients send. */
const OWN = [
  'image_size',
  'aspect_ratio',
  'resolution',
  'image_config',
  'seed',
  'negative_prompt',
  'extra_body',
  'style',
  'user',
]

/** Every surface refuses a list in these. */
const PICTURE = [
  'model',
  'n',
  'size',
  'image_size',
  'aspect_ratio',
  'resolution',
  'image_config',
  'output_format',
  'output_compression',
  'seed',
  'negative_prompt',
  'complexity',
  'frame_count',
  'frame_duration_ms',
  'svg',
]
const WORDS = ['quality', 'background', 'moderation', 'style']
const STREAM = ['stream', 'partial_images']
/** How a job is to be treated. */
const TREATMENT = ['service_tier', 'store']

interface SurfaceCase {
  readonly path: string
  readonly body: Readonly<Record<string, unknown>>
  readonly fields: readonly string[]
  /** Fields that have no default: without them nothing can be made. */
  readonly required: readonly string[]
  /** Fields in which an empty list is a mistake; in the others it means nothing. */
  readonly refused: readonly string[]
  /** Puts a field where it belongs; absent: beside the others. */
  readonly place?: (field: string, value: unknown) => Readonly<Record<string, unknown>>
}

const SOURCE = 'https://example.com/cat.png'
const EDIT = { model: 'nano-banana-2', images: [{ image_url: SOURCE }] }
const CHAT = { model: 'flux-dev', messages: [{ role: 'user', content: 'a cat' }] }

const SURFACES: Readonly<Record<string, SurfaceCase>> = {
  generations: {
    path: '/images/generations',
    body: { model: 'flux-dev', prompt: 'a cat' },
    fields: fieldsOf('images.d.ts', 'ImageGenerateParamsBase'),
    required: ['prompt'],
    refused: ['prompt', ...PICTURE, ...WORDS, ...STREAM],
  },
  edits: {
    path: '/images/edits',
    body: { ...EDIT, prompt: 'a hat' },
    fields: [...fieldsOf('images.d.ts', 'ImageEditParamsBase'), 'images'],
    required: ['images', 'prompt'],
    refused: ['images', 'prompt', 'mask', 'markup', ...PICTURE, ...WORDS, ...STREAM],
  },
  variations: {
    path: '/images/variations',
    body: { model: 'nano-banana-2', image: SOURCE },
    fields: fieldsOf('images.d.ts', 'ImageCreateVariationParams'),
    required: ['image'],
    refused: ['image', ...PICTURE, ...WORDS],
  },
  chat: {
    path: '/chat/completions',
    body: CHAT,
    fields: fieldsOf('chat/completions/completions.d.ts', 'ChatCompletionCreateParamsBase'),
    required: ['messages'],
    refused: ['messages', 'stream', 'stream_options', ...PICTURE, ...TREATMENT],
  },
  responses: {
    path: '/responses',
    body: { model: 'flux-dev', input: 'a cat' },
    fields: fieldsOf('responses/responses.d.ts', 'ResponseCreateParamsBase'),
    required: ['input'],
    refused: [
      'model',
      'input',
      'tool_choice',
      'stream',
      'background',
      'previous_response_id',
      'conversation',
      'prompt',
      ...TREATMENT,
    ],
  },
  'the tool of responses': {
    path: '/responses',
    body: { model: 'flux-dev', input: 'a cat' },
    fields: fieldsOf('responses/responses.d.ts', 'ImageGeneration').filter((one) => one !== 'type'),
    required: [],
    refused: [...PICTURE, ...WORDS, 'partial_images', 'action', 'input_image_mask'],
    place: (field, value) => ({ tools: [{ type: 'image_generation', [field]: value }] }),
  },
}

const failure = z.object({ error: z.object({ param: z.string(), code: z.string() }) })

/** What fal was asked, or the field that a refusal names. */
async function ask({ path: at, body, place }: SurfaceCase, field: string, value: unknown) {
  stack.fal.journal.clear()
  const more = place?.(field, value) ?? { [field]: value }
  const response = await stack.post(at, { ...body, ...more })
  const text = await response.text()
  const [job] = stack.fal.journal.jobs()
  if (response.status === 200) {
    return { type: response.headers.get('content-type'), input: job?.input }
  }
  if (job !== undefined) return { status: response.status, submitted: true }
  return { status: response.status, param: failure.parse(JSON.parse(text)).error.param }
}

/** The answer to each field, without those that are as they should be. */
async function judge(
  surface: SurfaceCase,
  value: unknown,
  refused: readonly string[],
): Promise<readonly unknown[]> {
  const usual = await ask(surface, 'never_heard_of', undefined)
  const wrong: unknown[] = []
  for (const field of new Set([...surface.fields, ...OWN, 'never_heard_of'])) {
    const answer = await ask(surface, field, value)
    const name = surface.place === undefined ? field : `tools[0].${field}`
    const due = refused.includes(field) ? { status: 400, param: name } : usual
    if (JSON.stringify(answer) !== JSON.stringify(due)) wrong.push({ field, answer, due })
  }
  return wrong
}

describe.for(Object.entries(SURFACES))('%s', ([, surface]) => {
  test('null means the default in every field that has one', async () => {
    expect(await judge(surface, null, surface.required)).toEqual([])
  })

  test('an empty list is refused by name, or means nothing', async () => {
    expect(await judge(surface, [], surface.refused)).toEqual([])
  })
})

test('a message without parts asks for nothing, and costs nothing', async () => {
  for (const content of [[], null, '']) {
    stack.fal.journal.clear()
    const body = { ...CHAT, messages: [{ role: 'user', content }] }
    const response = await stack.post('/chat/completions', body)
    expect(response.status).toBe(200)
    expect(await response.text()).toContain('Please describe the picture')
    expect(stack.asked()).toEqual({})
  }
})

test.for([
  ['/chat/completions', { ...CHAT, stream: true, stream_options: { include_usage: null } }],
  ['/chat/completions', { ...CHAT, modalities: ['image', 'text'], audio: null, tools: [] }],
  ['/responses', { model: 'flux-dev', input: [{ role: 'user', content: 'a cat' }], include: [] }],
  ['/responses', { model: 'flux-dev', input: 'a cat', tools: [], metadata: {}, reasoning: {} }],
] as const)('%s takes %j', async ([at, body]) => {
  const response = await stack.post(at, body)
  expect(response.status).toBe(200)
  await response.text()
})

test('a form’s empty fields mean the default', async () => {
  const form = new FormData()
  form.set('image', new Blob([Buffer.from(PIXEL, 'base64')]), 'a.png')
  for (const field of [
    'n',
    'size',
    'quality',
    'mask',
    'stream',
    'response_format',
    'user',
    'seed',
  ]) {
    form.set(field, '')
  }
  form.set('prompt', 'a hat')
  form.set('model', 'nano-banana-2')
  stack.fal.journal.clear()
  const response = await stack.request('/images/edits', { method: 'POST', body: form })
  expect(response.status).toBe(200)
  expect(stack.fal.journal.jobs()[0]?.input).toEqual({
    prompt: 'a hat',
    image_urls: [expect.any(String)],
    num_images: 1,
  })
})

/** One transparent pixel as a PNG. */
const PIXEL =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=='
