import { createHash } from 'node:crypto'

import OpenAI from 'openai'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'

import { ACCESS_KEY, startGateway } from '../support/start-gateway.ts'
import { startStack, type Stack } from '../support/start-stack.ts'

const ALICE = 'sk-alice-0123456789'
const BOB = 'sk-bob-0123456789'

const CALLERS = {
  alice: {
    sha256: createHash('sha256').update(ALICE).digest('hex'),
    models: ['imagen4*', 'flux*'],
  },
  bob: { key: BOB, models: ['fal-ai/flux/dev'] },
}

let stack: Stack

beforeAll(async () => {
  stack = await startStack({
    retired: ['fal-ai/imagen4/preview'],
    env: { ACCESS_KEYS: JSON.stringify(CALLERS) },
  })
})
afterAll(() => stack.close())
beforeEach(() => {
  stack.fal.journal.clear()
})

function clientOf(apiKey: string): OpenAI {
  return new OpenAI({ baseURL: `${stack.gateway.url}/v1`, apiKey, maxRetries: 0 })
}

const alice = (): OpenAI => clientOf(ALICE)
const bob = (): OpenAI => clientOf(BOB)

async function namesOf(client: OpenAI, scope?: string): Promise<readonly string[]> {
  const names: string[] = []
  const query = scope === undefined ? {} : { query: { scope } }
  for await (const { id } of client.models.list(query)) names.push(id)
  return names
}

test('a key is known by its digest, and the owner’s keys go on as before', async () => {
  expect(await namesOf(alice())).toContain('flux-dev')
  expect(await namesOf(stack.openai)).toContain('nano-banana-2')
  await expect(namesOf(clientOf(CALLERS.alice.sha256))).rejects.toMatchObject({ status: 401 })
  await expect(namesOf(clientOf('alice'))).rejects.toMatchObject({ status: 401 })
})

test('the log names the caller and never the key', async () => {
  await alice().images.generate({ model: 'flux-dev', prompt: 'a cat' })
  const log = stack.gateway.log()
  expect(log).toContain('alice')
  expect(log).not.toContain(ALICE)
  expect(log).not.toContain(CALLERS.alice.sha256)
})

describe('the models of a caller', () => {
  test('only they are listed', async () => {
    const names = await namesOf(alice())
    expect(names.filter((name) => !/^(?:imagen4|flux)/i.test(name))).toEqual([])
    expect(await namesOf(bob())).toEqual(['flux-dev'])
    expect(await namesOf(bob(), 'all')).toEqual(['flux-dev'])
  })

  test.for(['nano-banana-2', 'fal-ai/nano-banana-2', 'fal-ai/recraft/v3/text-to-image', 'no-such'])(
    '%s does not exist, whichever way it is asked for, and nothing is submitted',
    async (model) => {
      const gone = { status: 404, code: 'model_not_found' }
      const found = { error: { message: expect.not.stringMatching(/Near it: .*(nano|recraft)/) } }
      const messages = [{ role: 'user' as const, content: 'a cat' }]
      for (const client of [alice(), bob()]) {
        await expect(client.models.retrieve(model)).rejects.toMatchObject({ ...gone, ...found })
        await expect(client.images.generate({ model, prompt: 'a cat' })).rejects.toMatchObject(gone)
        await expect(client.chat.completions.create({ model, messages })).rejects.toMatchObject(
          gone,
        )
        await expect(client.responses.create({ model, input: 'a cat' })).rejects.toMatchObject(gone)
      }
      expect(stack.asked()).toEqual({})
    },
  )

  test('the first of them serves whoever names none, and the answer says so', async () => {
    const answer = await bob().images.generate({ prompt: 'a cat' })
    expect(answer).toMatchObject({ data: [{}] })
    expect(stack.fal.journal.jobs().map(({ endpoint }) => endpoint)).toEqual(['fal-ai/flux/dev'])
    const chat = await bob().chat.completions.create({
      model: 'dall-e-3',
      messages: [{ role: 'user', content: 'a cat' }],
    })
    expect(chat.system_fingerprint).toBe('fal-ai/flux/dev')
  })

  test('a successor that is not among them does not serve', async () => {
    const wish = { model: 'imagen4-preview', prompt: 'a cat' }
    await expect(alice().images.generate(wish)).rejects.toMatchObject({
      status: 404,
      code: 'model_not_found',
    })
    expect(stack.fal.journal.jobs()).toEqual([])
    expect(await stack.openai.images.generate(wish)).toMatchObject({ data: [{}] })
  })

  test('a picture is edited by them alone', async () => {
    const [picture] =
      (await stack.openai.images.generate({ model: 'flux-dev', prompt: 'a cat' })).data ?? []
    const edit = async (key: string, model: string): Promise<Response> =>
      stack.post(
        '/images/edits',
        { model, prompt: 'a hat', images: [{ image_url: picture?.url }] },
        { headers: { authorization: `Bearer ${key}` } },
      )
    stack.fal.journal.clear()
    // The owner's goes to another maker's model, since Imagen cannot edit.
    expect((await edit(ALICE, 'imagen4-fast')).status).toBe(400)
    expect((await edit(BOB, 'flux-dev')).status).toBe(400)
    expect(stack.asked()).toEqual({})
    const edited = await edit(ALICE, 'flux-dev')
    expect(edited.headers.get('x-fal-endpoint')).toBe('fal-ai/flux/dev/image-to-image')
  })

  test('a background is not taken away by one that is not among them', async () => {
    const clear = async (key?: string): Promise<Response> =>
      stack.post(
        '/images/generations',
        { model: 'flux-dev', prompt: 'a cat', background: 'transparent' },
        key === undefined ? {} : { headers: { authorization: `Bearer ${key}` } },
      )
    const answer = await clear(ALICE)
    expect(answer.headers.get('x-adjusted')).toContain('background=transparent->not-supported')
    expect(stack.asked()).toMatchObject({ submit: 1 })
    expect((await clear()).headers.get('x-adjusted')).toContain('background=transparent->fal-ai/')
    expect(stack.asked()).toMatchObject({ submit: 3 })
  })
})

