import { NotFoundError, toFile } from 'openai'
import sharp from 'sharp'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'

import { startGateway } from '../support/start-gateway.ts'
import { FREED_SECONDS, startStack, until, type Stack } from '../support/start-stack.ts'

let stack: Stack

beforeAll(async () => {
  stack = await startStack()
})
afterAll(() => stack.close())
beforeEach(() => {
  stack.fal.journal.clear()
})

const FLUX = { model: 'flux-dev', stream: true } as const

async function sizeOf(base64: string | undefined): Promise<string> {
  const { width, height, format } = await sharp(Buffer.from(base64 ?? '', 'base64')).metadata()
  return `${width}x${height} ${format}`
}

async function generate(prompt: string, partial_images: number, model = 'flux-dev') {
  const body = { model, prompt, partial_images, stream: true } as const
  return Array.fromAsync(await stack.openai.images.generate(body))
}

/** `partial_image 0`, `completed`, and so on. */
function tell(events: readonly object[]): string[] {
  return events.map((event) => {
    const type = 'type' in event ? String(event.type).replace(/^.*\./, '') : ''
    return 'partial_image_index' in event ? `${type} ${String(event.partial_image_index)}` : type
  })
}

describe('a model that shows its pictures while it works', () => {
  test('three unfinished pictures come in order, all different, then the finished one', async () => {
    const events = await generate('a cat [[run:600ms]]', 3)
    const { b64_json: _, ...first } = events[0] ?? { b64_json: '' }
    expect(first).toEqual({
      type: 'image_generation.partial_image',
      partial_image_index: 0,
      created_at: expect.closeTo(Date.now() / 1000, -2),
      size: '1024x768',
      quality: 'auto',
      background: 'auto',
      output_format: 'jpeg',
    })
    expect(tell(events)).toEqual([
      'partial_image 0',
      'partial_image 1',
      'partial_image 2',
      'completed',
    ])
    expect(new Set(events.map(({ b64_json }) => b64_json)).size).toBe(4)
    const sizes = await Promise.all(events.map(({ b64_json }) => sizeOf(b64_json)))
    expect(sizes).toEqual(Array(4).fill('1024x768 jpeg'))
    // No queue: one request, and the finished picture.
    expect(stack.asked()).toEqual({ stream: 1, cdn: 1 })
    const made = stack.fal.journal.entries().find(({ kind }) => kind === 'cdn')
    const picture = await (await fetch(`${stack.fal.url}${made?.path}`)).arrayBuffer()
    expect(events.at(-1)?.b64_json === Buffer.from(picture).toString('base64')).toBe(true)
  })

  test('the first comes long before the last', async () => {
    const body = { ...FLUX, prompt: 'a slow cat [[run:4s]]', partial_images: 2 }
    const events = await stack.openai.images.generate(body)
    for await (const { type } of events) {
      expect(type).toBe('image_generation.partial_image')
      expect(stack.fal.journal.jobs()[0]?.state).toBe('IN_PROGRESS')
      break
    }
  })

  test.for<[number, number]>([
    [1, 3],
    [2, 2],
    [3, 1],
    [3, 12],
  ])('of %i asked and %i that fal sends the smaller number is shown', async ([asked, sent]) => {
    const events = await generate(`a cat [[run:100ms]] [[partials:${sent}]]`, asked)
    expect(events).toHaveLength(Math.min(asked, sent) + 1)
    expect(new Set(events.map(({ b64_json }) => b64_json)).size).toBe(events.length)
  })

  test('an edit shows them under its own names', async () => {
    const image = await sharp({
      create: { width: 64, height: 64, channels: 3, background: '#123456' },
    })
      .png()
      .toBuffer()
    const events = await stack.openai.images.edit({
      model: 'gpt-image-1.5',
      image: await toFile(image, 'a.png'),
      prompt: 'a hat',
      stream: true,
      partial_images: 2,
    })
    const all = await Array.fromAsync(events)
    expect(all.map(({ type }) => type)).toEqual([
      'image_edit.partial_image',
      'image_edit.partial_image',
      'image_edit.completed',
    ])
    expect(stack.fal.journal.jobs()[0]?.endpoint).toBe('fal-ai/gpt-image-1.5/edit')
  })

  test.for(['fal-ai/flux-lora', 'ideogram/v4', 'flux-schnell'])('%s is one', async (model) => {
    expect(tell(await generate('a cat', 1, model))).toEqual(['partial_image 0', 'completed'])
  })

  test('the headers name fal’s request, and no job, as there is none to be found again', async () => {
    const body = { ...FLUX, prompt: 'a cat', partial_images: 1 }
    const response = await stack.post('/images/generations', body)
    expect(response.headers.get('x-job-id')).toBeNull()
    expect(response.headers.get('x-fal-endpoint')).toBe('fal-ai/flux/dev')
    await response.body?.cancel()
  })
})

