import OpenAI, {
  APIConnectionError,
  APIConnectionTimeoutError,
  APIError,
  APIUserAbortError,
  AuthenticationError,
  BadRequestError,
  InternalServerError,
  NotFoundError,
  RateLimitError,
} from 'openai'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'

import { ACCESS_KEY, startGateway, type Gateway } from '../support/start-gateway.ts'
import { openServeFolder } from '../support/start-serve.ts'
import { startStack, until, type Stack } from '../support/start-stack.ts'

// What an app sees of each failure through openai-node with its defaults, retries included: the class that
// its `catch` looks for, the fields of the error, and how often fal was asked to make a picture.

/** The gateways of this file, each with another environment, in front of one pretend fal. */
const ENVIRONMENTS = {
  usual: {},
  unset: { FAL_API_KEY: undefined },
  rejected: { FAL_API_KEY: 'bad-1:x' },
  'without balance': { FAL_API_KEY: 'locked-1:x' },
  limited: { FAL_API_KEY: 'limited-1:x' },
  hasty: { JOB_TIMEOUT_SECONDS: '1' },
} satisfies Record<string, Readonly<Record<string, string | undefined>>>

/** `served`: behind `npm run serve`, which reads to the end of what is refused, as Cloudflare does. */
type At = keyof typeof ENVIRONMENTS | 'served'

let stack: Stack
const gateways = new Map<At, Pick<Gateway, 'url' | 'close'>>()
const { start } = openServeFolder(afterAll)

beforeAll(async () => {
  stack = await startStack()
  for (const [at, env] of Object.entries(ENVIRONMENTS)) {
    if (isAt(at)) gateways.set(at, await startGateway(stack.fal.url, env))
  }
  const served = await start(stack.fal.url)
  const close = async (): Promise<void> => {
    served.kill('SIGKILL')
    await served.ended
  }
  gateways.set('served', { url: served.url, close })
})
afterAll(async () => {
  await Promise.all([...gateways.values()].map((gateway) => gateway.close()))
  await stack.close()
})
beforeEach(() => {
  stack.fal.journal.clear()
})

function isAt(name: string): name is At {
  return name in ENVIRONMENTS
}

function clientAt(at: At, options: { apiKey?: string } = {}): OpenAI {
  const baseURL = `${gateways.get(at)?.url}/v1`
  return new OpenAI({ baseURL, apiKey: ACCESS_KEY, ...options })
}

/** How a failure comes about: of an app's own making, at fal, or in the owner's settings. */
type Fail = (openai: OpenAI) => PromiseLike<unknown>

interface Row {
  readonly name: string
  readonly fail: Fail
  /** Which gateway; the usual one unless said otherwise. */
  readonly at?: At
  readonly apiKey?: string
  readonly is: new (...args: never) => APIError
  readonly status: number
  readonly type: string
  readonly code: string | null
  readonly param?: string
  /** Submits that fal saw in all. */
  readonly submits: number
  /** Whether fal took a job, which can then be looked up. */
  readonly job?: true
}

const picture =
  (prompt: string, more: Record<string, unknown> = {}): Fail =>
  (openai) =>
    openai.post('/images/generations', { body: { model: 'flux-dev', prompt, ...more } })

const MISTAKE = { type: 'invalid_request_error' }
const BAD = { ...MISTAKE, is: BadRequestError, status: 400 }
const MISSING = { ...MISTAKE, is: NotFoundError, status: 404 }
const SERVER = { is: InternalServerError, type: 'server_error' }
const LOST = { ...SERVER, status: 502, code: 'upstream_failed', submits: 1 }

