import { AzureOpenAI } from 'openai'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'

import { aPicture } from '../support/pictures.ts'
import { ACCESS_KEY } from '../support/start-gateway.ts'
import { startStack, type Stack } from '../support/start-stack.ts'

// The official client for Azure puts the model into the path where Azure has deployments, and nothing into
// it elsewhere; its key goes into `api-key`.

let stack: Stack
let azure: AzureOpenAI

beforeAll(async () => {
  stack = await startStack()
  azure = new AzureOpenAI({
    endpoint: stack.gateway.url,
    apiKey: ACCESS_KEY,
    apiVersion: '2025-04-01-preview',
  })
})
afterAll(() => stack.close())
beforeEach(() => {
  stack.fal.journal.clear()
})

function endpoints(): readonly string[] {
  return stack.fal.journal.jobs().map(({ endpoint }) => endpoint)
}

// Shows: azure/images
test('a deployment chosen once serves requests that name no model', async () => {
  const deployed = new AzureOpenAI({
    endpoint: stack.gateway.url,
    apiKey: ACCESS_KEY,
    apiVersion: '2025-04-01-preview',
    deployment: 'flux-schnell',
  })
  const { data } = await deployed.images.generate({ prompt: 'a cat' })
  expect(data).toMatchObject([{ url: expect.stringMatching(/^http/) }])
  expect(endpoints()).toEqual(['fal-ai/flux/schnell'])
})

// Shows: azure/edits
test('a picture is edited as a form', async () => {
  const { data } = await azure.images.edit({
    model: 'nano-banana-2',
    prompt: 'a hat',
    image: new File([new Uint8Array(await aPicture())], 'a.png', { type: 'image/png' }),
  })
  expect(data).toMatchObject([{ b64_json: expect.stringMatching(/^iVBOR/) }])
  expect(endpoints()).toEqual(['fal-ai/nano-banana-2/edit'])
})

// Shows: azure/chat
test('a chat is streamed', async () => {
  const stream = await azure.chat.completions.create({
    model: 'flux-schnell',
    messages: [{ role: 'user', content: 'a cat' }],
    stream: true,
  })
  const chunks = await Array.fromAsync(stream)
  const text = chunks.map(({ choices }) => choices[0]?.delta.content ?? '').join('')
  expect(text).toMatch(/!\[Generated Image\]\(http\S+\)$/)
  expect(endpoints()).toEqual(['fal-ai/flux/schnell'])
})

// Shows: azure/responses
test('Responses, files and the list of models have paths without a deployment', async () => {
  const response = await azure.responses.create({ model: 'flux-dev', input: 'a cat' })
  expect(response.output).toMatchObject([{ type: 'message', status: 'completed' }])
  const again = await azure.responses.retrieve(response.id)
  expect(again).toMatchObject({ id: response.id, status: 'completed' })
  const file = new File([new Uint8Array(await aPicture())], 'a.png', { type: 'image/png' })
  expect((await azure.files.create({ file, purpose: 'vision' })).id).toMatch(/^file-/)
  const models = await Array.fromAsync(azure.models.list())
  expect(models.map(({ id }) => id)).toContain('flux-dev')
})
