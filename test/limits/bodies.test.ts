import { connect } from 'node:net'

import { afterAll, beforeAll, expect, test } from 'vitest'

import { createRandom } from '../support/random.ts'
import { ACCESS_KEY } from '../support/start-gateway.ts'
import { startStack, type Stack } from '../support/start-stack.ts'

let stack: Stack

beforeAll(async () => {
  stack = await startStack()
})
afterAll(() => stack.close())

const SEED = Number(process.env['FUZZ_SEED'] ?? 20261123)
const random = createRandom(SEED)

function pick<Item>(items: readonly [Item, ...Item[]]): Item {
  return items[Math.floor(random() * items.length)] ?? items[0]
}

function strangeValue(depth = 0): unknown {
  const kinds: readonly [() => unknown, ...(() => unknown)[]] = [
    () => null,
    () => '',
    () => 'x'.repeat(Math.floor(random() * 5000)),
    () => -1,
    () => 1e308,
    () => 0.5,
    () => true,
    () => [],
    () => ({}),
    () => '\u0000\ud800\u202e🐱',
    () => '__proto__',
    () => (depth > 3 ? 1 : [strangeValue(depth + 1)]),
    () => (depth > 3 ? 1 : { type: 'text', text: strangeValue(depth + 1) }),
    () => (depth > 3 ? 1 : { role: 'user', content: strangeValue(depth + 1) }),
    () => (depth > 3 ? 1 : { type: 'image_generation', size: strangeValue(depth + 1) }),
    () => (depth > 3 ? 1 : { type: 'image_generation_call', id: strangeValue(depth + 1) }),
  ]
  return pick(kinds)()
}

const FIELDS = [
  'model',
  'prompt',
  'n',
  'size',
  'quality',
  'response_format',
  'messages',
  'stream',
  'stream_options',
  'modalities',
  'image_config',
  'image_size',
  'aspect_ratio',
  'resolution',
  'output_format',
  'background',
  'output_compression',
  'moderation',
  'style',
  'seed',
  'negative_prompt',
  'extra_body',
  'user',
  '__proto__',
  'constructor',
  'temperature',
  'tools',
  'tool_choice',
  'input',
  'previous_response_id',
  'background',
  'metadata',
] as const

function strangeBody(): string {
  const body: Record<string, unknown> = {}
  // Never a whole request: nothing of this may reach fal.
  for (let count = 0; count < 6; count += 1) body[pick(FIELDS)] = strangeValue()
  const text = JSON.stringify(body)
  const wraps: readonly [() => string, ...(() => string)[]] = [
    () => text,
    () => text.slice(0, Math.floor(random() * text.length)),
    () => `${text}${text}`,
    () => '',
    () => 'null',
    () => '[]',
    () => '"text"',
    () => '\ufeff{}',
    () => '{"prompt":"a","prompt":',
    () => '['.repeat(20_000),
  ]
  return pick(wraps)()
}

const ROUTES = ['/v1/images/generations', '/v1/chat/completions', '/v1/responses'] as const

const PATHS = [
  '/v1/images/generations',
  '/v1/chat/completions',
  '/images/generations',
  '//v1//chat//completions',
  '/v1/models',
  '/v1/models/',
  '/v1/models/%',
  '/v1/models/%2F%00',
  '/v1/images/jobs/',
  '/v1/images/jobs/job_a.b',
  '/v1',
  '/v1/v1/models',
  '/openai/deployments/%E0%A4%A/chat/completions',
  '/..%2f..%2fetc',
  '/healthz',
  '/',
  '/v1/unknown?x=%',
  `/v1/${'a'.repeat(4000)}`,
] as const

test(`1200 malformed requests never yield a 5xx (seed ${SEED})`, { timeout: 120_000 }, async () => {
  const statuses = new Map<number, number>()
  for (let count = 0; count < 1200; count += 1) {
    const usual = count % 2 === 0
    const method = usual
      ? 'POST'
      : pick(['GET', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD', 'POST'])
    const path = usual ? pick(ROUTES) : pick(PATHS)
    const body = strangeBody()
    const hasBody = method !== 'GET' && method !== 'HEAD'
    const headers = new Headers({ authorization: `Bearer ${ACCESS_KEY}` })
    if (random() < 0.2)
      headers.set('content-type', pick(['text/plain', 'multipart/form-data', ';;', 'a/b']))
    if (random() < 0.1)
      headers.set('authorization', pick(['Bearer', 'Basic x', 'bearer ', '\u00e9']))
    const response = await fetch(`${stack.gateway.url}${path}`, {
      method,
      headers,
      ...(hasBody && { body }),
    })
    const text = await response.text()
    statuses.set(response.status, (statuses.get(response.status) ?? 0) + 1)
    const shown = `${method} ${path.slice(0, 80)} ${body.slice(0, 300)} -> ${response.status} ${text.slice(0, 300)}`
    expect(response.status, shown).toBeLessThan(500)
    if (response.status >= 400 && method !== 'HEAD') {
      expect(JSON.parse(text), shown).toMatchObject({
        error: { message: expect.any(String), type: 'invalid_request_error' },
      })
    }
    expect(response.headers.get('access-control-allow-origin')).toBe('*')
  }
  process.stdout.write(`fuzz: ${JSON.stringify(Object.fromEntries(statuses))}\n`)
  const made = stack.fal.journal.count('submit')
  expect(made, 'requests that were whole by chance').toBeLessThan(200)
})

test('garbage on the wire does not end the gateway', async () => {
  for (const bytes of [
    'GET',
    'POST / HTTP/9.9\r\n\r\n',
    '\u0000\u0001\u0002',
    'POST /v1/images/generations HTTP/1.1\r\ncontent-length: -1\r\n\r\n',
  ]) {
    await new Promise<void>((resolve) => {
      const socket = connect(Number(new URL(stack.gateway.url).port), '127.0.0.1')
      socket.on('error', () => undefined)
      socket.on('close', () => {
        resolve()
      })
      socket.end(bytes)
      socket.resume()
    })
  }
  expect((await stack.request('/models')).status).toBe(200)
})
