import { createHash } from 'node:crypto'

import { toFile } from 'openai'
import sharp from 'sharp'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import * as z from 'zod'

import { aMask, aPicture } from '../support/pictures.ts'
import { startStack, type Stack } from '../support/start-stack.ts'

let stack: Stack

beforeAll(async () => {
  stack = await startStack()
})
afterAll(() => stack.close())
beforeEach(() => {
  stack.fal.journal.clear()
})

function digest(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/** The bytes behind a `data:` URI. */
function bytesOf(uri: unknown): Buffer {
  const [, base64 = ''] = /^data:image\/\w+;base64,(.*)$/.exec(z.string().parse(uri)) ?? []
  return Buffer.from(base64, 'base64')
}

const jobInput = z.record(z.string(), z.unknown())

/** The endpoint and the input of the only job that fal was given. */
function onlyJob(): { endpoint: string | undefined; input: Record<string, unknown> } {
  const jobs = stack.fal.journal.jobs()
  expect(jobs).toHaveLength(1)
  return { endpoint: jobs[0]?.endpoint, input: jobInput.parse(jobs[0]?.input) }
}

function post(form: FormData): Promise<Response> {
  return stack.request('/images/edits', { method: 'POST', body: form })
}

function aForm(entries: readonly (readonly [string, string | Blob, string?])[]): FormData {
  const form = new FormData()
  for (const [name, value, filename] of entries) {
    if (typeof value === 'string') form.append(name, value)
    else form.append(name, value, filename)
  }
  return form
}

async function aFile(format: 'png' | 'jpeg' | 'webp' = 'png', type = ''): Promise<Blob> {
  return new Blob([new Uint8Array(await aPicture(64, 48, format))], { type })
}

describe('the official client', () => {
  // Shows: openai-node/edits
  test('edits one picture: its bytes reach fal, the answer has both forms', async () => {
    const bytes = await aPicture()
    const answer = await stack.openai.images.edit({
      model: 'nano-banana-2',
      image: await toFile(bytes, 'cat.png', { type: 'image/png' }),
      prompt: 'make it blue',
      size: '1024x1024',
    })
    const { endpoint, input } = onlyJob()
    expect(endpoint).toBe('fal-ai/nano-banana-2/edit')
    expect(input).toMatchObject({ prompt: 'make it blue', aspect_ratio: '1:1' })
    const [sent] = z.array(z.string()).parse(input['image_urls'])
    expect(digest(bytesOf(sent))).toBe(digest(bytes))
    expect(answer.data?.[0]).toEqual({
      url: expect.stringMatching(/^http/),
      b64_json: expect.any(String),
    })
  })

  // Shows: openai-node/edits
  test('edits several, in order, whatever their types say', async () => {
    const pictures = await Promise.all([
      aPicture(64, 48, 'png'),
      aPicture(64, 48, 'webp'),
      aPicture(64, 48, 'jpeg'),
    ])
    await stack.openai.images.edit({
      model: 'nano-banana-2',
      // Without a type these arrive as application/octet-stream.
      image: await Promise.all(pictures.map((bytes, index) => toFile(bytes, `${index}.bin`))),
      prompt: 'put them together',
      n: 2,
    })
    const { input } = onlyJob()
    const sent = z.array(z.string()).parse(input['image_urls'])
    expect(sent.map((uri) => digest(bytesOf(uri)))).toEqual(pictures.map(digest))
    expect(sent.map((uri) => uri.slice(0, 15))).toEqual([
      'data:image/png;',
      'data:image/webp',
      'data:image/jpeg',
    ])
    expect(input['num_images']).toBe(2)
  })

  // Shows: openai-node/edits
  test.for<[string, (mask: Buffer) => Buffer | Promise<Buffer>]>([
    ['as it is', (mask) => mask],
    ['made small, its alpha in a palette', (mask) => sharp(mask).png({ palette: true }).toBuffer()],
  ])('edits inside a mask, which fal gets in its own custom: %s', async ([, write]) => {
    await stack.openai.images.edit({
      model: 'flux-1.1-pro',
      image: await toFile(await aPicture(), 'a.png'),
      mask: await toFile(await write(await aMask()), 'mask.png'),
      prompt: 'a hat',
    })
    const { endpoint, input } = onlyJob()
    expect(endpoint).toBe('fal-ai/flux-pro/v1/fill')
    const { data, info } = await sharp(bytesOf(input['mask_url']))
      .raw()
      .toBuffer({ resolveWithObject: true })
    expect(info).toMatchObject({ width: 64, height: 48 })
    const grey = (x: number, y: number): number | undefined => data[(y * 64 + x) * info.channels]
    expect([grey(0, 0), grey(32, 24), grey(63, 47)]).toEqual([0, 255, 0])
  })

  test('sends a mask as it is to OpenAI’s own model', async () => {
    const mask = await aMask()
    await stack.openai.images.edit({
      model: 'gpt-image-2',
      image: await toFile(await aPicture(), 'a.png'),
      mask: await toFile(mask, 'mask.png'),
      prompt: 'a hat',
    })
    const { endpoint, input } = onlyJob()
    expect(endpoint).toBe('openai/gpt-image-2/edit')
    expect(digest(bytesOf(input['mask_url']))).toBe(digest(mask))
  })

  // Shows: openai-node/variations
  test('varies a picture', async () => {
    const answer = await stack.openai.images.createVariation({
      model: 'flux-kontext',
      image: await toFile(await aPicture(), 'a.png'),
    })
    expect(answer.data).toHaveLength(1)
    expect(onlyJob().endpoint).toBe('fal-ai/flux-pro/kontext')
  })

  // Shows: openai-node/files
  test('keeps a file and edits it by its id', async () => {
    const bytes = await aPicture()
    const file = await stack.openai.files.create({
      file: await toFile(bytes, '我的 猫.png'),
      purpose: 'vision',
    })
    expect(file).toMatchObject({
      object: 'file',
      bytes: bytes.length,
      filename: '我的 猫.png',
      purpose: 'vision',
    })
    const response = await stack.post('/images/edits', {
      model: 'nano-banana-2',
      prompt: 'blue',
      images: [{ file_id: file.id }],
      response_format: 'url',
    })
    expect(response.status).toBe(200)
    const [url = ''] = z.array(z.string()).parse(onlyJob().input['image_urls'])
    const kept = Buffer.from(await (await fetch(url)).arrayBuffer())
    expect(digest(kept)).toBe(digest(bytes))
  })
})

describe('forms as clients write them', () => {
  test.for([
    ['one image', ['image']],
    ['image twice, as Cherry Studio does', ['image', 'image']],
    ['image[] twice, as Open WebUI does', ['image[]', 'image[]']],
    ['numbered', ['image[0]', 'image[1]', 'image[2]']],
  ] as const)('%s', async ([, names]) => {
    const files = await Promise.all(names.map(async (name) => [name, await aFile(), 'x'] as const))
    const response = await post(
      aForm([['prompt', 'blue'], ['model', 'nano-banana-2'], ...files, ['stream', 'false']]),
    )
    expect(response.status).toBe(200)
    expect(onlyJob().input['image_urls']).toHaveLength(names.length)
  })

  test('scalars are text, and mean what they say', async () => {
    const response = await post(
      aForm([
        ['image', await aFile(), 'blob'],
        ['prompt', '123'],
        ['model', 'flux-kontext'],
        ['n', '2'],
        ['seed', '7'],
        ['guidance_scale', '4.5'],
        ['output_format', 'png'],
        ['quality', ''],
        ['size', 'auto'],
        ['response_format', 'url'],
      ]),
    )
    expect(await response.json()).toMatchObject({ data: [{ url: expect.any(String) }, {}] })
    expect(onlyJob().input).toMatchObject({
      prompt: '123',
      num_images: 2,
      seed: 7,
      guidance_scale: 4.5,
      output_format: 'png',
      image_url: expect.stringMatching(/^data:image\/png/),
    })
  })

  test.for([
    [
      'a text that calls itself a picture',
      'image',
      new Blob(['hello'], { type: 'image/png' }),
      'image',
    ],
    ['an empty file', 'image', new Blob([]), 'image'],
    ['a mask that is a text', 'mask', new Blob(['hello'], { type: 'image/png' }), 'mask'],
  ] as const)('%s is 400 that names the part', async ([, name, blob, param]) => {
    const response = await post(
      aForm([
        ['prompt', 'blue'],
        ['model', 'flux-1.1-pro'],
        ['image', await aFile(), 'ok.png'],
        [name, blob, 'cat.png'],
      ]),
    )
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ error: { param } })
    expect(stack.fal.journal.count('submit')).toBe(0)
  })

  test('no picture at all, an unexpected file, and a mask of another size are 400', async () => {
    const missing = await post(aForm([['prompt', 'blue']]))
    expect(await missing.json()).toMatchObject({
      error: { param: 'image', code: 'missing_required_parameter' },
    })
    const odd = await post(
      aForm([
        ['prompt', 'blue'],
        ['song', await aFile(), 'a.png'],
      ]),
    )
    expect(await odd.json()).toMatchObject({
      error: { message: expect.stringContaining("'song'") },
    })
    const sizes = await post(
      aForm([
        ['prompt', 'blue'],
        ['model', 'flux-1.1-pro'],
        ['image', await aFile(), 'a.png'],
        ['mask', new Blob([new Uint8Array(await aMask(32, 32))]), 'm.png'],
      ]),
    )
    expect(sizes.status).toBe(400)
    expect(await sizes.json()).toMatchObject({
      error: { param: 'mask', message: expect.stringMatching(/32x32.*64x48/) },
    })
    expect(stack.fal.journal.count('submit')).toBe(0)
  })

  test.for([
    ['no boundary', 'multipart/form-data', 'x'],
    ['a boundary that never comes', 'multipart/form-data; boundary=b', 'hello'],
    [
      'an end that never comes',
      'multipart/form-data; boundary=b',
      '--b\r\ncontent-disposition: form-data; name="prompt"\r\n\r\nblue',
    ],
    [
      'headers that are none',
      'multipart/form-data; boundary=b',
      '--b\r\n\u0000\u0001\r\n\r\nx\r\n--b--\r\n',
    ],
    ['nothing', 'multipart/form-data; boundary=b', ''],
  ])('a form with %s is 400', async ([, type = '', body = '']) => {
    const response = await stack.request('/images/edits', {
      method: 'POST',
      headers: { 'content-type': type },
      body,
    })
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ error: { type: 'invalid_request_error' } })
  })
})

