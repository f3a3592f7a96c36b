import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import * as z from 'zod'

import { aPicture } from '../support/pictures.ts'
import { ACCESS_KEY } from '../support/start-gateway.ts'
import { startStack, type Stack } from '../support/start-stack.ts'

// Apps that cannot be installed in a test: each request as the app's source writes it, and of the answer
// what the app's source reads. docs/compatibility.md lists what each test shows.

let stack: Stack
let picture: Buffer

beforeAll(async () => {
  stack = await startStack()
  picture = await aPicture()
})
afterAll(() => stack.close())
beforeEach(() => {
  stack.fal.journal.clear()
})

const answer = z.object({
  data: z.array(z.object({ url: z.optional(z.string()), b64_json: z.optional(z.string()) })),
})

async function readAnswer(response: Response) {
  expect(response.status).toBe(200)
  expect(response.headers.get('content-type')).toContain('application/json')
  return answer.parse(await response.json()).data
}

async function generate(body: Readonly<Record<string, unknown>>, path = '/images/generations') {
  return readAnswer(await stack.post(path, body))
}

type Field = readonly [name: string, value: string | Blob, title?: string]

/** A form as the app sends it; its pictures are all the same one. */
async function edit(fields: readonly Field[]) {
  const body = new FormData()
  for (const [name, value, title = 'blob'] of fields) {
    if (typeof value === 'string') body.append(name, value)
    else body.append(name, value, title)
  }
  return readAnswer(await stack.request('/images/edits', { method: 'POST', body }))
}

function file(type = 'image/png'): Blob {
  return new Blob([new Uint8Array(picture)], { type })
}

function inputs() {
  return stack.fal.journal.jobs().map(({ input }) => z.record(z.string(), z.unknown()).parse(input))
}

const chunk = z.object({
  choices: z.array(z.object({ delta: z.object({ content: z.optional(z.string()) }) })),
})

/** The contents of a streamed chat, one a delta. */
async function chat(body: Readonly<Record<string, unknown>>): Promise<readonly string[]> {
  const response = await stack.post('/chat/completions', { ...body, stream: true })
  expect(response.headers.get('content-type')).toContain('text/event-stream')
  const lines = [...(await response.text()).matchAll(/^data: (\{.*)$/gm)]
  return lines.flatMap(([, line = '']) =>
    chunk.parse(JSON.parse(line)).choices.flatMap(({ delta }) => delta.content ?? []),
  )
}

const PNG = /^iVBOR/
const WHOLE_PICTURE = /!\[[^\]\n]*\]\(https?:[^)\s]+\)/

const models = z.object({ data: z.array(z.looseObject({ id: z.string() })) })

async function listModels(path = '/models') {
  return models.parse(await (await stack.request(path)).json()).data
}

