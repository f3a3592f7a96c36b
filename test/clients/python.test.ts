import sharp from 'sharp'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import * as z from 'zod'

import { aMask, aPicture } from '../support/pictures.ts'
import { pythonTestsLeftOut, startPython, type Python } from '../support/python.ts'
import { ACCESS_KEY, startGateway, type Gateway } from '../support/start-gateway.ts'
import { startStack, type Stack } from '../support/start-stack.ts'

// The official client for Python as it is installed, with its defaults, retries included. It validates every
// answer against its own types: without that it would take any.

/** An expression that asks for a picture. */
const askFor = (prompt: string, model = 'flux-dev') =>
  `client.images.generate(model="${model}", prompt="${prompt}")`

interface Failure {
  readonly name: string
  /** An expression. */
  readonly work: string
  readonly key?: string
  /** The gateway's key to fal. */
  readonly falKey?: string
  /** The class that an app's `except` names. */
  readonly is: string
  readonly status: number
  readonly code: string
  readonly param?: string
  /** That fal saw in all. */
  readonly submits: number
}

const LOST = { is: 'InternalServerError', status: 502, code: 'upstream_failed', submits: 1 }

const FAILURES: readonly Failure[] = [
  {
    name: 'a prompt that the content filter refuses',
    work: askFor('a cat [[fail:content_policy_violation]]'),
    is: 'BadRequestError',
    status: 400,
    code: 'content_policy_violation',
    param: 'prompt',
    submits: 1,
  },
  {
    name: 'a wrong key',
    work: askFor('a cat'),
    key: 'sk-wrong',
    is: 'AuthenticationError',
    status: 401,
    code: 'invalid_api_key',
    submits: 0,
  },
  {
    name: 'a model that nobody knows',
    work: askFor('a cat', 'flux-devv'),
    is: 'NotFoundError',
    status: 404,
    code: 'model_not_found',
    param: 'model',
    submits: 0,
  },
  {
    name: 'an exhausted balance',
    work: askFor('a cat'),
    falKey: 'locked-1:x',
    is: 'RateLimitError',
    status: 429,
    code: 'insufficient_quota',
    submits: 1,
  },
  {
    name: 'fal’s limit, for which the client waits and asks again',
    // One retry instead of two: each waits for seconds. None of these submits is taken, none is paid for.
    work: `client.with_options(max_retries=1)${askFor('a cat').slice('client'.length)}`,
    falKey: 'limited-1:x',
    is: 'RateLimitError',
    status: 429,
    code: 'rate_limit_exceeded',
    submits: 6,
  },
  {
    name: 'a submit whose outcome nobody knows',
    work: askFor('a cat [[submit:cut-after]]'),
    ...LOST,
  },
  {
    name: 'a picture that was paid for and is lost at fal',
    work: askFor('a cat [[result:500]]'),
    ...LOST,
  },
]

