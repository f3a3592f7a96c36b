import { toFile } from 'openai'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import * as z from 'zod'

import { aPicture, aPictureOf } from '../support/pictures.ts'
import { startStack, until, type Stack } from '../support/start-stack.ts'

let stack: Stack

beforeAll(async () => {
  const ACCESS_KEYS = JSON.stringify({ poor: { key: 'sk-poor', budget_usd: 0.05 } })
  stack = await startStack({ ledger: 'temporary', env: { ACCESS_KEYS } })
})
afterAll(() => stack.close())
beforeEach(() => {
  stack.fal.journal.clear()
})

/** What the pretend fal was asked for besides prices and descriptions of endpoints. */
function done(): readonly string[] {
  const kinds = stack.fal.journal.entries().map(({ kind }) => kind)
  return kinds.filter((kind) => kind !== 'pricing' && kind !== 'models')
}

async function quoteOf(path: string, body: object | FormData): Promise<Record<string, unknown>> {
  const url = `${path}?dry_run=true`
  const response =
    body instanceof FormData
      ? await stack.request(url, { method: 'POST', body })
      : await stack.post(url, body)
  expect(response.status).toBe(200)
  return z.record(z.string(), z.unknown()).parse(await response.json())
}

function submitted() {
  const { endpoint, body } = stack.fal.journal.entries().find(({ kind }) => kind === 'submit') ?? {}
  return { endpoint, input: body }
}

const words = [{ role: 'user', content: 'draw a cat' }]

describe('what a quote says is what the same request does then', () => {
  test.for([
    ['/images/generations', { prompt: 'a cat', n: 2, model: 'nano-banana' }, 'images'],
    ['/images/generations', { prompt: 'a cat', model: 'flux', size: '1024x1024' }, 'megapixels'],
    ['/images/generations', { prompt: 'a cat', n: 3, model: 'Flux 1.1 Pro Ultra' }, 'images'],
    ['/images/generations', { prompt: 'a cat', model: 'fal-ai/kolors' }, 'images'],
    ['/chat/completions', { messages: words, model: 'nano-banana' }, 'images'],
    ['/responses', { input: 'a cat', model: 'nano-banana' }, 'images'],
    [
      '/audio/speech',
      { input: 'Good morning.', voice: 'alloy', model: 'tts-1' },
      '1000 characters',
    ],
  ] as const)('%s %o', async ([path, body, unit]) => {
    const quote = await quoteOf(path, body)
    expect(done()).toEqual([])
    expect(quote).toMatchObject({ object: 'quote', model: body.model, unit })
    const response = await stack.post(path, body)
    await response.arrayBuffer()
    expect(submitted()).toEqual({ endpoint: quote['endpoint'], input: quote['input'] })
    expect(stack.fal.journal.count('submit')).toBe(quote['requests'])
    expect(Number(response.headers.get('x-cost-usd'))).toBeCloseTo(Number(quote['cost_usd']), 6)
  })

  test.for([
    ['/videos', { prompt: 'a cat', model: 'sora-2', seconds: '8' }],
    ['/video/generations', { prompt: 'a cat', model: 'sora-2', duration: 8 }],
    ['/videos/generations', { prompt: 'a cat', model: 'sora-2', seconds: 8 }],
    ['/responses', { input: 'a cat', model: 'nano-banana', background: true }],
  ] as const)('in the background: %s %o', async ([path, body]) => {
    const quote = await quoteOf(path, body)
    expect(done()).toEqual([])
    expect(quote).toMatchObject({ model: body.model, requests: 1, cost_usd: expect.any(Number) })
    expect((await stack.post(path, body)).status).toBe(200)
    expect(submitted()).toEqual({ endpoint: quote['endpoint'], input: quote['input'] })
  })

  test('through the official client, streams too', async () => {
    const request = { prompt: 'a cat', model: 'nano-banana', stream: true } as const
    const client = stack.openai.images
    const quote: unknown = await client
      .generate({ ...request, stream: false }, { query: { dry_run: true } })
      .then((answer) => answer)
    expect(quote).toMatchObject({ object: 'quote', units: 1, cost_usd: 0.0398 })
    expect(await quoteOf('/images/generations', request)).toMatchObject({ object: 'quote' })
    expect(done()).toEqual([])
  })
})

async function form(fields: Record<string, string>, name: string, file: File): Promise<FormData> {
  const made = new FormData()
  for (const [field, value] of Object.entries(fields)) made.append(field, value)
  made.append(name, file)
  return made
}

describe('files', () => {
  test.for(['/images/edits', '/images/variations'])(
    'a small one in %s is not told back',
    async (path) => {
      const file = await toFile(await aPicture(), 'a.png')
      const quote = await quoteOf(
        path,
        await form({ prompt: 'red', model: 'nano-banana' }, 'image', file),
      )
      expect(JSON.stringify(quote['input'])).toMatch(
        /data:image\/png;base64,[\w+/]+… \(\d+ characters\)/,
      )
      expect(JSON.stringify(quote).length).toBeLessThan(1000)
      expect(done()).toEqual([])
    },
  )

  test.for([
    ['/images/edits', 'image', 'nano-banana'],
    ['/videos', 'input_reference', 'sora-2'],
  ] as const)('one that %s would store is named, not stored', async ([path, name, model]) => {
    const file = await toFile(await aPictureOf(6_000_000), 'a.png')
    const quote = await quoteOf(path, await form({ prompt: 'red', model }, name, file))
    expect(JSON.stringify(quote['input'])).toContain('https://not-uploaded.invalid/image.png')
    expect(done()).toEqual([])
  })

  test.for(['/audio/transcriptions', '/audio/translations'])('a recording for %s', async (path) => {
    const speech = await stack.openai.audio.speech.create({
      model: 'tts-1',
      voice: 'alloy',
      input: 'Good morning.',
      response_format: 'wav',
    })
    const file = await toFile(Buffer.from(await speech.arrayBuffer()), 'a.wav')
    stack.fal.journal.clear()
    const quote = await quoteOf(path, await form({ model: 'whisper-1' }, 'file', file))
    expect(quote).toMatchObject({ model: 'whisper-1', requests: 1 })
    expect(JSON.stringify(quote['input'])).toContain('https://not-uploaded.invalid/audio.')
    expect(done()).toEqual([])
  })
})