describe('Open WebUI', () => {
  const size = '512x512'

  // Shows: open-webui/base64
  test('asks for base64, with its users in headers', async () => {
    const response = await stack.post(
      '/images/generations',
      { model: 'flux-dev', prompt: 'a cat', n: 1, size, response_format: 'b64_json' },
      { headers: { 'x-openwebui-user-name': 'a', 'x-openwebui-user-role': 'user' } },
    )
    const [made] = await readAnswer(response)
    expect(made).toEqual({ b64_json: expect.any(String) })
    expect(inputs()).toMatchObject([{ image_size: { width: 512, height: 512 } }])
  })

  // Shows: open-webui/address
  test('takes an address before base64, and fetches it with the headers of its request', async () => {
    const body = { model: 'gpt-image-2', prompt: 'a cat', n: 1, size: 'auto' }
    const [made] = await generate(body, '/images/generations?api-version=2025-04-01')
    const headers = { authorization: `Bearer ${ACCESS_KEY}`, 'content-type': 'application/json' }
    const fetched = await fetch(made?.url ?? '', { headers })
    expect(fetched.status).toBe(200)
    expect(fetched.headers.get('content-type')).toMatch(/^image\//)
  })

  // Shows: open-webui/edits
  test.for(['image', 'image[]'])('edits a form whose pictures are %s', async (name) => {
    const [made] = await edit([
      ['model', 'nano-banana-2'],
      ['prompt', 'a hat'],
      ['n', '1'],
      ['size', '1024x1024'],
      ['background', 'auto'],
      ['response_format', 'b64_json'],
      [name, file(), 'image.png'],
    ])
    expect(made?.b64_json).toMatch(PNG)
    expect(inputs()[0]?.['image_urls']).toHaveLength(1)
  })

  // Shows: open-webui/chat, nextchat/chat, lobechat/chat, chatbox/chat
  test('shows the markdown of a chat, which comes in one piece', async () => {
    const contents = await chat({
      model: 'flux-schnell',
      messages: [
        { role: 'system', content: 'You are a helpful assistant.' },
        { role: 'user', content: 'a cat' },
      ],
      stream_options: { include_usage: true },
      temperature: 0.5,
      presence_penalty: 0,
      frequency_penalty: 0,
      top_p: 1,
      max_tokens: 4000,
    })
    expect(contents.filter((content) => WHOLE_PICTURE.test(content))).toHaveLength(1)
    expect(contents.filter((content) => content.includes(']('))).toHaveLength(1)
    expect(inputs()).toMatchObject([{ prompt: 'a cat' }])
  })

  // Shows: open-webui/models
  test('sorts models by a name that is never null', async () => {
    const names = (await listModels()).map(({ name }) => name)
    expect(names.length).toBeGreaterThan(10)
    for (const name of names) expect(name).toEqual(expect.any(String))
  })
})

describe('LibreChat', () => {
  // Shows: librechat/image-gen
  test('image_gen_oai gets base64 without asking for it', async () => {
    const [made] = await generate({
      model: 'gpt-image-1',
      prompt: 'a cat',
      n: 1,
      background: 'auto',
      output_format: 'png',
      quality: 'auto',
      size: 'auto',
    })
    expect(made?.b64_json).toMatch(PNG)
  })

  // Shows: librechat/image-edit
  test('image_edit_oai gets base64 for a form, whatever the model is called', async () => {
    const [made] = await edit([
      ['model', 'nano-banana-2'],
      ['prompt', 'a hat'],
      ['quality', 'auto'],
      ['size', 'auto'],
      ['image[]', file('image/jpeg'), 'first.jpeg'],
      ['image[]', file(), 'second.png'],
    ])
    expect(made?.b64_json).toMatch(PNG)
    expect(inputs()[0]?.['image_urls']).toHaveLength(2)
  })

  // Shows: librechat/dall-e
  test('the DALL·E 3 tool gets an address whose path ends like a file', async () => {
    const [made] = await generate({
      model: 'dall-e-3',
      quality: 'standard',
      style: 'vivid',
      size: '1792x1024',
      prompt: 'a cat',
      n: 1,
    })
    expect(new URL(made?.url ?? '').pathname).toMatch(/\.(png|jpg|jpeg|webp)$/)
    expect(inputs()).toMatchObject([{ aspect_ratio: '16:9' }])
  })
})

describe('LobeChat', () => {
  // Shows: lobechat/images
  test('makes a picture with no size and no form, and reads either', async () => {
    const [made] = await generate({ model: 'flux-dev', n: 1, prompt: 'a cat', seed: null })
    expect(made?.b64_json ?? made?.url).toEqual(expect.any(String))
    const [old] = await generate({
      model: 'dall-e-3',
      n: 1,
      response_format: 'b64_json',
      prompt: 'a cat',
    })
    expect(old?.b64_json).toMatch(PNG)
  })

  // Shows: lobechat/edits
  test('edits with input_fidelity through openai-node', async () => {
    const { data } = await stack.openai.images.edit({
      model: 'gpt-image-1.5',
      n: 1,
      input_fidelity: 'high',
      prompt: 'a hat',
      image: new File([file()], 'image.png', { type: 'image/png' }),
    })
    expect(data?.[0]?.b64_json).toMatch(PNG)
  })

  // Shows: lobechat/chat-image
  test('reads the picture beside the text of a plain chat that asks by modalities', async () => {
    const response = await stack.post('/chat/completions', {
      messages: [{ role: 'user', content: [{ type: 'text', text: 'a cat' }] }],
      model: 'flux-dev',
      modalities: ['image', 'text'],
      stream: false,
    })
    expect(await response.json()).toMatchObject({
      choices: [{ message: { images: [{ image_url: { url: expect.stringMatching(/^http/) } }] } }],
    })
  })
})

describe('Cherry Studio', () => {
  // Shows: cherry-studio/painting
  test('its painting page leaves out what is auto', async () => {
    const [made] = await generate({
      prompt: 'a cat',
      model: 'flux-dev',
      size: '1024x1024',
      n: 1,
      quality: 'high',
      moderation: 'low',
    })
    expect(made?.url ?? made?.b64_json).toEqual(expect.any(String))
  })

  // Shows: cherry-studio/edits
  test('its edits repeat the plain field image', async () => {
    const [made] = await edit([
      ['prompt', 'put both on a beach'],
      ['model', 'nano-banana-2'],
      ['n', '1'],
      ['image', file(), 'a.png'],
      ['image', file(), 'b.png'],
    ])
    expect(made?.b64_json).toMatch(PNG)
    expect(inputs()[0]?.['image_urls']).toHaveLength(2)
  })

  // Shows: cherry-studio/models
  test('lists models that say they make pictures', async () => {
    const all = await listModels()
    const makers = all.filter(({ architecture }) =>
      JSON.stringify(architecture).includes('"output_modalities":["image"]'),
    )
    expect(makers.length).toBeGreaterThan(20)
    for (const model of makers) {
      expect(model['supported_endpoint_types']).toContain('image-generation')
    }
  })

  // Shows: cherry-studio/images-of-chat
  test('a chat with a model of OpenAI’s becomes a request for pictures', async () => {
    const body = { model: 'gpt-image-1', prompt: 'a cat', size: '1024x1024', n: 1 }
    const [made] = await generate({ ...body, response_format: 'b64_json' })
    expect(made?.b64_json).toMatch(PNG)
  })
})

describe('NextChat', () => {
  // Shows: nextchat/dall-e
  test('its dall-e-3 asks for base64', async () => {
    const [made] = await generate({
      model: 'dall-e-3',
      prompt: 'a cat',
      response_format: 'b64_json',
      n: 1,
      size: '1024x1024',
      quality: 'hd',
      style: 'natural',
    })
    expect(made?.b64_json).toMatch(PNG)
  })
})

describe('SillyTavern', () => {
  // Shows: sillytavern/images
  test('gets base64 through its server', async () => {
    const [made] = await generate({
      prompt: 'a cat',
      model: 'dall-e-2',
      size: '512x512',
      n: 1,
      response_format: 'b64_json',
    })
    expect(made?.b64_json).toMatch(PNG)
  })
})

describe('n8n', () => {
  // Shows: n8n/images
  test('gets what it asks for, and base64 of an image model of OpenAI’s', async () => {
    const [old] = await generate({
      prompt: 'a cat',
      model: 'dall-e-3',
      response_format: 'url',
      quality: 'standard',
      size: '1024x1024',
      style: 'vivid',
      n: 1,
    })
    expect(old?.url).toMatch(/^http/)
    const [made] = await generate({ prompt: 'a cat', model: 'gpt-image-1', quality: 'medium' })
    expect(made?.b64_json).toMatch(PNG)
  })

  // Shows: n8n/edits
  test.for([
    ['gpt-image-1.5', 'image[]'],
    ['nano-banana-2', 'image'],
  ] as const)('edits with %s, its pictures as %s, and reads base64', async ([model, name]) => {
    const [made] = await edit([
      ['model', model],
      ['prompt', 'a hat'],
      ['n', '1'],
      [name, file(), 'data.png'],
    ])
    expect(made?.b64_json).toMatch(PNG)
  })

  // Shows: n8n/models
  test('finds models for its picker, which shows only OpenAI’s names', async () => {
    const ids = (await listModels()).map(({ id }) => id)
    expect(ids.filter((id) => /dall-e|gpt-image/.test(id))).not.toEqual([])
  })
})

describe('Dify', () => {
  // Shows: dify/images
  test('reads base64 only, through openai-python', async () => {
    const [made] = await generate({
      prompt: 'a cat',
      model: 'gpt-image-2',
      n: 1,
      size: '1024x1024',
      quality: 'low',
      output_format: 'webp',
      moderation: 'auto',
    })
    expect(made?.b64_json).toMatch(/^UklGR/)
  })
})

describe('a relay such as new-api', () => {
  // Shows: new-api/images
  test('passes on fields that nobody knows, and nulls', async () => {
    const [made] = await generate({
      model: 'flux-dev',
      prompt: 'a cat',
      n: 1,
      size: '',
      response_format: 'url',
      user: null,
      extra_fields: { a: 1 },
      watermark: false,
    })
    expect(made?.url).toMatch(/^http/)
  })
})