const ROWS: readonly Row[] = [
  {
    name: 'a value that is out of range',
    fail: (openai) => openai.images.generate({ prompt: 'a cat', n: 11 }),
    ...BAD,
    code: 'invalid_value',
    param: 'n',
    submits: 0,
  },
  {
    name: 'a value of another type',
    fail: picture('a cat', { prompt: 7 }),
    ...BAD,
    code: 'invalid_type',
    param: 'prompt',
    submits: 0,
  },
  {
    name: 'no prompt',
    fail: (openai) => openai.post('/images/generations', { body: {} }),
    ...BAD,
    code: 'missing_required_parameter',
    param: 'prompt',
    submits: 0,
  },
  {
    name: 'no picture to edit',
    fail: (openai) => openai.post('/images/edits', { body: { prompt: 'a hat' } }),
    ...BAD,
    code: 'missing_required_parameter',
    param: 'image',
    submits: 0,
  },
  {
    name: 'a prompt that the content filter refuses',
    fail: picture('a cat [[fail:content_policy_violation]]'),
    ...BAD,
    code: 'content_policy_violation',
    param: 'prompt',
    submits: 1,
    job: true,
  },
  {
    name: 'a field that fal refuses',
    fail: picture('a cat [[fail:image_too_small]]'),
    ...BAD,
    code: 'invalid_value',
    param: 'image',
    submits: 1,
    job: true,
  },
  {
    name: 'a wrong key',
    fail: picture('a cat'),
    apiKey: 'sk-wrong',
    ...MISTAKE,
    is: AuthenticationError,
    status: 401,
    code: 'invalid_api_key',
    submits: 0,
  },
  {
    name: 'a model that nobody knows',
    fail: picture('a cat', { model: 'flux-devv' }),
    ...MISSING,
    code: 'model_not_found',
    param: 'model',
    submits: 0,
  },
  {
    name: 'a model that fal has ended',
    fail: picture('a cat [[retired]]'),
    ...MISSING,
    code: 'model_not_found',
    param: 'model',
    submits: 1,
  },
  {
    name: 'a model that is looked up and does not exist',
    fail: (openai) => openai.models.retrieve('flux-devv'),
    ...MISSING,
    code: 'model_not_found',
    param: 'model',
    submits: 0,
  },
  {
    name: 'a response that nobody made',
    fail: (openai) => openai.responses.retrieve('resp_1'),
    ...MISSING,
    code: 'job_not_found',
    submits: 0,
  },
  {
    name: 'a path that does not exist',
    fail: (openai) => openai.embeddings.create({ model: 'flux-dev', input: 'a cat' }),
    ...MISSING,
    code: 'unknown_url',
    submits: 0,
  },
  {
    name: 'a method that a path does not have',
    fail: (openai) => openai.models.delete('flux-dev'),
    ...MISTAKE,
    is: APIError,
    status: 405,
    code: 'method_not_allowed',
    submits: 0,
  },
  {
    name: 'a body that is too large',
    at: 'served',
    fail: picture('x'.repeat(33_000_000)),
    ...MISTAKE,
    is: APIError,
    status: 413,
    code: 'request_too_large',
    submits: 0,
  },
  {
    name: 'fal’s limit, which passes: the client itself waits and asks again',
    at: 'limited',
    // One retry instead of two: each waits for seconds.
    fail: (openai) => picture('a cat')(openai.withOptions({ maxRetries: 1 })),
    is: RateLimitError,
    type: 'rate_limit_error',
    status: 429,
    code: 'rate_limit_exceeded',
    submits: 6,
  },
  {
    name: 'an exhausted balance, which does not',
    at: 'without balance',
    fail: picture('a cat'),
    is: RateLimitError,
    type: 'insufficient_quota',
    status: 429,
    code: 'insufficient_quota',
    submits: 1,
  },
  {
    name: 'a gateway without a fal key',
    at: 'unset',
    fail: picture('a cat'),
    ...SERVER,
    status: 500,
    code: 'worker_not_configured',
    submits: 0,
  },
  {
    name: 'a fal key that fal does not accept',
    at: 'rejected',
    fail: picture('a cat'),
    ...SERVER,
    status: 503,
    code: 'upstream_auth_failed',
    submits: 1,
  },
  {
    name: 'a submit whose outcome nobody knows',
    fail: picture('a cat [[submit:cut-after]]'),
    ...LOST,
  },
  {
    name: 'a picture that was paid for and is lost at fal',
    fail: picture('a cat [[result:500]]'),
    ...LOST,
    job: true,
  },
  {
    name: 'a model that breaks down',
    fail: picture('a cat [[fail:internal_server_error]]'),
    ...LOST,
    job: true,
  },
  {
    name: 'a job beyond the longest wait',
    at: 'hasty',
    fail: picture('a cat [[run:3s]]'),
    ...SERVER,
    status: 504,
    code: 'job_timeout',
    submits: 1,
    job: true,
  },
  {
    name: 'a chat that fails before its first byte',
    fail: (openai) =>
      openai.chat.completions.create({
        model: 'flux-dev',
        messages: [{ role: 'user', content: 'a cat [[submit:500]]' }],
        stream: true,
      }),
    ...LOST,
  },
  {
    name: 'a stream of pictures that fails before its first byte',
    fail: (openai) =>
      openai.images.generate({ model: 'flux-dev', prompt: 'a [[submit:500]]', stream: true }),
    ...LOST,
  },
  {
    name: 'a streamed response that fails before its first byte',
    fail: (openai) =>
      openai.responses.create({ model: 'flux-dev', input: 'a dog [[submit:500]]', stream: true }),
    ...LOST,
  },
]

