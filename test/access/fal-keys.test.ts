import { APIError } from 'openai'
import { afterEach, expect, test } from 'vitest'

import { aPicture } from '../support/pictures.ts'
import { startStack, type Stack } from '../support/start-stack.ts'

let stack: Stack

afterEach(() => stack.close())

async function status(prompt = 'a cat'): Promise<[number | undefined, string | null | undefined]> {
  try {
    await stack.openai.images.generate({ model: 'flux-dev', prompt })
    return [200, null]
  } catch (error) {
    if (error instanceof APIError) return [error.status, error.code]
    throw error
  }
}

/** The ids of the fal keys that were presented with submits, in order. */
function keysUsed(): readonly (string | undefined)[] {
  return stack.fal.journal
    .entries()
    .filter(({ kind }) => kind === 'submit')
    .map(({ headers }) => /^Key ([^:]+)/.exec(headers.authorization ?? '')?.[1])
}

test('a rejected fal key is the owner’s trouble: 503, one try with every key of the pool', async () => {
  stack = await startStack({ env: { FAL_API_KEY: 'bad-1:x, bad-2:x,bad-3:x' } })
  expect(await status()).toEqual([503, 'upstream_auth_failed'])
  expect(keysUsed()).toEqual(['bad-1', 'bad-2', 'bad-3'])
})

test('an exhausted balance is 429 insufficient_quota and is not retried', async () => {
  stack = await startStack({ env: { FAL_API_KEY: 'locked-1:x' } })
  expect(await status()).toEqual([429, 'insufficient_quota'])
  expect(keysUsed()).toEqual(['locked-1'])
})

test('keys take turns, and one that was rejected rests', async () => {
  stack = await startStack({ env: { FAL_API_KEY: 'good-1:x,bad-2:x,good-3:x' } })
  for (let count = 0; count < 6; count += 1) expect(await status()).toEqual([200, null])
  const used = keysUsed()
  expect(used.filter((key) => key === 'bad-2')).toHaveLength(1)
  expect(used.filter((key) => key === 'good-1').length).toBeGreaterThanOrEqual(2)
  expect(used.filter((key) => key === 'good-3').length).toBeGreaterThanOrEqual(2)
})

/** As an upload: what is kept at fal needs a key as well. */
async function keep(): Promise<string> {
  const file = new File([new Uint8Array(await aPicture())], 'a.png', { type: 'image/png' })
  return (await stack.openai.files.create({ file, purpose: 'vision' })).id
}

test('what is no job takes nobody’s turn', async () => {
  stack = await startStack({ env: { FAL_API_KEY: 'good-1:x,good-2:x' } })
  for (let count = 0; count < 4; count += 1) {
    expect(await keep()).toMatch(/^file-/)
    expect(await status()).toEqual([200, null])
  }
  expect(keysUsed().filter((key) => key === 'good-2')).toHaveLength(2)
})

test('a file is kept with the next key when one is refused, which rests', async () => {
  stack = await startStack({ env: { FAL_API_KEY: 'bad-1:x,good-2:x' } })
  expect(await keep()).toMatch(/^file-/)
  expect(await status()).toEqual([200, null])
  expect(keysUsed()).toEqual(['good-2'])
})

test('a key at its limit hands over to the next at once', async () => {
  stack = await startStack({ env: { FAL_API_KEY: 'limited-1:x,good-2:x' } })
  expect(await status()).toEqual([200, null])
  expect(await status()).toEqual([200, null])
  expect(keysUsed()).toEqual(['limited-1', 'good-2', 'good-2'])
})

test('a job is followed and read with the key that submitted it', async () => {
  stack = await startStack({ env: { FAL_API_KEY: 'good-1:x,good-2:x' } })
  await status()
  await status()
  for (const job of stack.fal.journal.jobs()) {
    const keys = stack.fal.journal
      .entries()
      .filter(({ requestId }) => requestId === job.id)
      .map(({ keyId }) => keyId)
    expect(new Set(keys)).toEqual(new Set([job.keyId]))
  }
})

test('a job of several requests has one key, with which it can be looked up', async () => {
  stack = await startStack({ env: { FAL_API_KEY: 'good-1:x,good-2:x,good-3:x' } })
  const response = await stack.post('/images/generations', {
    model: 'flux-2-pro',
    prompt: 'a cat',
    n: 3,
  })
  expect(new Set(keysUsed()).size).toBe(1)
  const found = await stack.request(`/images/jobs/${response.headers.get('x-job-id')}`)
  expect(await found.json()).toMatchObject({ status: 'completed', result: { data: [{}, {}, {}] } })
})

test('when the first of several requests is not taken, none is', async () => {
  stack = await startStack()
  const response = await stack.post('/images/generations', {
    model: 'flux-2-pro',
    prompt: 'a cat [[submit:cut-after*1]]',
    n: 4,
  })
  expect(response.status).toBe(502)
  expect(response.headers.get('x-should-retry')).toBe('false')
  expect(stack.asked()).toEqual({ submit: 1 })
})

test('a retired endpoint’s successor serves, and is named', async () => {
  stack = await startStack({ retired: ['fal-ai/imagen4/preview'] })
  const first = await stack.post('/images/generations', { prompt: 'a cat', size: '3:2' })
  expect(first.headers.get('x-fal-endpoint')).toBe('fal-ai/nano-banana-2')
  expect(await first.json()).toMatchObject({ model: 'imagen4-preview' })
  // Imagen 4 has no 3:2; its successor has, and is asked in its own words.
  expect(stack.fal.journal.jobs()[0]?.input).toMatchObject({ aspect_ratio: '3:2' })
  const chat = await stack.openai.chat.completions.create({
    model: 'imagen4-preview',
    messages: [{ role: 'user', content: 'a cat' }],
  })
  expect(chat).toMatchObject({
    model: 'imagen4-preview',
    system_fingerprint: 'fal-ai/nano-banana-2',
  })
  // The second time nobody asks the dead one.
  expect(stack.asked()).toMatchObject({ submit: 3 })
  expect(stack.gateway.log()).toContain('endpoint retired')
})

test('a retired endpoint without a living successor is 404', async () => {
  stack = await startStack({ retired: ['fal-ai/flux/dev'] })
  expect(await status()).toEqual([404, 'model_not_found'])
})
