import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'

import { codesIn, readPage, tableOf } from '../docs/page.ts'
import { startStack, type Stack } from '../support/start-stack.ts'

let stack: Stack

beforeAll(async () => {
  stack = await startStack()
})
afterAll(() => stack.close())
beforeEach(() => {
  stack.fal.journal.clear()
})

interface Route {
  readonly method: string
  readonly path: string
}

/** Every route that docs/api.md names, and what it is known by besides; so no new one is left out. */
const ROUTES: readonly Route[] = tableOf(readPage('docs/api.md'), 'Method and path')
  .slice(1)
  .flatMap(([cell = '']) => codesIn(cell))
  .map((code) => {
    const [method = '', path = ''] = code.replaceAll(/\{[^}]*\}/g, 'nobodys').split(' ')
    return { method, path }
  })

const PATHS = [...new Set(ROUTES.map(({ path }) => path)), '/v1/no-such-route']

const ORIGIN = { origin: 'https://app.example' }

/** A request without a key from another origin's page. */
function ask(method: string, path: string, headers: Record<string, string> = {}) {
  return fetch(`${stack.gateway.url}${path}`, { method, headers: { ...ORIGIN, ...headers } })
}

function expectReadable({ headers }: Response): void {
  expect(headers.get('access-control-allow-origin')).toBe('*')
  expect(headers.get('access-control-expose-headers')).toContain('x-request-id')
  expect(headers.get('x-request-id')).toMatch(/^req_/)
}

test('the list is that of docs/api.md', () => {
  expect(ROUTES.length).toBeGreaterThan(14)
  expect(ROUTES).toContainEqual({ method: 'GET', path: '/v1/responses/nobodys' })
})

describe.for(PATHS)('%s', (path) => {
  const methods = ROUTES.filter((route) => route.path === path).map(({ method }) => method)

  test.for([
    'authorization, x-stainless-lang, x-stainless-retry-count',
    'Authorization,OpenAI-Beta,X-My-Own',
  ])('a preflight for %s is granted, without a key', async (wanted) => {
    const response = await ask('OPTIONS', path, {
      'access-control-request-method': methods[0] ?? 'GET',
      'access-control-request-headers': wanted,
    })
    expect(response.status).toBe(204)
    expectReadable(response)
    expect(response.headers.get('access-control-allow-headers')).toBe(wanted)
    const granted = response.headers.get('access-control-allow-methods')?.split(', ')
    expect(granted).toEqual(expect.arrayContaining([...methods, 'OPTIONS']))
    expect(Number(response.headers.get('access-control-max-age'))).toBeGreaterThan(0)
  })

  test('whoever is refused can read why', async () => {
    for (const method of [...methods, 'PATCH']) {
      const response = await ask(method, path)
      expectReadable(response)
      await response.body?.cancel()
    }
  })

  test('HEAD is GET without a body, or says what is allowed', async () => {
    const headers = { authorization: `Bearer ${stack.openai.apiKey}` }
    const response = await ask('HEAD', path, headers)
    expectReadable(response)
    expect(await response.text()).toBe('')
    const get = await ask('GET', path, headers)
    expect([response.status, response.headers.get('content-type')]).toEqual([
      get.status,
      get.headers.get('content-type'),
    ])
    if (get.status === 405) expect(response.headers.get('allow')).toBe(methods.join(', '))
    await get.body?.cancel()
  })
})

const MESSAGES = [{ role: 'user', content: 'a cat' }]

describe('streams, and errors in them, can be read', () => {
  test.for([
    ['/images/generations', { prompt: 'a cat' }],
    ['/images/generations', { prompt: 'a cat', partial_images: 2 }],
    ['/images/generations', { prompt: 'a cat [[fail:content_policy_violation]]' }],
    ['/chat/completions', { messages: MESSAGES }],
    ['/responses', { input: 'a cat' }],
  ] as const)('%s %j', async ([path, body]) => {
    const more = { model: 'flux-dev', stream: true, ...body }
    const response = await stack.post(path, more, { headers: ORIGIN })
    expect(response.headers.get('content-type')).toMatch(/^text\/event-stream/)
    expectReadable(response)
    await response.text()
  })

  test('what fails before it begins, too', async () => {
    const body = { model: 'nobody', messages: MESSAGES, stream: true }
    const response = await stack.post('/chat/completions', body, { headers: ORIGIN })
    expect(response.status).toBe(404)
    expectReadable(response)
  })
})

test('HEAD of a picture’s job leaves no picture open', async () => {
  const made = await stack.post('/images/generations', {
    model: 'flux-2',
    prompt: 'a cat [[bytes:64MB]]',
  })
  const id = made.headers.get('x-job-id') ?? ''
  const path = `/images/jobs/${id}?response_format=b64_json`
  const response = await stack.request(path, { method: 'HEAD' })
  expect(response.status).toBe(200)
  const picture = () => stack.fal.journal.entries().find(({ kind }) => kind === 'cdn')
  await expect.poll(() => picture()?.closedEarly).toBe(true)
})