async function errorOf(work: PromiseLike<unknown>): Promise<APIError> {
  try {
    await work
  } catch (error) {
    if (error instanceof APIError) return error
    throw error
  }
  throw new Error('it did not fail')
}

// Shows: openai-node/errors, openai-node/one-payment
test.for(ROWS)('$name is $status $code, after $submits submits', async (row) => {
  const openai = clientAt(row.at ?? 'usual', row.apiKey === undefined ? {} : { apiKey: row.apiKey })
  const error = await errorOf(row.fail(openai))
  expect(error).toBeInstanceOf(row.is)
  expect(error).toMatchObject({
    status: row.status,
    type: row.type,
    code: row.code,
    param: row.param ?? null,
    requestID: expect.stringMatching(/^req_/),
    message: expect.stringMatching(new RegExp(`^${row.status} .{10}`)),
  })
  expect(stack.fal.journal.count('submit')).toBe(row.submits)
  const jobId = error.headers?.get('x-job-id') ?? undefined
  expect(jobId?.slice(0, 4)).toBe(row.job && 'job_')
  expect(error.error).toEqual({
    message: expect.any(String),
    type: row.type,
    param: row.param ?? null,
    code: row.code,
    ...(jobId !== undefined && { job_id: jobId }),
  })
})

describe('a failure after the first byte', () => {
  const prompt = 'a cat [[run:100ms]] [[fail:content_policy_violation]]'
  const streams: Readonly<Record<string, (openai: OpenAI) => Promise<AsyncIterable<unknown>>>> = {
    chat: (openai) =>
      openai.chat.completions.create({
        model: 'flux-dev',
        messages: [{ role: 'user', content: prompt }],
        stream: true,
      }),
    images: (openai) => openai.images.generate({ model: 'flux-dev', prompt, stream: true }),
    edits: (openai) =>
      openai.post('/images/edits', {
        body: { ...EDIT, prompt, stream: true },
        stream: true,
      }),
    responses: (openai) =>
      openai.responses.create({ model: 'flux-dev', input: prompt, stream: true }),
  }

  /** Where each says what is wished for. */
  const PROMPT_FIELDS: Readonly<Record<string, string>> = {
    chat: 'messages',
    images: 'prompt',
    edits: 'prompt',
    responses: 'input',
  }

  // Shows: openai-node/stream-errors
  test.for(Object.entries(streams))(
    'of a stream of %s throws what its frame says',
    async ([surface, open]) => {
      const stream = await open(clientAt('usual'))
      const error = await errorOf(drain(stream))
      expect(error).toMatchObject({
        status: undefined,
        code: 'content_policy_violation',
        param: PROMPT_FIELDS[surface],
        message: expect.stringMatching(/.{10}/),
      })
      expect(stack.fal.journal.count('submit')).toBe(1)
    },
  )
})

const EDIT = { model: 'nano-banana-2', image: 'https://example.com/cat.png' }

async function drain(stream: AsyncIterable<unknown>): Promise<void> {
  for await (const event of stream) expect(event).toBeDefined()
}

describe('when the client does not hear to the end', () => {
  // Shows: openai-node/errors
  test('its own timeout is a timeout, after one submit', async () => {
    const hasty = clientAt('usual').withOptions({ timeout: 300, maxRetries: 0 })
    const error = await errorOf(picture('a cat [[queue:1s]]')(hasty))
    expect(error).toBeInstanceOf(APIConnectionTimeoutError)
    expect(stack.fal.journal.count('submit')).toBe(1)
  })

  // Shows: openai-node/errors
  test('its abort is an abort, after one submit', async () => {
    const leaving = new AbortController()
    const body = { model: 'flux-dev', prompt: 'a cat [[queue:1s]]' }
    const failing = errorOf(clientAt('usual').images.generate(body, { signal: leaving.signal }))
    await until(() => stack.fal.journal.count('submit') === 1)
    leaving.abort()
    expect(await failing).toBeInstanceOf(APIUserAbortError)
    expect(stack.fal.journal.count('submit')).toBe(1)
  })

  // Shows: openai-node/errors
  test('a gateway that is not there is a broken connection', async () => {
    const gone = await startGateway(stack.fal.url)
    await gone.close()
    const openai = new OpenAI({ baseURL: `${gone.url}/v1`, apiKey: ACCESS_KEY })
    const error = await errorOf(picture('a cat')(openai))
    expect(error).toBeInstanceOf(APIConnectionError)
    expect(stack.fal.journal.count('submit')).toBe(0)
  })
})