test('a video of ours is remixed and edited for a quote only', async () => {
  const { id } = await stack.openai.videos.create({ prompt: 'a cat' })
  await until(async () => (await stack.openai.videos.retrieve(id)).status === 'completed')
  stack.fal.journal.clear()
  const remix = await quoteOf(`/videos/${id}/remix`, { prompt: 'in snow' })
  const edit = await quoteOf('/videos/edits', { prompt: 'in snow', video: { id } })
  for (const quote of [remix, edit]) expect(quote).toMatchObject({ object: 'quote', requests: 1 })
  expect(stack.fal.journal.count('submit')).toBe(0)
})

test('what is asked of several requests and steps is counted together', async () => {
  const wish = { prompt: 'a cat', model: 'nano-banana', background: 'transparent', n: 2 }
  expect(await quoteOf('/images/generations', wish)).toMatchObject({
    requests: 3,
    units: 2,
    unit: 'images',
    cost_usd: 0.1796,
    further: [{ units: 2, unit: 'images', cost_usd: 0.1 }],
  })
})

test('a greeting would be answered in words: nothing is requested, and nothing costs', async () => {
  const messages = [{ role: 'user', content: 'hello' }]
  for (const stream of [true, false]) {
    const asked = [
      await quoteOf('/chat/completions', { messages, model: 'flux', stream }),
      await quoteOf('/responses', { input: 'hello', model: 'flux', stream }),
    ]
    for (const quote of asked) {
      expect(quote).toEqual({
        object: 'quote',
        model: 'flux',
        requests: 0,
        units: 0,
        cost_usd: 0,
        adjusted: [],
      })
    }
  }
})

test('what cannot be counted beforehand has a unit and no cost', async () => {
  const model = 'fal-ai/elevenlabs/sound-effects/v2'
  const quote = await quoteOf('/audio/speech', { input: 'rain on a roof', model })
  expect(quote).toMatchObject({ unit: 'seconds', requests: 1 })
  expect(Object.keys(quote)).not.toContain('cost_usd')
  expect(Object.keys(quote)).not.toContain('units')
})

describe('mistakes', () => {
  test.for([
    ['/images/generations', { prompt: '' }],
    ['/images/generations', { prompt: 'a cat', model: 'no-such-model' }],
    ['/chat/completions', { messages: [] }],
    ['/responses', {}],
    ['/videos', { prompt: 7 }],
    ['/audio/speech', { input: 'hi', speed: 9 }],
    ['/audio/transcriptions', {}],
  ] as const)('%s %o is refused as without', async ([path, body]) => {
    const answers = [await stack.post(path, body), await stack.post(`${path}?dry_run=true`, body)]
    const [real, dry] = await Promise.all(
      answers.map(async (one) => [one.status, await one.text()]),
    )
    expect(dry).toEqual(real)
    expect(dry?.[0]).not.toBe(200)
    expect(done()).toEqual([])
  })

  test.for([
    ['POST', '/images/generations?dry_run=yes', 'true or false'],
    ['POST', '/images/generations?dry_run=', 'true or false'],
    ['POST', '/files?dry_run=true', 'costs nothing'],
    ['POST', '/videos/characters?dry_run=true', 'costs nothing'],
    ['POST', '/responses/resp_x/cancel?dry_run=1', 'costs nothing'],
    ['DELETE', '/videos/video_x?dry_run=1', 'costs nothing'],
  ] as const)('%s %s does nothing', async ([method, path, message]) => {
    const body = method === 'POST' ? { body: JSON.stringify({ prompt: 'a cat' }) } : {}
    const response = await stack.request(path, { method, ...body })
    expect([response.status, await response.text()]).toEqual([
      400,
      expect.stringContaining(message),
    ])
    expect(done()).toEqual([])
  })

  test('dry_run=false is no quote', async () => {
    const wish = { prompt: 'a cat', model: 'nano-banana' }
    await (await stack.post('/images/generations?dry_run=false', wish)).arrayBuffer()
    expect(stack.fal.journal.count('submit')).toBe(1)
  })
})

test('neither a budget nor a repeat hears of it', async () => {
  const wish = { prompt: 'a cat', model: 'nano-banana', n: 2 }
  const headers = { authorization: 'Bearer sk-poor', 'idempotency-key': 'quoted' }
  for (const path of ['/images/generations?dry_run=true', '/images/generations?dry_run=true']) {
    const quote = await stack.post(path, wish, { headers })
    expect([quote.status, await quote.json()]).toEqual([
      200,
      expect.objectContaining({ cost_usd: 0.0796 }),
    ])
  }
  // More than the budget: refused before anything is submitted.
  expect((await stack.post('/images/generations', wish, { headers })).status).toBe(429)
  const one = await stack.post(
    '/images/generations',
    { ...wish, n: 1 },
    { headers: { ...headers, 'idempotency-key': 'one' } },
  )
  expect([one.status, one.headers.get('x-cost-usd')]).toEqual([200, '0.0398'])
})
