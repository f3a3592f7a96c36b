import { afterAll, beforeAll, expect, test } from 'vitest'
import * as z from 'zod'

import { startStack, until, type Stack } from '../support/start-stack.ts'

let stack: Stack
beforeAll(async () => {
  stack = await startStack({ env: { IMAGE_URLS: 'proxy' } })
})
afterAll(() => stack.close())

const job = z.object({
  id: z.string(),
  status: z.string(),
  result: z.optional(z.looseObject({ url: z.string() })),
})

/** The address that is told of what was spoken in the background, and fal's bytes. */
async function speak(model: string, more: Record<string, unknown> = {}) {
  stack.fal.journal.clear()
  const body = { model, input: 'Good evening.', ...more }
  const headers = { prefer: 'respond-async' }
  const response = await stack.post('/audio/speech', body, { headers })
  let told = job.parse(await response.json())
  await until(async () => {
    told = job.parse(await (await stack.request(`/jobs/${told.id}`)).json())
    return told.status === 'completed'
  })
  const content = await stack.request(`/jobs/${told.id}/content`)
  return { url: told.result?.url ?? '', bytes: Buffer.from(await content.arrayBuffer()) }
}

test.for([
  ['tts-1', {}, 'mp3', 'audio/mpeg'],
  ['kokoro', {}, 'wav', 'audio/wav'],
  ['gemini-tts', { response_format: 'opus' }, 'ogg', 'audio/ogg'],
] as const)(
  'a link to the sound of %s ends as its file does, and answers without a key',
  async ([model, more, ending, type]) => {
    const { url, bytes } = await speak(model, more)
    expect(url.startsWith(`${stack.gateway.url}/images/`)).toBe(true)
    expect(url.endsWith(`.${ending}`)).toBe(true)
    const whole = await fetch(url)
    expect(Object.fromEntries(whole.headers)).toMatchObject({
      'content-type': type,
      'content-length': String(bytes.length),
      'accept-ranges': 'bytes',
      'x-content-type-options': 'nosniff',
      'access-control-allow-origin': '*',
    })
    expect(Buffer.from(await whole.arrayBuffer()).equals(bytes)).toBe(true)
  },
)

test('players ask for parts of it, for its head, and whether it is still the same', async () => {
  const { url, bytes } = await speak('kokoro')
  const part = await fetch(url, { headers: { range: 'bytes=8-11' } })
  expect([part.status, part.headers.get('content-range')]).toEqual([
    206,
    `bytes 8-11/${bytes.length}`,
  ])
  expect(await part.text()).toBe('WAVE')
  const rest = await fetch(url, { headers: { range: 'bytes=100-' } })
  expect(Buffer.from(await rest.arrayBuffer()).equals(bytes.subarray(100))).toBe(true)
  const head = await fetch(url, { method: 'HEAD' })
  expect([head.status, head.headers.get('content-type')]).toEqual([200, 'audio/wav'])
  const etag = head.headers.get('etag') ?? ''
  expect((await fetch(url, { headers: { 'if-none-match': etag } })).status).toBe(304)
  expect((await fetch(url, { headers: { range: 'bytes=99999999-' } })).status).toBe(416)
})

test('another ending, or a letter of the signature, leads nowhere', async () => {
  const { url } = await speak('tts-1')
  for (const wrong of [url.replace(/mp3$/, 'wav'), url.replace(/\.mp3$/, ''), `${url}x`]) {
    expect((await fetch(wrong)).status).toBe(404)
  }
})

test('sent back to be written down, the link is fal’s own address again', async () => {
  const { url } = await speak('tts-1')
  const answer = await stack.post('/audio/transcriptions', { model: 'whisper-1', file: url })
  expect(await answer.json()).toMatchObject({ text: 'Good evening.' })
  const input = z.object({ audio_url: z.string() }).parse(stack.fal.journal.jobs().at(-1)?.input)
  expect(input.audio_url.startsWith(`${stack.fal.url}/cdn/`)).toBe(true)
})