describe('JSON as clients write it', () => {
  test.for([
    ['images of image_url', (uri: string) => ({ images: [{ image_url: uri }] })],
    ['image as a string', (uri: string) => ({ image: uri })],
    ['image as a list', (uri: string) => ({ image: [uri] })],
    ['bare base64', (uri: string) => ({ image: uri.replace(/^data:[^,]*,/, '') })],
    ['an address', () => ({ images: [{ image_url: 'https://example.com/cat.png' }] })],
  ] as const)('%s', async ([, more]) => {
    const uri = `data:image/png;base64,${(await aPicture()).toString('base64')}`
    const response = await stack.post('/images/edits', {
      model: 'nano-banana-2',
      prompt: 'blue',
      response_format: 'url',
      ...more(uri),
    })
    expect(response.status).toBe(200)
    expect(onlyJob().input['image_urls']).toEqual([
      expect.stringMatching(/^(?:data:image\/png;base64,iVBOR|https:\/\/example\.com\/cat\.png$)/),
    ])
  })

  test.for([
    ['file:///etc/passwd'],
    ['ftp://example.com/a.png'],
    ['data:image/png;base64,####'],
    ['data:text/plain;base64,aGVsbG8='],
    ['cat.png'],
  ])('%s is 400 for image', async ([image]) => {
    const response = await stack.post('/images/edits', {
      model: 'nano-banana-2',
      prompt: 'x',
      image,
    })
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ error: { param: 'image' } })
    expect(stack.fal.journal.count('submit')).toBe(0)
  })

  test('more pictures than the model takes is 400 with both numbers', async () => {
    const image = Array.from({ length: 5 }, () => 'https://example.com/cat.png')
    const response = await stack.post('/images/edits', { model: 'flux-dev', prompt: 'x', image })
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({
      error: { param: 'image', message: expect.stringMatching(/^5 pictures.*at most 4/) },
    })
  })

  test('a model that cannot work inside a mask names some that can', async () => {
    const response = await stack.post('/images/edits', {
      model: 'flux-kontext',
      prompt: 'x',
      image: 'https://example.com/cat.png',
      mask: { image_url: 'https://example.com/mask.png' },
    })
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({
      error: { param: 'model', message: expect.stringContaining('gpt-image-2') },
    })
  })

  test('a file of another caller is not found', async () => {
    const response = await stack.post('/images/edits', {
      model: 'nano-banana-2',
      prompt: 'x',
      images: [{ file_id: 'file-e30.e30' }],
    })
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ error: { param: 'file_id' } })
  })
})

