import { BadRequestError, NotFoundError, type OpenAI } from 'openai'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import * as z from 'zod'

import { readAudioHeader } from '../../src/media/audio/audio-header.ts'
import { startStack, type Stack } from '../support/start-stack.ts'

let stack: Stack

beforeAll(async () => {
  stack = await startStack()
})
afterAll(() => stack.close())
beforeEach(() => {
  stack.fal.journal.clear()
})

const INPUT = 'The quick brown fox jumps over the lazy dog.'

function speak(more: Partial<OpenAI.Audio.SpeechCreateParams> & Record<string, unknown> = {}) {
  return stack.openai.audio.speech.create({ model: 'tts-1', voice: 'alloy', input: INPUT, ...more })
}

async function bytesOf(response: Response): Promise<Uint8Array> {
  return new Uint8Array(await response.arrayBuffer())
}

function input(): unknown {
  return stack.fal.journal.jobs()[0]?.input
}

describe('speech through the official client', () => {
  // Shows: openai-node/speech
  test('is an MP3 with a length, its job and its cost', async () => {
    const response = await speak()
    const bytes = await bytesOf(response)
    expect(readAudioHeader(bytes)?.contentType).toBe('audio/mpeg')
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'audio/mpeg',
      'content-length': String(bytes.byteLength),
      'x-fal-endpoint': 'xai/tts/v1',
      'x-adjusted': 'voice=alloy->sal',
      'x-job-id': expect.stringMatching(/^job_/),
      'x-cost-usd': expect.stringMatching(/^0\.0\d+$/),
      'server-timing': expect.stringContaining('submit;dur='),
    })
    expect(input()).toEqual({
      text: INPUT,
      voice: 'sal',
      output_format: { codec: 'mp3' },
    })
    expect(stack.asked()).toEqual({ submit: 1, 'status-stream': 1, result: 1, cdn: 1 })
  })

  test.for([
    ['tts-1', 'wav', 'audio/wav', undefined],
    ['tts-1', 'pcm', 'audio/pcm', undefined],
    ['gpt-4o-mini-tts', 'opus', 'audio/ogg', undefined],
    ['gpt-4o-mini-tts', 'aac', 'audio/mpeg', 'response_format=aac->mp3'],
    ['minimax-speech', 'flac', 'audio/flac', undefined],
    ['minimax-speech', 'wav', 'audio/wav', undefined],
    ['kokoro', 'mp3', 'audio/wav', 'response_format=mp3->wav'],
    ['tts-1-hd', 'flac', 'audio/mpeg', 'response_format=flac->mp3'],
  ] as const)('%s, asked for %s, answers %s', async ([model, format, type, adjusted]) => {
    const response = await speak({ model, response_format: format })
    const bytes = await bytesOf(response)
    expect(response.headers.get('content-type')).toBe(type)
    if (type !== 'audio/pcm') expect(readAudioHeader(bytes)?.contentType).toBe(type)
    expect(bytes.byteLength).toBeGreaterThan(1000)
    const told = response.headers.get('x-adjusted')?.split('; ') ?? []
    expect(told.find((one) => one.startsWith('response_format'))).toBe(adjusted)
  })

  test('bare samples are those of the WAV', async () => {
    const [wav, pcm] = await Promise.all([
      speak({ response_format: 'wav' }).then(bytesOf),
      speak({ response_format: 'pcm' }).then(bytesOf),
    ])
    const layout = readAudioHeader(wav)?.wav
    expect(layout).toMatchObject({ sampleRate: 24_000, channels: 1, bits: 16, coding: 1 })
    expect(pcm.byteLength).toBe(layout?.dataBytes)
    expect(pcm).toEqual(wav.subarray(layout?.dataAt, (layout?.dataAt ?? 0) + pcm.byteLength))
  })

  test('instructions, speed and fal’s own fields go where they belong', async () => {
    await speak({ model: 'gpt-4o-mini-tts', instructions: 'Whisper.', temperature: 0.3 })
    expect(input()).toEqual({
      prompt: INPUT,
      voice: 'Kore',
      style_instructions: 'Whisper.',
      output_format: 'mp3',
      temperature: 0.3,
    })
  })

  test('music and sounds have a length', async () => {
    const response = await speak({ model: 'stable-audio', input: 'rain on a tin roof', seconds: 5 })
    expect(input()).toEqual({ prompt: 'rain on a tin roof', seconds_total: 5 })
    expect(response.headers.get('content-type')).toMatch(/^audio\//)
  })

  test('any endpoint of fal’s that makes sound by its id', async () => {
    const response = await speak({ model: 'fal-ai/orpheus-tts', voice: 'tara' })
    expect((await bytesOf(response)).byteLength).toBeGreaterThan(1000)
    expect(input()).toEqual({ text: INPUT, voice: 'tara' })
  })
})

