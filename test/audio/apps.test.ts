import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import * as z from 'zod'

import { startStack, type Stack } from '../support/start-stack.ts'

// Requests of apps that are not installed here, as they are in their source: names, order and types are theirs.

let stack: Stack
let spoken: Uint8Array<ArrayBuffer>

const TEXT = 'The quick brown fox jumps over the lazy dog.'

beforeAll(async () => {
  stack = await startStack()
  const response = await stack.post('/audio/speech', { model: 'tts-1', input: TEXT, voice: 'nova' })
  spoken = new Uint8Array(await response.arrayBuffer())
})
afterAll(() => stack.close())
beforeEach(() => {
  stack.fal.journal.clear()
})

type Part = readonly [head: string, body: string | Uint8Array]

const AUDIO = 'Content-Type: audio/mpeg'

async function send(
  path: string,
  parts: readonly Part[],
): Promise<{ status: number; body: string }> {
  const boundary = '2f9ad1e5b2d04f0fa9d1c52f5f8f86ad'
  const pieces = parts.flatMap(([head, body]) => [
    `--${boundary}\r\nContent-Disposition: form-data; ${head}\r\n\r\n`,
    body,
    '\r\n',
  ])
  const bytes = [...pieces, `--${boundary}--\r\n`].map((piece) => Buffer.from(piece))
  const response = await stack.request(path, {
    method: 'POST',
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
    body: new Uint8Array(Buffer.concat(bytes)),
  })
  return { status: response.status, body: await response.text() }
}

function textIn(body: string): string {
  return z.object({ text: z.string() }).parse(JSON.parse(body)).text
}

describe('Open WebUI', () => {
  // Shows: open-webui/speech
  test.for([{}, { speed: 1.5, response_format: 'mp3' }])(
    'speaks, with what its owner adds to every request: %j',
    async (more) => {
      const response = await stack.post('/audio/speech', {
        input: TEXT,
        voice: 'alloy',
        model: 'tts-1',
        ...more,
      })
      expect(response.headers.get('content-type')).toBe('audio/mpeg')
      // Kept in a file that ends in .mp3, whatever the answer says.
      expect((await response.bytes()).length).toBeGreaterThan(1000)
    },
  )

  // Shows: open-webui/menus
  test('fills its menus, and sends no key with that', async () => {
    const base = `${stack.gateway.url}/v1/audio`
    const named = z.array(z.object({ id: z.string(), name: z.string() }))
    const { models } = z
      .object({ models: named })
      .parse(await (await fetch(`${base}/models`)).json())
    expect(models.map(({ id }) => id)).toEqual(expect.arrayContaining(['tts-1', 'kokoro']))
    const { voices } = z
      .object({ voices: named })
      .parse(await (await fetch(`${base}/voices`)).json())
    expect(voices.map(({ id }) => id)).toEqual(expect.arrayContaining(['alloy', 'shimmer']))
  })

  // Shows: open-webui/transcripts
  test.for(['', 'en'])('writes down, with the language of its user: %j', async (language) => {
    const { body } = await send('/audio/transcriptions', [
      ['name="model"', 'whisper-1'],
      ...(language === '' ? [] : [['name="language"', language] as const]),
      [`name="file"; filename="d3a0c1de-4b63-4e0f-9a2c-1c7d5f0e8b11.mp3"\r\n${AUDIO}`, spoken],
    ])
    expect(textIn(body)).toBe(TEXT)
  })
})

