import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

import OpenAI, { toFile } from 'openai'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'

import { aPicture } from '../support/pictures.ts'
import { ACCESS_KEY, startGateway } from '../support/start-gateway.ts'
import { startStack, until, type Stack } from '../support/start-stack.ts'

const FAL_KEYS = 'good-1:a,bad-2:b,good-3:c'

let stack: Stack
let folder: string

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'ledger-'))
  const env = { WORKER_ACCESS_KEY: `${ACCESS_KEY},bob:sk-bob`, FAL_API_KEY: FAL_KEYS }
  stack = await startStack({ ledger: folder, env })
})
afterAll(async () => {
  await stack.close()
  rmSync(folder, { recursive: true, force: true })
})
beforeEach(() => {
  stack.fal.journal.clear()
})

const submits = (): number => stack.fal.journal.count('submit')

async function draw(
  key: string | undefined,
  body: Record<string, unknown>,
  headers: Record<string, string> = {},
): Promise<{ status: number; url: string | undefined; body: { error?: { code?: string } } }> {
  const response = await stack.post(
    '/images/generations',
    { model: 'flux-dev', ...body },
    { headers: { ...(key !== undefined && { 'idempotency-key': key }), ...headers } },
  )
  const answer: { data?: { url?: string }[]; error?: { code?: string } } = JSON.parse(
    await response.text(),
  )
  return { status: response.status, url: answer.data?.[0]?.url, body: answer }
}

/** Asks twice; it must be one job. */
async function rounds<Answer>(ask: () => Promise<Answer>): Promise<void> {
  stack.fal.journal.clear()
  const [one, other] = [await ask(), await ask()]
  expect(one).toBeDefined()
  expect(other).toBeDefined()
  expect(submits()).toBe(1)
}

const drawTwin = () => stack.openai.images.generate({ model: 'flux-dev', prompt: 'two equal cats' })

describe('Idempotency-Key', () => {
  test('two equal requests at the same instant are one job and two equal answers', async () => {
    const body = { prompt: 'a cat at once [[run:300ms]]' }
    const [one, other] = await Promise.all([draw('at-once', body), draw('at-once', body)])
    expect(one.status).toBe(200)
    expect(one.url).toMatch(/^http/)
    expect(other).toEqual(one)
    expect(submits()).toBe(1)
  })

  test('400 requests over 40 keys are 40 submits', async () => {
    const ends: { status: number; url: string | undefined }[] = []
    const orders = Array.from({ length: 400 }, (_, index) => index % 40)
    const work = async (): Promise<void> => {
      for (let key = orders.pop(); key !== undefined; key = orders.pop()) {
        ends.push(await draw(`key-${key}`, { prompt: `cat ${key}` }))
      }
    }
    await Promise.all(Array.from({ length: 25 }, work))
    expect(ends.filter(({ status }) => status === 200)).toHaveLength(400)
    expect(new Set(ends.map(({ url }) => url)).size).toBe(40)
    // Jobs, not submits: a fal key that is refused is tried once in between.
    expect(stack.fal.journal.jobs()).toHaveLength(40)
  })

  test('a repeat finds the job that has ended meanwhile, in a Worker that was restarted', async () => {
    const body = { prompt: 'a cat for later' }
    const first = await draw('later', body)
    const other = await startGateway(
      stack.fal.url,
      { FAL_API_KEY: FAL_KEYS },
      // Two processes must not share the folder at the same time, so this one only reads what is there.
      { ledger: folder },
    )
    try {
      const response = await fetch(`${other.url}/v1/images/generations`, {
        method: 'POST',
        headers: { authorization: `Bearer ${ACCESS_KEY}`, 'idempotency-key': 'later' },
        body: JSON.stringify({ model: 'flux-dev', ...body }),
      })
      expect(await response.json()).toMatchObject({ data: [{ url: first.url }] })
      expect(submits()).toBe(1)
    } finally {
      await other.close()
    }
  })

  test('the same key with another body is 409, and nothing is submitted', async () => {
    await draw('other-body', { prompt: 'a cat' })
    const second = await stack.post(
      '/images/generations',
      { model: 'flux-dev', prompt: 'a dog' },
      { headers: { 'idempotency-key': 'other-body' } },
    )
    expect(second.status).toBe(409)
    expect(second.headers.get('x-should-retry')).toBe('false')
    expect(await second.json()).toMatchObject({
      error: { code: 'idempotency_key_reused', param: 'Idempotency-Key' },
    })
    expect(submits()).toBe(1)
  })

  test('another caller’s equal key is another key', async () => {
    const body = { prompt: 'a cat of two callers' }
    const mine = await draw('shared', body)
    const bobs = await draw('shared', body, { authorization: 'Bearer sk-bob' })
    expect(bobs.status).toBe(200)
    expect(bobs.url).not.toBe(mine.url)
    expect(submits()).toBe(2)
  })

  test.for(['', ' ', 'k'.repeat(256), 'a b', 'ключ'])(
    'a key such as %j is refused',
    async (key) => {
      // Node's fetch sends no header outside Latin-1, so the last is sent as the bytes a client would send.
      const header = Buffer.from(key).toString('latin1')
      const end = await draw(header, { prompt: 'a cat' })
      expect(end.status).toBe(400)
      expect(submits()).toBe(0)
    },
  )

  test('chat, edits as a form, and Responses know it, too', async () => {
    const headers = { 'Idempotency-Key': 'everywhere' }
    const picture = await aPicture()
    const model = 'flux-dev'
    const chat = { model, messages: [{ role: 'user' as const, content: 'a chat cat' }] }
    await rounds(() =>
      stack.openai.chat.completions.create(chat, { headers: { 'Idempotency-Key': 'chat' } }),
    )
    await rounds(() =>
      stack.openai.responses.create(
        { model, input: 'a cat', tools: [{ type: 'image_generation' }] },
        { headers: { 'Idempotency-Key': 'responses' } },
      ),
    )
    await rounds(async () =>
      stack.openai.images.edit(
        {
          model: 'flux-kontext',
          prompt: 'blue',
          image: await toFile(picture, 'cat.png', { type: 'image/png' }),
        },
        { headers },
      ),
    )
  })
})