describe('speech in events', () => {
  const event = z.discriminatedUnion('type', [
    z.object({ type: z.literal('speech.audio.delta'), audio: z.base64() }),
    z.object({ type: z.literal('speech.audio.done'), usage: z.record(z.string(), z.number()) }),
  ])

  // Shows: openai-node/speech
  test('are the same bytes in pieces, then the end', async () => {
    const whole = await speak().then(bytesOf)
    const response = await speak({ stream_format: 'sse' })
    expect(response.headers.get('content-type')).toContain('text/event-stream')
    const lines = (await response.text()).split('\n').filter((line) => line.startsWith('data: '))
    const events = lines.map((line) => event.parse(JSON.parse(line.slice('data: '.length))))
    const pieces = events.flatMap((one) =>
      one.type === 'speech.audio.delta' ? [Buffer.from(one.audio, 'base64')] : [],
    )
    expect(new Uint8Array(Buffer.concat(pieces))).toEqual(whole)
    expect(events.at(-1)).toMatchObject({
      type: 'speech.audio.done',
      usage: { input_tokens: 0, output_tokens: 0, total_tokens: 0 },
    })
  })

  test('a failure is an event that says so', async () => {
    const response = await speak({
      input: `${INPUT} [[fail:content_policy_violation]]`,
      stream_format: 'sse',
    })
    expect(await response.text()).toMatch(
      /"param":"input","code":"content_policy_violation"|"code":"content_policy_violation","param":"input"/,
    )
  })
})

describe('a mistake costs nothing', () => {
  test.for<[string, Record<string, unknown>, string]>([
    ['no input', { input: undefined }, 'input'],
    ['an empty input', { input: ' ' }, 'input'],
    ['an input that is too long', { input: 'x'.repeat(15_001) }, 'input'],
    ['a voice of nobody’s', { voice: 'darth' }, 'voice'],
    ['a speed out of range', { speed: 9 }, 'speed'],
    ['a format of nobody’s', { response_format: 'midi' }, 'response_format'],
    ['a model that draws', { model: 'flux-dev' }, 'model'],
    ['a model that writes down', { model: 'whisper-1' }, 'model'],
  ])('%s', async ([, wrong, param]) => {
    const error: unknown = await speak(wrong).catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(BadRequestError)
    expect(error).toMatchObject({ status: 400, param })
    expect(stack.fal.journal.count('submit')).toBe(0)
  })

  test('a model that nobody knows', async () => {
    const error: unknown = await speak({ model: 'tts-9' }).catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(NotFoundError)
    expect(error).toMatchObject({ code: 'model_not_found' })
  })
})

test('a job that goes on without its caller is found by its id', async () => {
  const response = await stack.request('/audio/speech', {
    method: 'POST',
    headers: { 'content-type': 'application/json', prefer: 'respond-async' },
    body: JSON.stringify({ model: 'tts-1', input: INPUT, voice: 'alloy' }),
  })
  expect(response.status).toBe(202)
  const { id } = z.object({ id: z.string() }).parse(await response.json())
  const read = async (): Promise<unknown> => (await stack.request(`/jobs/${id}`)).json()
  await expect.poll(read).toMatchObject({ id, status: 'completed', model: 'tts-1' })
  expect(await read()).toMatchObject({ result: { url: expect.stringMatching(/^http/) } })
})

test('who has no key has nobody ask fal', async () => {
  const response = await fetch(`${stack.gateway.url}/v1/audio/voices?model=fal-ai/nobody-knows/tts`)
  expect(response.status).toBe(404)
  expect(await response.json()).toMatchObject({ error: { code: 'model_not_found' } })
  expect(stack.fal.journal.count('models')).toBe(0)
})

test('the voices of a model that is named', async () => {
  const list = await fetch(`${stack.gateway.url}/v1/audio/voices?model=kokoro`)
  expect(await list.text()).toContain('af_heart')
})
