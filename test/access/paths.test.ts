import { AzureOpenAI } from 'openai'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { ACCESS_KEY, startGateway } from '../support/start-gateway.ts'
import { startStack, type Stack } from '../support/start-stack.ts'

let stack: Stack

beforeAll(async () => {
  stack = await startStack()
})
afterAll(() => stack.close())

const body = JSON.stringify({ model: 'flux-dev', prompt: 'a cat' })

test.for([
  '/v1/images/generations',
  '/images/generations',
  '//v1//images//generations',
  '/v1/v1/images/generations',
  '/v1/images/generations/',
])('%s is the same route', async (path) => {
  const headers = { authorization: `Bearer ${ACCESS_KEY}` }
  const response = await fetch(`${stack.gateway.url}${path}`, { method: 'POST', headers, body })
  expect(response.status).toBe(200)
})

test.for([
  { authorization: `bearer ${ACCESS_KEY}` },
  { authorization: `BEARER  ${ACCESS_KEY} ` },
  { 'api-key': ACCESS_KEY },
  { 'x-api-key': ACCESS_KEY },
])('%j opens', async (headers) => {
  const response = await fetch(`${stack.gateway.url}/v1/models`, { headers: new Headers(headers) })
  expect(response.status).toBe(200)
})

test.for([
  { authorization: '' },
  { authorization: ACCESS_KEY },
  { authorization: `Basic ${ACCESS_KEY}` },
  { authorization: `Bearer ${ACCESS_KEY}x` },
  { authorization: `Bearer ${ACCESS_KEY.slice(1)}` },
  { 'api-key': '' },
])('%j does not', async (headers) => {
  const response = await fetch(`${stack.gateway.url}/v1/models`, { headers: new Headers(headers) })
  expect(response.status).toBe(401)
  expect(response.headers.get('www-authenticate')).toBe('Bearer')
})

// Shows: azure/images, azure/chat
test('the official Azure client reaches images and chat, the model in its path', async () => {
  const azure = new AzureOpenAI({
    endpoint: stack.gateway.url,
    apiKey: ACCESS_KEY,
    apiVersion: '2025-04-01-preview',
  })
  const answer = await azure.images.generate({ model: 'flux-dev', prompt: 'a cat' })
  expect(answer).toMatchObject({ model: 'flux-dev', data: [{}] })
  const chat = await azure.chat.completions.create({
    model: 'flux-schnell',
    messages: [{ role: 'user', content: 'a cat' }],
  })
  expect(chat.model).toBe('flux-schnell')
  const bare = await fetch(
    `${stack.gateway.url}/openai/deployments/flux-dev/images/generations?api-version=1`,
    { method: 'POST', headers: { 'api-key': ACCESS_KEY }, body: '{"prompt":"a cat"}' },
  )
  expect(bare.headers.get('x-fal-endpoint')).toBe('fal-ai/flux/dev')
})

describe('what browsers need', () => {
  test('a preflight needs no key and allows the headers that were asked for', async () => {
    const response = await fetch(`${stack.gateway.url}/v1/chat/completions`, {
      method: 'OPTIONS',
      headers: {
        origin: 'https://app.example',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization, x-stainless-lang',
      },
    })
    expect(response.status).toBe(204)
    expect(response.headers.get('access-control-allow-origin')).toBe('*')
    expect(response.headers.get('access-control-allow-headers')).toBe(
      'authorization, x-stainless-lang',
    )
    expect(response.headers.get('access-control-allow-methods')).toContain('POST')
  })

  test.for(['/v1/models', '/v1/nowhere', '/v1/images/generations', '/healthz'])(
    '%s has them on every answer',
    async (path) => {
      const response = await fetch(`${stack.gateway.url}${path}`)
      expect(response.headers.get('access-control-allow-origin')).toBe('*')
      expect(response.headers.get('access-control-expose-headers')).toContain('x-job-id')
    },
  )

  test('only the origins that are set are allowed', async () => {
    const strict = await startGateway(stack.fal.url, { CORS_ORIGINS: 'https://a.example' })
    const allowed = async (origin: string): Promise<string | null> =>
      (await fetch(`${strict.url}/healthz`, { headers: { origin } })).headers.get(
        'access-control-allow-origin',
      )
    expect(await allowed('https://a.example')).toBe('https://a.example')
    expect(await allowed('https://b.example')).toBeNull()
    await strict.close()
  })
})

test('an unknown route is 404, a wrong method 405 with what is allowed', async () => {
  const nowhere = await stack.request('/nowhere')
  expect(nowhere.status).toBe(404)
  expect(await nowhere.json()).toMatchObject({ error: { code: 'unknown_url' } })
  const wrong = await stack.request('/images/generations')
  expect(wrong.status).toBe(405)
  expect(wrong.headers.get('allow')).toBe('POST')
  // The address of a picture takes any word, but not the blame for a mistyped path.
  const mistyped = await stack.post('/images/generation', { prompt: 'a cat' })
  expect(mistyped.status).toBe(404)
  expect(await mistyped.json()).toMatchObject({ error: { code: 'unknown_url' } })
})

test('HEAD answers as GET, without a body', async () => {
  const response = await stack.request('/models', { method: 'HEAD' })
  expect(response.status).toBe(200)
  expect(await response.text()).toBe('')
})

describe('a gateway that is not configured', () => {
  test.for([
    [{ WORKER_ACCESS_KEY: undefined }, 'WORKER_ACCESS_KEY'],
    [{ WORKER_ACCESS_KEY: ' , ' }, 'WORKER_ACCESS_KEY'],
    [{ FAL_API_KEY: undefined }, 'FAL_API_KEY'],
    [{ FAL_API_KEY: '' }, 'FAL_API_KEY'],
    [{ JOB_TIMEOUT_SECONDS: 'soon' }, 'JOB_TIMEOUT_SECONDS'],
    [{ FAL_QUEUE_URL: 'queue.fal.run' }, 'FAL_QUEUE_URL'],
    [{ DEFAULT_MODEL: 'no-such-model' }, 'DEFAULT_MODEL'],
    [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL'],
    [{ IMAGE_URLS: 'r2' }, 'IMAGE_URLS'],
  ] as const)('%j answers every call with 500 that names the variable', async ([env, variable]) => {
    const gateway = await startGateway(stack.fal.url, env)
    for (const path of ['/v1/models', '/v1/images/generations']) {
      const response = await fetch(`${gateway.url}${path}`, {
        method: path.endsWith('s/generations') ? 'POST' : 'GET',
        headers: { authorization: `Bearer ${ACCESS_KEY}` },
      })
      expect(response.status).toBe(500)
      expect(response.headers.get('x-should-retry')).toBe('false')
      expect(response.headers.get('access-control-allow-origin')).toBe('*')
      expect(await response.json()).toMatchObject({
        error: { code: 'worker_not_configured', message: expect.stringContaining(variable) },
      })
    }
    await gateway.close()
  })
})

test('keys can be named, and one with a colon in it works whole', async () => {
  const gateway = await startGateway(stack.fal.url, { WORKER_ACCESS_KEY: 'alice:sk-a, sk:b' })
  const opens = async (key: string): Promise<boolean> =>
    (await fetch(`${gateway.url}/v1/models`, { headers: { 'api-key': key } })).ok
  expect(await opens('sk-a')).toBe(true)
  expect(await opens('alice:sk-a')).toBe(true)
  expect(await opens('sk:b')).toBe(true)
  expect(await opens('alice')).toBe(false)
  await gateway.close()
})