describe.skipIf(pythonTestsLeftOut() !== undefined)('openai-python', () => {
  let stack: Stack
  let python: Python
  /** Gateways with other fal keys. */
  const others = new Map<string, Gateway>()

  beforeAll(async () => {
    stack = await startStack()
    python = startPython()
    for (const key of ['locked-1:x', 'limited-1:x']) {
      others.set(key, await startGateway(stack.fal.url, { FAL_API_KEY: key }))
    }
  })
  afterAll(async () => {
    await python.close()
    await Promise.all([...others.values()].map((gateway) => gateway.close()))
    await stack.close()
  })
  beforeEach(() => {
    stack.fal.journal.clear()
  })

  /** Runs code that finds `client`, and tells `answer`. */
  async function run(code: string, { key = ACCESS_KEY, gateway = stack.gateway } = {}) {
    const options = `base_url="${gateway.url}/v1", api_key="${key}", _strict_response_validation=True`
    return python.run(`client = openai.OpenAI(${options})\n${code}`)
  }

  function jobs() {
    return stack.fal.journal.jobs().map(({ endpoint, input }) => ({ endpoint, input }))
  }

  // Shows: openai-python/strict-types
  test('its validation refuses an answer of another kind', async () => {
    const refused = run('answer = client.get("/models", cast_to=openai.types.ImagesResponse)')
    await expect(refused).rejects.toThrow('APIResponseValidationError')
  })

  // Shows: openai-python/images, openai-python/strict-types
  test('gets a picture by its address, under its defaults', async () => {
    const answer = await run(`
made = client.images.generate(model="flux-dev", prompt="a cat", size="auto")
answer = [[picture.url, picture.b64_json] for picture in made.data]`)
    expect(answer).toEqual([[expect.stringMatching(/^http/), null]])
    expect(jobs()).toMatchObject([{ endpoint: 'fal-ai/flux/dev', input: { prompt: 'a cat' } }])
  })

  // Shows: openai-python/images
  test('gets several pictures as base64, of the size that it asked for', async () => {
    const answer = await run(`
made = client.images.generate(
    model="flux-dev", prompt="a cat", size="512x256", n=2, response_format="b64_json",
    extra_body={"seed": 7},
)
answer = [picture.b64_json for picture in made.data]`)
    const pictures = z.tuple([z.string(), z.string()]).parse(answer)
    expect(await Promise.all(pictures.map(sizeOf))).toEqual(['jpeg 512x256', 'jpeg 512x256'])
    expect(jobs()).toMatchObject([{ input: { num_images: 2, seed: 7 } }])
  })

  // Shows: openai-python/edits
  test('edits a file inside a mask', async () => {
    const [picture, mask] = await Promise.all([aPicture(), aMask()])
    const answer = await run(`
import base64, io
picture, mask = io.BytesIO(base64.b64decode("${picture.toString('base64')}")), base64.b64decode("${mask.toString('base64')}")
picture.name = "cat.png"
made = client.images.edit(
    model="gpt-image-2", prompt="a hat", image=picture, mask=("mask.png", mask), size="1024x1024"
)
answer = made.data[0].b64_json`)
    expect(await sizeOf(z.string().parse(answer))).toBe('png 1024x1024')
    const [job] = jobs()
    expect(job?.endpoint).toBe('openai/gpt-image-2/edit')
    expect(job?.input).toMatchObject({
      prompt: 'a hat',
      image_urls: [`data:image/png;base64,${picture.toString('base64')}`],
      mask_url: expect.stringMatching(/^data:image\/png;base64,/),
    })
  })

  // Shows: openai-python/bytes
  test('edits bytes that have no name', async () => {
    const picture = await aPicture()
    await run(`
import base64
answer = client.images.edit(
    model="nano-banana-2", prompt="a hat", image=base64.b64decode("${picture.toString('base64')}")
).data[0].url`)
    const sent = { image_urls: [`data:image/png;base64,${picture.toString('base64')}`] }
    expect(jobs()).toMatchObject([{ endpoint: 'fal-ai/nano-banana-2/edit', input: sent }])
  })

  // Shows: openai-python/variations
  test('varies a picture', async () => {
    const picture = await aPicture()
    const answer = await run(`
import base64
made = client.images.create_variation(image=base64.b64decode("${picture.toString('base64')}"))
answer = len(made.data)`)
    expect(answer).toBe(1)
    expect(jobs()).toHaveLength(1)
  })

  // Shows: openai-python/chat, openai-python/strict-types
  test('gets the picture in the text of a chat', async () => {
    const answer = await run(`
made = client.chat.completions.create(
    model="flux-dev", messages=[{"role": "user", "content": "a cat 16:9"}]
)
answer = [made.choices[0].finish_reason, made.choices[0].message.content, made.usage.total_tokens]`)
    expect(answer).toEqual(['stop', expect.stringMatching(MARKDOWN), 0])
    const sent = { prompt: 'a cat', image_size: 'landscape_16_9' }
    expect(jobs()).toMatchObject([{ input: sent }])
  })

  // Shows: openai-python/chat-stream, openai-python/strict-types
  test('gets it in a stream, in one piece', async () => {
    const answer = await run(`
chunks = list(client.chat.completions.create(
    model="flux-dev", messages=[{"role": "user", "content": "a cat"}], stream=True,
    stream_options={"include_usage": True},
))
choices = [chunk.choices[0] for chunk in chunks if chunk.choices]
answer = {
    "ids": len({chunk.id for chunk in chunks}),
    "contents": [choice.delta.content for choice in choices if choice.delta.content],
    "end": choices[-1].finish_reason,
    "usage": chunks[-1].usage.total_tokens,
}`)
    expect(answer).toEqual({
      ids: 1,
      contents: [expect.any(String), expect.stringMatching(MARKDOWN)],
      end: 'stop',
      usage: 0,
    })
  })

  // Shows: openai-python/models, openai-python/strict-types
  test('lists the models, and finds one whose id has slashes', async () => {
    const answer = await run(`
answer = [len(client.models.list().data) > 20, client.models.retrieve("fal-ai/flux/dev").id]`)
    expect(answer).toEqual([true, 'fal-ai/flux/dev'])
  })

  // Shows: openai-python/responses
  test('gets the picture as the result of the tool', async () => {
    // The types of version 1.69 do not know the tool yet, so this answer is not validated.
    const answer = await run(`
loose = client.with_options(_extra_kwargs={"_strict_response_validation": False})
made = loose.responses.create(
    model="flux-schnell", input="a cat", tools=[{"type": "image_generation", "output_format": "png"}]
)
answer = [made.status, made.output[0].type, made.output[0].result]`)
    const [status, type, result] = z.tuple([z.string(), z.string(), z.string()]).parse(answer)
    expect([status, type]).toEqual(['completed', 'image_generation_call'])
    expect(await sizeOf(result)).toMatch(/^png /)
  })

  // Shows: openai-python/errors, openai-python/one-payment
  test.for(FAILURES)('$name throws $is, $code, after $submits submits', async (row) => {
    const { code, param = null, is, status, submits } = row
    const gateway = others.get(row.falKey ?? '') ?? stack.gateway
    const work = `
try:
    answer = repr(${row.work})
except openai.APIStatusError as error:
    answer = [type(error).__name__, error.status_code, error.code, error.param, error.request_id]`
    expect(await run(work, { gateway, ...(row.key !== undefined && { key: row.key }) })).toEqual([
      is,
      status,
      code,
      param,
      expect.stringMatching(/^req_/),
    ])
    expect(stack.fal.journal.count('submit')).toBe(submits)
  })

  // Shows: openai-python/errors
  test('a failure inside a stream throws what its frame says', async () => {
    const answer = await run(`
stream = client.chat.completions.create(
    model="flux-dev", stream=True,
    messages=[{"role": "user", "content": "a cat [[run:100ms]] [[fail:content_policy_violation]]"}],
)
try:
    answer = [chunk.id for chunk in stream]
except openai.APIError as error:
    answer = [type(error).__name__, error.code, error.type]`)
    expect(answer).toEqual(['APIError', 'content_policy_violation', 'invalid_request_error'])
    expect(stack.fal.journal.count('submit')).toBe(1)
  })
})

const MARKDOWN = /!\[Generated Image\]\(http\S+\)$/

async function sizeOf(base64: string): Promise<string> {
  const { width, height, format } = await sharp(Buffer.from(base64, 'base64')).metadata()
  return `${format} ${width}x${height}`
}
