import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import * as z from 'zod'

import * as speech from '../../src/models/generated/speech.ts'
import * as transcripts from '../../src/models/generated/transcripts.ts'
import { startGateway, ACCESS_KEY } from '../support/start-gateway.ts'
import { startStack, type Stack } from '../support/start-stack.ts'

let stack: Stack
beforeAll(async () => {
  stack = await startStack()
})
afterAll(() => stack.close())
beforeEach(() => {
  stack.fal.journal.clear()
})

const list = z.object({ data: z.array(z.looseObject({ id: z.string(), endpoint: z.string() })) })

function idsOf({ ENDPOINTS }: { readonly ENDPOINTS: string }): readonly string[] {
  return ENDPOINTS.split('\n').map((line) => line.split(' ')[0] ?? '')
}

test('the whole list has every endpoint that makes or hears sound, each once', async () => {
  const { data } = list.parse(await (await stack.request('/models?scope=all')).json())
  const endpoints = new Set(data.map(({ endpoint }) => endpoint))
  const all = [...idsOf(speech), ...idsOf(transcripts)]
  expect(all.length).toBeGreaterThan(85)
  expect(all.filter((id) => !endpoints.has(id))).toEqual([])
  expect(new Set(data.map(({ id }) => id)).size).toBe(data.length)
  const short = list.parse(await (await stack.request('/models')).json()).data
  expect(short.map(({ id }) => id)).not.toContain('fal-ai/dia-tts')
  const one = await stack.request('/models/fal-ai%2Fdia-tts')
  expect(await one.json()).toEqual(data.find(({ id }) => id === 'fal-ai/dia-tts'))
})

test.for(['fal-ai/dia-tts', 'Dia TTS', 'FAL-AI/DIA_TTS'])(
  'an endpoint of the table speaks by its id, and fal is not asked first what it takes: %s',
  async (model) => {
    const answer = await stack.post('/audio/speech', { model, input: 'Hello.', seed: 3 })
    expect(answer.headers.get('x-fal-endpoint')).toBe('fal-ai/dia-tts')
    expect((await answer.bytes()).length).toBeGreaterThan(1000)
    expect(stack.fal.journal.jobs()).toMatchObject([{ input: { text: 'Hello.' } }])
    // What fal says of the endpoint is looked at later, and nobody waits for it.
    expect(stack.fal.journal.entries()[0]).toMatchObject({ kind: 'submit' })
  },
)

test('what a field of a curated model cannot take is told, and the job is legal', async () => {
  const body = {
    model: 'stable-audio',
    input: 'Rain.',
    num_inference_steps: 500,
    guidance_scale: 'strong',
  }
  const answer = await stack.post('/audio/speech', body)
  expect(answer.status).toBe(200)
  expect(answer.headers.get('x-adjusted')).toContain('num_inference_steps=500->50')
  expect(answer.headers.get('x-adjusted')).toContain('guidance_scale->not-supported')
})

test('the owner’s limits hold for them', async () => {
  const gateway = await startGateway(stack.fal.url, {
    ALLOWED_MODELS: 'tts-1, fal-ai/dia-*, flux-*',
    DEFAULT_MODEL: 'flux-dev',
  })
  const ask = async (model: string): Promise<number> => {
    const response = await fetch(`${gateway.url}/v1/audio/speech`, {
      method: 'POST',
      headers: { authorization: `Bearer ${ACCESS_KEY}`, 'content-type': 'application/json' },
      body: JSON.stringify({ model, input: 'Hello.' }),
    })
    await response.bytes()
    return response.status
  }
  expect(await ask('fal-ai/dia-tts')).toBe(200)
  expect(await ask('fal-ai/zonos')).toBe(404)
  expect(await ask('kokoro')).toBe(404)
  await gateway.close()
})

test('a model that draws or writes down is not asked to speak', async () => {
  for (const model of ['fal-ai/flux/dev', 'fal-ai/whisper', 'sora-2']) {
    const answer = await stack.post('/audio/speech', { model, input: 'Hello.' })
    expect(answer.status, model).toBe(400)
    expect(await answer.json()).toMatchObject({
      error: { message: expect.stringContaining('does not make sound') },
    })
  }
})