describe('a transparent background', () => {
  test('is made in a second step where the model cannot, and the step is named', async () => {
    const response = await stack.post('/images/generations', {
      model: 'flux-dev',
      prompt: 'a cat',
      background: 'transparent',
      n: 2,
    })
    expect(response.headers.get('x-adjusted')).toMatch(
      /^background=transparent->fal-ai\/birefnet\/v2(?: \([\d.]+ USD\))?$/,
    )
    const body = z
      .object({ data: z.array(z.object({ url: z.string() })), output_format: z.string() })
      .parse(await response.json())
    expect(body.output_format).toBe('png')
    const jobs = stack.fal.journal.jobs()
    expect(jobs.map(({ endpoint }) => endpoint)).toEqual([
      'fal-ai/flux/dev',
      'fal-ai/birefnet/v2',
      'fal-ai/birefnet/v2',
    ])
    expect(new Set(body.data.map(({ url }) => url)).size).toBe(2)
  })

  test('is left out, not failed, where the owner does not allow the second step', async () => {
    const strict = await startStack({
      env: { ALLOWED_MODELS: 'flux-dev', DEFAULT_MODEL: 'flux-dev' },
    })
    const response = await strict.post('/images/generations', {
      prompt: 'a cat',
      background: 'transparent',
    })
    expect(response.status).toBe(200)
    expect(response.headers.get('x-adjusted')).toBe('background=transparent->not-supported')
    expect(strict.fal.journal.jobs()).toHaveLength(1)
    await strict.close()
  })

  test('is the model’s own where it can', async () => {
    await stack.post('/images/generations', {
      model: 'gpt-image-1.5',
      prompt: 'a cat',
      background: 'transparent',
      response_format: 'url',
    })
    expect(onlyJob()).toMatchObject({
      endpoint: 'fal-ai/gpt-image-1.5',
      input: { background: 'transparent' },
    })
  })
})

describe('models that work on pictures only', () => {
  test.for([
    ['upscale', 'fal-ai/seedvr/upscale/image'],
    ['remove-background', 'fal-ai/birefnet/v2'],
  ] as const)('%s needs no prompt', async ([model, served]) => {
    const response = await post(
      aForm([
        ['model', model],
        ['image', await aFile(), 'a.png'],
        ['response_format', 'url'],
      ]),
    )
    expect(response.status).toBe(200)
    expect(response.headers.get('x-fal-endpoint')).toBe(served)
    expect(onlyJob().input).not.toHaveProperty('prompt')
  })

  test('say so when they are asked for a new picture', async () => {
    const response = await stack.post('/images/generations', { model: 'upscale', prompt: 'a cat' })
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({
      error: { message: expect.stringContaining('/v1/images/edits') },
    })
  })
})