describe('fal’s queue is used, and nothing is invented', () => {
  test.for([
    ['a model that shows none', { model: 'flux-2', partial_images: 3 }, 1],
    ['several pictures', { partial_images: 3, n: 2 }, 2],
    ['partial_images 0', { partial_images: 0 }, 1],
    ['partial_images null', { partial_images: null }, 1],
  ] as const)('%s', async ([, more, pictures]) => {
    const body = { ...FLUX, prompt: 'a cat', ...more }
    const response = await stack.post('/images/generations', body)
    expect(response.headers.get('x-job-id')).toMatch(/^job_/)
    const text = await response.text()
    expect(text.match(/^event: .*$/gm)).toEqual(
      Array(pictures).fill('event: image_generation.completed'),
    )
    expect(stack.asked()).toMatchObject({ submit: 1 })
    expect(stack.fal.journal.count('stream')).toBe(0)
  })

  test('a plain answer, whatever partial_images says', async () => {
    const body = { model: 'flux-dev', prompt: 'a cat', partial_images: 3 }
    expect(await (await stack.post('/images/generations', body)).json()).toHaveProperty('data')
    expect(stack.asked()).toEqual({ submit: 1, 'status-stream': 1, result: 1 })
  })

  test.for(['401', '403', '404', '429', '502'])(
    'what fal refuses with %s before it accepts goes into the queue',
    async (status) => {
      const events = await generate(`a cat [[submit:${status}*1]]`, 2)
      expect(tell(events)).toEqual(['completed'])
      expect(stack.asked()).toEqual({
        stream: 1,
        submit: 1,
        'status-stream': 1,
        result: 1,
        cdn: 1,
      })
    },
  )

  test('another key of the pool takes over first', async () => {
    const keys = 'bad-id:x,test-id:test-secret'
    const gateway = await startGateway(stack.fal.url, { FAL_API_KEY: keys })
    const openai = stack.openai.withOptions({ baseURL: `${gateway.url}/v1` })
    const body = { ...FLUX, prompt: 'a cat', partial_images: 1 }
    const events = await Array.fromAsync(await openai.images.generate(body))
    expect(tell(events)).toEqual(['partial_image 0', 'completed'])
    expect(stack.asked()).toEqual({ stream: 2, cdn: 1 })
    await gateway.close()
  })
})

