import OpenAI, { BadRequestError, NotFoundError } from 'openai'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import * as z from 'zod'

import { startSimulator, type Simulator } from '../../simulator/start-simulator.ts'
import { ACCESS_KEY, startGateway, type Gateway } from '../support/start-gateway.ts'

// What docs/first-worker.md tells those who used the first Worker of this kind: the new file is pasted over
// the old one, so the runtime is set as it was when that Worker was made, with the same two variables.

let fal: Simulator
let gateway: Gateway
let openai: OpenAI

beforeAll(async () => {
  fal = await startSimulator({ retired: [] })
  gateway = await startGateway(fal.url, {}, { date: '2025-05-01', flags: [] })
  openai = new OpenAI({ baseURL: `${gateway.url}/v1`, apiKey: ACCESS_KEY })
})
afterAll(async () => {
  await gateway.close()
  await fal.close()
})
beforeEach(() => {
  fal.journal.clear()
})

function post(path: string, body: unknown): Promise<Response> {
  return fetch(`${gateway.url}${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${ACCESS_KEY}` },
    body: JSON.stringify(body),
  })
}

function jobs() {
  return fal.journal.jobs().map(({ endpoint, input }) => ({ endpoint, input }))
}

const IMAGEN = 'fal-ai/imagen4/preview'
const FLUX = 'fal-ai/flux-pro/v1.1-ultra'
const prompt = 'a cat'

describe('as before', () => {
  test.for([
    [undefined, '1024x1024', IMAGEN, '1:1'],
    ['imagen4-preview', '16:9', IMAGEN, '16:9'],
    ['imagen4-preview', '1024x1792', IMAGEN, '9:16'],
    ['flux-1.1-pro-ultra', '1024x1024', FLUX, '1:1'],
    ['Flux 1.1 Pro Ultra', '21:9', FLUX, '21:9'],
  ] as const)('%s makes a picture of %s', async ([model, size, endpoint, ratio]) => {
    const answer: unknown = await (
      await post('/v1/images/generations', { model, prompt, size })
    ).json()
    expect(answer).toMatchObject({
      created: expect.any(Number),
      data: [{ url: expect.stringMatching(/^http/) }],
      model: model ?? 'imagen4-preview',
    })
    expect(jobs()).toMatchObject([{ endpoint, input: { prompt, aspect_ratio: ratio } }])
  })

  test('base64 comes when it is asked for', async () => {
    const { data } = await openai.images.generate({ prompt, response_format: 'b64_json' })
    expect(data).toEqual([{ b64_json: expect.any(String) }])
  })

  test('a chat answers with a sentence and the picture, and keeps the words that set its size out of the prompt', async () => {
    const { choices } = await openai.chat.completions.create({
      model: 'imagen4-preview',
      messages: [{ role: 'user', content: '一只宇航员猫咪在月球上 比例:1:1' }],
    })
    const [first, , picture] = choices[0]?.message.content?.split('\n') ?? []
    expect(first).toBe(
      'Generated image with prompt: "一只宇航员猫咪在月球上" and aspect ratio: 1:1 using imagen4-preview',
    )
    expect(picture).toMatch(/^!\[Generated Image\]\(http\S+\)$/)
    const input = { prompt: '一只宇航员猫咪在月球上', aspect_ratio: '1:1' }
    expect(jobs()).toMatchObject([{ endpoint: IMAGEN, input }])
  })

  test('a list of models names its two first', async () => {
    const { data } = await openai.models.list()
    expect(data.slice(0, 2).map(({ id }) => id)).toEqual(['imagen4-preview', 'Flux 1.1 Pro Ultra'])
  })
})

describe('otherwise than before', () => {
  test('without a size a model takes its own', async () => {
    await post('/v1/images/generations', { model: 'flux-1.1-pro-ultra', prompt })
    expect(jobs()).toEqual([{ endpoint: FLUX, input: { prompt, num_images: 1 } }])
  })

  test('six pictures are six', async () => {
    const { data } = await openai.images.generate({ prompt, n: 6 })
    expect(data).toHaveLength(6)
  })

  test('a refused prompt is a mistake of the caller, paid for once', async () => {
    const refused = openai.images.generate({ prompt: 'a [[fail:content_policy_violation]]' })
    await expect(refused).rejects.toThrow(BadRequestError)
    expect(fal.journal.count('submit')).toBe(1)
  })

  test('a model that nobody knows is not found', async () => {
    await expect(openai.images.generate({ prompt, model: 'x' })).rejects.toThrow(NotFoundError)
  })

  test('a stream that fails ends with an error, not with a sentence', async () => {
    const response = await post('/v1/chat/completions', {
      stream: true,
      messages: [{ role: 'user', content: 'a [[run:100ms]] [[fail:content_policy_violation]]' }],
    })
    const frames = [...(await response.text()).matchAll(/^data: (\{.*)$/gm)].map(
      ([, frame = '']): unknown => JSON.parse(frame),
    )
    expect(frames.at(-1)).toMatchObject({ error: { code: 'content_policy_violation' } })
    expect(JSON.stringify(frames)).not.toContain('"finish_reason":"stop"')
  })

  test('a message of nothing but a size costs nothing', async () => {
    const { choices } = await openai.chat.completions.create({
      model: 'imagen4-preview',
      messages: [{ role: 'user', content: '16:9' }],
    })
    expect(choices[0]?.finish_reason).toBe('stop')
    expect(jobs()).toEqual([])
  })

  test('usage is not made up', async () => {
    const response = await post('/v1/chat/completions', {
      messages: [{ role: 'user', content: 'a cat' }],
    })
    const { usage } = z.object({ usage: z.looseObject({}) }).parse(await response.json())
    expect(usage).toMatchObject({ prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 })
  })

  test('fal is listened to, not asked every two seconds', async () => {
    await openai.images.generate({ prompt: 'a cat [[run:100ms]]' })
    const asked = ['status', 'status-stream', 'result'] as const
    expect(asked.map((kind) => fal.journal.count(kind))).toEqual([0, 1, 1])
  })
})
