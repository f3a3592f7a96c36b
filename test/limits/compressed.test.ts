import { brotliCompressSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib'

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'

import { aPicture } from '../support/pictures.ts'
import { ACCESS_KEY } from '../support/start-gateway.ts'
import { startStack, type Stack } from '../support/start-stack.ts'

let stack: Stack

beforeAll(async () => {
  stack = await startStack({ ledger: 'temporary' })
})
afterAll(() => stack.close())
beforeEach(() => {
  stack.fal.journal.clear()
})

const PACK = { gzip: gzipSync, deflate: deflateSync, zstd: zstdCompressSync } as const
const CODINGS = ['gzip', 'deflate', 'zstd'] as const

interface Sent {
  readonly status: number
  readonly body: unknown
  /** What the answer says that may be sent. */
  readonly accepted: string | null
}

async function send(
  path: string,
  body: Uint8Array,
  headers: Record<string, string>,
): Promise<Sent> {
  const response = await fetch(`${stack.gateway.url}/v1${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${ACCESS_KEY}`, ...headers },
    body: new Uint8Array(body),
  })
  const { status, headers: told } = response
  return { status, body: await response.json(), accepted: told.get('accept-encoding') }
}

/**
 * The connection is closed when it has been answered, with most of the body unread; a client may see the reset
 * before the answer. Such a try says nothing.
 */
async function untilAnswered(ask: () => Promise<Sent>): Promise<Sent> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await ask()
    } catch (error) {
      if (tries === 5) throw error
    }
  }
}

const json = 'application/json'

const WISHES = [
  ['/images/generations', { prompt: 'an owl' }],
  ['/chat/completions', { messages: [{ role: 'user', content: 'draw an owl' }] }],
  ['/responses', { input: 'draw an owl' }],
] as const

describe.each(CODINGS)('%s', (coding) => {
  test.for(WISHES)('is read: %s', async ([path, wish]) => {
    const body = PACK[coding](JSON.stringify({ model: 'flux-schnell', ...wish }))
    const sent = await send(path, body, { 'content-type': json, 'content-encoding': coding })
    expect(sent).toMatchObject({ status: 200 })
    expect(stack.fal.journal.jobs()).toMatchObject([
      { input: { prompt: expect.stringContaining('an owl') } },
    ])
  })

  test('is read of a form with a picture in it', async () => {
    const form = new FormData()
    form.set('model', 'nano-banana')
    form.set('prompt', 'make it blue')
    form.set('image', new File([new Uint8Array(await aPicture())], 'a.png'))
    const whole = new Response(form)
    const type = whole.headers.get('content-type') ?? ''
    const body = PACK[coding](new Uint8Array(await whole.arrayBuffer()))
    const sent = await send('/images/edits', body, {
      'content-type': type,
      'content-encoding': coding,
    })
    expect(sent).toMatchObject({ status: 200 })
    expect(stack.fal.journal.jobs()).toHaveLength(1)
  })

  test('a repeat with its key is the same order', async () => {
    const body = PACK[coding](JSON.stringify({ model: 'flux-schnell', prompt: 'one owl' }))
    const headers = { 'content-type': json, 'content-encoding': coding, 'idempotency-key': coding }
    const first = await send('/images/generations', body, headers)
    expect(await send('/images/generations', body, headers)).toEqual(first)
    expect(stack.fal.journal.jobs()).toHaveLength(1)
  })

  test('what unpacks to more than 32 MB is 413, however small it came', async () => {
    const bomb = PACK[coding](JSON.stringify({ prompt: 'x'.repeat(36_000_000) }))
    expect(bomb.byteLength).toBeLessThan(100_000)
    const headers = { 'content-type': json, 'content-encoding': coding }
    const sent = await untilAnswered(() => send('/images/generations', bomb, headers))
    expect(sent).toMatchObject({ status: 413, body: { error: { code: 'request_too_large' } } })
  })

  test('what is cut off, or is something else, is 400', async () => {
    const body = PACK[coding](
      JSON.stringify({ model: 'flux-schnell', prompt: 'an owl '.repeat(99) }),
    )
    const headers = { 'content-type': json, 'content-encoding': coding }
    for (const wrong of [
      body.subarray(0, body.byteLength - 12),
      Buffer.from('{"prompt":"an owl"}'),
    ]) {
      const sent = await send('/images/generations', wrong, headers)
      expect(sent).toMatchObject({ status: 400, body: { error: { code: 'invalid_json' } } })
    }
    expect(stack.fal.journal.jobs()).toEqual([])
  })
})

test.for([
  ['br', brotliCompressSync],
  ['gzip, gzip', (body: Buffer) => gzipSync(gzipSync(body))],
  ['compress', (body: Buffer) => body],
] as const)('%s is named, and nothing is made', async ([coding, pack]) => {
  const body = pack(Buffer.from(JSON.stringify({ model: 'flux-schnell', prompt: 'an owl' })))
  const headers = { 'content-type': json, 'content-encoding': coding }
  const sent = await send('/images/generations', body, headers)
  expect(sent).toMatchObject({
    status: 415,
    body: { error: { message: expect.stringContaining(coding) } },
    accepted: 'gzip, deflate, zstd',
  })
  expect(stack.fal.journal.jobs()).toEqual([])
})