describe('money', () => {
  test('a stream that breaks off says that it may have cost something, and is not repeated', async () => {
    const call = generate('a cat [[stream:drop]]', 3)
    await expect(call).rejects.toMatchObject({
      code: 'upstream_failed',
      message: expect.stringMatching(/may have been charged, and cannot be fetched again/),
    })
    expect(stack.asked()).toEqual({ stream: 1 })
  })

  test('nor is a request whose answer was lost', async () => {
    await expect(generate('a cat [[submit:cut-after]]', 3)).rejects.toMatchObject({
      status: 502,
      headers: expect.objectContaining({}),
      message: expect.stringContaining('could cost twice'),
    })
    expect(stack.asked()).toEqual({ stream: 1 })
  })

  test('a refused prompt is an HTTP error, after one request', async () => {
    const call = generate('a cat [[fail:content_policy_violation]]', 3)
    await expect(call).rejects.toMatchObject({ status: 400, code: 'content_policy_violation' })
    expect(stack.asked()).toEqual({ stream: 1 })
  })

  test('a flagged picture is not shown, finished or not', async () => {
    const call = generate('a cat [[nsfw]]', 3)
    await expect(call).rejects.toMatchObject({ code: 'content_policy_violation' })
  })

  test('who leaves takes the model with him, within 3 s', async () => {
    const leaving = new AbortController()
    const body = { ...FLUX, prompt: 'a cat [[run:9s]]', partial_images: 1 }
    const { signal } = leaving
    const response = await stack.post('/images/generations', body, { signal })
    expect(response.status).toBe(200)
    leaving.abort()
    await until(() => stack.fal.journal.jobs()[0]?.errorType === 'client_cancelled', FREED_SECONDS)
    expect(stack.asked()).toEqual({ stream: 1 })
  })
})

describe('the Responses API', () => {
  const tools = [{ type: 'image_generation' as const, partial_images: 2 }]

  test('shows them between generating and completed, all numbered', async () => {
    const stream = await stack.openai.responses.create({
      model: 'flux-dev',
      input: 'a cat',
      tools,
      stream: true,
    })
    const events = await Array.fromAsync(stream)
    expect(tell(events)).toEqual([
      'created',
      'in_progress',
      'added',
      'in_progress',
      'generating',
      'partial_image 0',
      'partial_image 1',
      'completed',
      'done',
      // The message that every response ends with.
      'added',
      'added',
      'delta',
      'done',
      'done',
      'done',
      'completed',
    ])
    expect(events.map(({ sequence_number }) => sequence_number)).toEqual([...events.keys()])
    expect(events[5]).toMatchObject({
      output_index: 0,
      item_id: expect.stringMatching(/^ig_0_/),
      partial_image_b64: expect.stringMatching(/^\/9j\//),
      size: '1024x768',
      output_format: 'jpeg',
    })
    expect(stack.asked()).toEqual({ stream: 1, cdn: 2 })
  })

  test('its ids lead nowhere, and say why; the picture itself can be sent on', async () => {
    const stream = stack.openai.responses.stream({ model: 'flux-dev', input: 'a cat', tools })
    const { id, output } = await stream.finalResponse()
    await expect(stack.openai.responses.retrieve(id)).rejects.toBeInstanceOf(NotFoundError)
    const again = { model: 'nano-banana-2', input: 'a hat on it', previous_response_id: id }
    await expect(stack.openai.responses.create(again)).rejects.toMatchObject({
      status: 400,
      param: 'previous_response_id',
      message: expect.stringContaining('partial_images'),
    })
    const picture = output.find((item) => item.type === 'image_generation_call')
    if (picture === undefined) throw new Error('no picture')
    const input = [picture, { role: 'user' as const, content: 'a hat on it' }]
    const edited = await stack.openai.responses.create({
      model: 'nano-banana-2',
      input,
      tools: [{ type: 'image_generation' }],
    })
    expect(edited.output[0]).toMatchObject({ action: 'edit', status: 'completed' })
  })

  test('so does whoever prefers not to wait', async () => {
    const body = { ...FLUX, prompt: 'a cat', partial_images: 3 }
    const headers = { prefer: 'respond-async' }
    const response = await stack.post('/images/generations', body, { headers })
    expect(response.headers.get('x-job-id')).toMatch(/^job_/)
    expect(await response.text()).not.toContain('partial')
    expect(stack.fal.journal.count('stream')).toBe(0)
  })

  test('what goes on in the background takes the queue', async () => {
    const stream = await stack.openai.responses.create({
      model: 'flux-dev',
      input: 'a cat',
      tools,
      stream: true,
      background: true,
    })
    const events = await Array.fromAsync(stream)
    expect(tell(events).filter((type) => type.startsWith('partial'))).toEqual([])
    expect(stack.asked()).toMatchObject({ submit: 1 })
  })
})