test('fal’s keys take turns, and one that is refused rests', async () => {
  for (const turn of [1, 2, 3, 4, 5, 6]) await draw(`turn-${turn}`, { prompt: `turn ${turn}` })
  const used = stack.fal.journal
    .entries()
    .flatMap(({ kind, keyId }) => (kind === 'submit' ? [keyId] : []))
  // Refused at most once: it may have been before.
  expect(used.filter((key) => key === 'bad-2').length).toBeLessThanOrEqual(1)
  expect(used.filter((key) => key === 'good-1').length).toBeGreaterThanOrEqual(2)
  expect(used.filter((key) => key === 'good-3').length).toBeGreaterThanOrEqual(2)
})

describe('the official client’s own repeats', () => {
  test('a timeout of 2 s on a job of 5 s ends with a picture and one submit', async () => {
    const impatient = new OpenAI({
      baseURL: `${stack.gateway.url}/v1`,
      apiKey: ACCESS_KEY,
      timeout: 2000,
    })
    const image = await impatient.images.generate({
      model: 'flux-dev',
      prompt: 'a slow cat [[queue:1s]] [[run:4s]]',
    })
    expect(image.data?.[0]?.url).toMatch(/^http/)
    expect(submits()).toBe(1)
    expect(stack.fal.journal.count('cancel')).toBe(0)
  })

  test('a job that waited while its caller tried again is not cancelled', async () => {
    const impatient = new OpenAI({
      baseURL: `${stack.gateway.url}/v1`,
      apiKey: ACCESS_KEY,
      timeout: 1500,
    })
    const image = await impatient.images.generate({
      model: 'flux-dev',
      prompt: 'a waiting cat [[queue:4s]]',
    })
    expect(image.data?.[0]?.url).toMatch(/^http/)
    expect(submits()).toBe(1)
    expect(stack.fal.journal.count('cancel')).toBe(0)
  })

  test('two equal requests are two pictures, as long as neither is a repeat', async () => {
    const [one, other] = await Promise.all([drawTwin(), drawTwin()])
    expect(one.data?.[0]?.url).not.toBe(other.data?.[0]?.url)
    expect(submits()).toBe(2)
  })

  test('a repeat of something never seen is a new job', async () => {
    const end = await draw(undefined, { prompt: 'unseen' }, { 'x-stainless-retry-count': '1' })
    expect(end.status).toBe(200)
    expect(submits()).toBe(1)
  })

  test('what nobody comes back for is cancelled once, after 10 s', async () => {
    const once = new OpenAI({
      baseURL: `${stack.gateway.url}/v1`,
      apiKey: ACCESS_KEY,
      timeout: 500,
      maxRetries: 0,
    })
    const stream = await once.chat.completions.create({
      model: 'flux-dev',
      stream: true,
      messages: [{ role: 'user', content: 'a left cat [[queue:25s]]' }],
    })
    stream.controller.abort()
    await until(() => stack.fal.journal.openStreams() === 0)
    expect(stack.fal.journal.count('cancel')).toBe(0)
    await until(() => stack.fal.journal.count('cancel') === 1, 20)
    expect(stack.fal.journal.jobs()[0]).toMatchObject({ errorType: 'client_cancelled' })
  })
})

describe('when fal’s answer to the submit is lost', () => {
  test('a repeat does not submit again', async () => {
    const body = { prompt: 'a lost cat [[submit:cut-after]]' }
    const first = await draw('lost', body)
    const second = await draw('lost', body)
    expect([first.status, second.status]).toEqual([502, 502])
    expect(submits()).toBe(1)
  })

  test('what fal has surely not taken is submitted again', async () => {
    const body = { prompt: 'a limited cat [[submit:429*9]]' }
    const first = await draw('limited', body)
    expect(first.status).toBe(429)
    expect(await draw('limited', { ...body })).toMatchObject({ status: 200 })
  })
})