test('a job belongs to the caller that started it, whatever the models', async () => {
  const made = await alice().images.generate({ model: 'flux-dev', prompt: 'a cat' }).withResponse()
  const id = made.response.headers.get('x-job-id')
  const look = async (key: string): Promise<number> =>
    (await stack.request(`/images/jobs/${id}`, { headers: { authorization: `Bearer ${key}` } }))
      .status
  expect([await look(ALICE), await look(BOB)]).toEqual([200, 404])
  expect((await stack.request(`/images/jobs/${id}`)).status).toBe(404)
})

test('an id stays valid for a caller that gets another key', async () => {
  const made = await alice().images.generate({ model: 'flux-dev', prompt: 'a cat' }).withResponse()
  const other = await startGateway(stack.fal.url, {
    WORKER_ACCESS_KEY: undefined,
    ACCESS_KEYS: '{"alice":{"key":"sk-new"}}',
  })
  const found = await fetch(
    `${other.url}/v1/images/jobs/${made.response.headers.get('x-job-id')}`,
    { headers: { authorization: 'Bearer sk-new' } },
  )
  expect(found.status).toBe(200)
  await other.close()
})

test.for([
  ['{"alice":{"key":"sk-a","budget_usd":5}}', 'alice.budget_usd'],
  ['{"alice":{"key":"sk-a","requests_per_minute":5}}', 'alice.requests_per_minute'],
] as const)('%s without a ledger: a limit that nobody keeps is refused', async ([keys, place]) => {
  const gateway = await startGateway(stack.fal.url, { ACCESS_KEYS: keys })
  const response = await fetch(`${gateway.url}/v1/models`)
  expect(response.status).toBe(500)
  const body = await response.text()
  for (const word of ['worker_not_configured', 'ACCESS_KEYS', place, 'LEDGER']) {
    expect(body).toContain(word)
  }
  await gateway.close()
})

test('a gateway of sounds alone needs no model for pictures', async () => {
  const sounds = await startGateway(stack.fal.url, { ALLOWED_MODELS: 'tts-1,whisper-1' })
  const openai = new OpenAI({ baseURL: `${sounds.url}/v1`, apiKey: ACCESS_KEY, maxRetries: 0 })
  expect((await namesOf(openai)).toSorted()).toEqual(['tts-1', 'whisper-1'])
  const speech = await openai.audio.speech.create({ model: 'tts-1', voice: 'alloy', input: 'Hi.' })
  expect(speech.headers.get('content-type')).toBe('audio/mpeg')
  await expect(openai.images.generate({ prompt: 'a cat' })).rejects.toMatchObject({
    status: 400,
    param: 'model',
    code: 'missing_required_parameter',
  })
  for (const model of ['imagen4-preview', 'dall-e-3']) {
    const made = openai.images.generate({ model, prompt: 'a cat' })
    await expect(made).rejects.toMatchObject({ status: 404, code: 'model_not_found' })
  }
  await sounds.close()
})