describe('n8n', () => {
  // Shows: n8n/speech
  test.for([
    ['tts-1', 'mp3', 'audio/mpeg'],
    ['tts-1-hd', 'mp3', 'audio/mpeg'],
    ['tts-1', 'flac', 'audio/mpeg'],
  ] as const)(
    'speaks with the model and voice of its menu: %s as %s',
    async ([model, format, type]) => {
      const response = await stack.post('/audio/speech', {
        model,
        input: TEXT,
        voice: 'shimmer',
        response_format: format,
        speed: 1,
      })
      expect([response.status, response.headers.get('content-type')]).toEqual([200, type])
      const adjusted = response.headers.get('x-adjusted') ?? ''
      expect(adjusted.includes('response_format=flac->mp3')).toBe(format === 'flac')
    },
  )

  // Shows: n8n/transcripts
  test('writes down and translates with the one model that it knows', async () => {
    const parts: readonly Part[] = [
      ['name="model"', 'whisper-1'],
      ['name="language"', 'en'],
      ['name="temperature"', '0'],
      ['name="file"; filename="data"\r\nContent-Type: application/octet-stream', spoken],
    ]
    expect(textIn((await send('/audio/transcriptions', parts)).body)).toBe(TEXT)
    const translated = await send('/audio/translations', [
      ['name="model"', 'whisper-1'],
      [`name="file"; filename="data.mp3"\r\n${AUDIO}`, spoken],
    ])
    expect(textIn(translated.body)).toContain(TEXT)
  })
})

describe('others', () => {
  test('the file last, without a name', async () => {
    const { status, body } = await send('/audio/transcriptions', [
      ['name="response_format"', 'text'],
      ['name="file"', spoken],
    ])
    expect({ status, body }).toEqual({ status: 200, body: `${TEXT}\n` })
  })

  test('the file in the middle, called as people call theirs', async () => {
    const { body } = await send('/audio/transcriptions', [
      ['name="model"', 'gpt-4o-transcribe'],
      [`name="file"; filename="录音 1.mp3"\r\n${AUDIO}`, spoken],
      ['name="response_format"', 'json'],
    ])
    expect(textIn(body)).toBe(TEXT)
  })

  test('JSON with the recording in base64, as OpenRouter has it', async () => {
    const data = Buffer.from(spoken).toString('base64')
    const response = await stack.post('/audio/transcriptions', {
      model: 'whisper-1',
      input_audio: { data, format: 'mp3' },
    })
    expect(textIn(await response.text())).toBe(TEXT)
  })

  test('an address, in JSON or in a form', async () => {
    const url = 'https://example.com/speech.mp3'
    const json = await stack.post('/audio/transcriptions', { model: 'whisper-1', file: url })
    expect(json.status).toBe(200)
    const form = await send('/audio/transcriptions', [
      ['name="model"', 'whisper-1'],
      ['name="url"', url],
    ])
    expect(form.status).toBe(200)
    expect(stack.fal.journal.jobs().map(({ input }) => input)).toMatchObject([
      { audio_url: url },
      { audio_url: url },
    ])
  })

  // Shows: azure/speech
  test('Azure’s paths, which name the model', async () => {
    const azure = `${stack.gateway.url}/openai/deployments/kokoro/audio/speech?api-version=2025-03-01`
    const response = await fetch(azure, {
      method: 'POST',
      headers: { 'api-key': 'sk-test-access-key', 'content-type': 'application/json' },
      body: JSON.stringify({ input: TEXT, voice: 'onyx' }),
    })
    expect(response.headers.get('x-fal-endpoint')).toBe('fal-ai/kokoro/american-english')
  })
})

test('models with sound stand in the list with the others', async () => {
  const list = z
    .object({ data: z.array(z.looseObject({ id: z.string() })) })
    .parse(await (await stack.request('/models')).json())
  const byId = new Map(list.data.map((entry) => [entry.id, entry]))
  expect(byId.get('tts-1')).toMatchObject({
    object: 'model',
    architecture: { input_modalities: ['text'], output_modalities: ['audio'] },
    endpoint: 'xai/tts/v1',
    sound: 'speech',
  })
  expect(byId.get('whisper-1')).toMatchObject({
    architecture: { input_modalities: ['audio'], output_modalities: ['text'] },
    timestamps: 'words',
    translates: true,
  })
  const one: unknown = await (await stack.request('/models/whisper-1')).json()
  expect(one).toEqual(byId.get('whisper-1'))
})
