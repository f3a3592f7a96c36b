import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'

import { ACCESS_KEY } from '../support/start-gateway.ts'
import { startStack, type Stack } from '../support/start-stack.ts'

let stack: Stack

const TEXT = 'A sentence that stands nowhere else: rhubarb, rhubarb.'

beforeAll(async () => {
  stack = await startStack({
    ledger: 'temporary',
    env: {
      WORKER_ACCESS_KEY: `owner:${ACCESS_KEY}`,
      ACCESS_KEYS: JSON.stringify({ alice: { key: 'sk-alice', budget_usd: 0.001 } }),
      LOG_LEVEL: 'debug',
    },
  })
})
afterAll(() => stack.close())
beforeEach(() => {
  stack.fal.journal.clear()
})

function speak(more: Record<string, unknown> = {}, headers: Record<string, string> = {}) {
  const body = { model: 'tts-1', voice: 'alloy', input: TEXT, ...more }
  return stack.post('/audio/speech', body, { headers })
}

/** A WAV of so many bytes, in which there is nothing to hear. */
function aSilence(bytes: number): Uint8Array<ArrayBuffer> {
  const wav = new Uint8Array(bytes)
  wav.set(new TextEncoder().encode('RIFF____WAVEfmt '))
  const view = new DataView(wav.buffer)
  view.setUint32(4, bytes - 8, true)
  view.setUint32(16, 16, true)
  view.setUint16(20, 1, true)
  view.setUint16(22, 1, true)
  view.setUint32(24, 16_000, true)
  view.setUint32(28, 32_000, true)
  view.setUint16(32, 2, true)
  view.setUint16(34, 16, true)
  wav.set(new TextEncoder().encode('data'), 36)
  view.setUint32(40, bytes - 44, true)
  return wav
}

function write(bytes: Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}) {
  const form = new FormData()
  form.append('model', 'whisper-1')
  form.append('file', new Blob([bytes]), 'a.wav')
  return stack.request('/audio/transcriptions', { method: 'POST', body: form, headers })
}

describe('what is sent again is paid once', () => {
  test('speech, by its key', async () => {
    const key = { 'idempotency-key': 'speech-1' }
    const [first, second] = [await speak({}, key), await speak({}, key)]
    expect(await second.bytes()).toEqual(await first.bytes())
    expect(second.headers.get('x-job-id')).toBe(first.headers.get('x-job-id'))
    expect(stack.fal.journal.count('submit')).toBe(1)
    expect((await speak({ input: 'other' }, key)).status).toBe(409)
  })

  test('a transcript, by its key, although each form has another boundary', async () => {
    const key = { 'idempotency-key': 'transcript-1' }
    const [first, second] = [await write(aSilence(5000), key), await write(aSilence(5000), key)]
    expect(await second.json()).toEqual(await first.json())
    expect(stack.fal.journal.count('submit')).toBe(1)
    expect((await write(aSilence(5002), key)).status).toBe(409)
  })
})

test('a budget counts the characters of a text before it is spoken', async () => {
  const alice = { authorization: 'Bearer sk-alice' }
  // 0.0042 USD for 1,000 characters at the pretend fal.
  expect((await speak({ input: 'x'.repeat(100) }, alice)).status).toBe(200)
  const refused = await speak({ input: 'x'.repeat(250) }, alice)
  expect(refused.status).toBe(429)
  expect(await refused.json()).toMatchObject({ error: { code: 'insufficient_quota' } })
  expect(stack.fal.journal.count('submit')).toBe(1)
})

test('neither text nor sound reaches a log', async () => {
  await speak({ instructions: 'like a pirate' })
  await speak({ input: `${TEXT} [[fail:content_policy_violation]]` })
  expect(stack.gateway.log()).toContain('xai/tts/v1')
  expect(stack.gateway.log()).not.toMatch(/rhubarb|pirate/)
})
