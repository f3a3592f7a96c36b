import OpenAI, {
  APIConnectionTimeoutError,
  APIError,
  APIUserAbortError,
  AuthenticationError,
  BadRequestError,
  ConflictError,
  InternalServerError,
  NotFoundError,
  RateLimitError,
  toFile,
} from 'openai'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'

import { ACCESS_KEY, startGateway, type Gateway } from '../support/start-gateway.ts'
import { startStack, until, type Stack } from '../support/start-stack.ts'

// What an app that speaks and writes down sees of each failure through openai-node with its defaults: the
// class that its `catch` looks for, and how often fal was asked.

/** The gateways of this file, each with another environment, in front of one pretend fal. */
const ENVIRONMENTS = {
  rejected: { FAL_API_KEY: 'bad-1:x' },
  'without balance': { FAL_API_KEY: 'locked-1:x' },
  limited: { FAL_API_KEY: 'limited-1:x' },
  hasty: { JOB_TIMEOUT_SECONDS: '1' },
  choosy: { ALLOWED_MODELS: 'tts-1, flux-*', DEFAULT_MODEL: 'flux-dev' },
} satisfies Record<string, Readonly<Record<string, string>>>

let stack: Stack
const gateways = new Map<string, Gateway>()
let spoken: Uint8Array<ArrayBuffer>

beforeAll(async () => {
  stack = await startStack({ ledger: 'temporary' })
  for (const [at, env] of Object.entries(ENVIRONMENTS)) {
    gateways.set(at, await startGateway(stack.fal.url, env))
  }
  const speech = { model: 'tts-1', input: 'Good evening.' }
  spoken = await (await stack.post('/audio/speech', speech)).bytes()
})
afterAll(async () => {
  await Promise.all([...gateways.values()].map((gateway) => gateway.close()))
  await stack.close()
})
beforeEach(() => {
  stack.fal.journal.clear()
})

function clientAt(at: keyof typeof ENVIRONMENTS | undefined, apiKey = ACCESS_KEY): OpenAI {
  const gateway = at === undefined ? stack.gateway : gateways.get(at)
  return new OpenAI({ baseURL: `${gateway?.url}/v1`, apiKey })
}

/** One way to use sound that fails. */
type Fail = (openai: OpenAI) => PromiseLike<unknown>

const speak =
  (input: string, more: Readonly<Record<string, unknown>> = {}): Fail =>
  (openai) =>
    openai.post('/audio/speech', { body: { model: 'tts-1', voice: 'alloy', input, ...more } })

/** The pretend fal obeys what stands in a keyword. */
const write =
  (more: Readonly<Record<string, unknown>> = {}, path = '/audio/transcriptions'): Fail =>
  async (openai) => {
    const file = await toFile(spoken, 'speech.mp3')
    return openai.audio.transcriptions.create({ file, model: 'gpt-transcribe', ...more }, { path })
  }

async function errorOf(work: PromiseLike<unknown>): Promise<unknown> {
  try {
    await work
  } catch (error) {
    return error
  }
  throw new Error('it did not fail')
}

type Row = readonly [
  name: string,
  fail: Fail,
  is: new (...args: never) => Error,
  facts: { readonly status: number; readonly code: string | null; readonly param?: string | null },
  submits: number,
  at?: keyof typeof ENVIRONMENTS,
]

const LOST = { status: 502, code: 'upstream_failed' }

const ROWS: readonly Row[] = [
  [
    'a voice that there is none of',
    speak('a', { voice: 'darth' }),
    BadRequestError,
    { status: 400, code: 'invalid_value', param: 'voice' },
    0,
  ],
  [
    'no text',
    (openai) => openai.post('/audio/speech', { body: { model: 'tts-1' } }),
    BadRequestError,
    { status: 400, code: 'missing_required_parameter', param: 'input' },
    0,
  ],
  [
    'a speed beyond all limits',
    speak('a', { speed: 9 }),
    BadRequestError,
    { status: 400, code: 'invalid_value', param: 'speed' },
    0,
  ],
  [
    'a text that the content filter refuses',
    speak('a [[fail:content_policy_violation]]'),
    BadRequestError,
    { status: 400, code: 'content_policy_violation' },
    1,
  ],
  [
    'no file',
    (openai) => openai.post('/audio/transcriptions', { body: { model: 'whisper-1' } }),
    BadRequestError,
    { status: 400, code: 'missing_required_parameter', param: 'file' },
    0,
  ],
  [
    'times of which the model knows none',
    write({ model: 'cohere-transcribe', response_format: 'vtt' }),
    BadRequestError,
    { status: 400, code: 'invalid_value', param: 'response_format' },
    0,
  ],
  [
    'a model that speaks, asked to write',
    write({ model: 'tts-1' }),
    BadRequestError,
    { status: 400, code: 'invalid_value', param: 'model' },
    0,
  ],
  [
    'a model that nobody knows',
    speak('a', { model: 'tts-9' }),
    NotFoundError,
    { status: 404, code: 'model_not_found', param: 'model' },
    0,
  ],
  [
    'a model that the owner does not allow',
    write(),
    NotFoundError,
    { status: 404, code: 'model_not_found', param: 'model' },
    0,
    'choosy',
  ],
  [
    'an exhausted balance',
    speak('a'),
    RateLimitError,
    { status: 429, code: 'insufficient_quota' },
    1,
    'without balance',
  ],
  [
    'an exhausted balance, which the storage for recordings tells as well',
    write(),
    RateLimitError,
    { status: 429, code: 'insufficient_quota' },
    0,
    'without balance',
  ],
  [
    'fal’s limit, which passes: the client itself waits and asks again',
    (openai) => speak('a')(openai.withOptions({ maxRetries: 1 })),
    RateLimitError,
    { status: 429, code: 'rate_limit_exceeded' },
    6,
    'limited',
  ],
  [
    'a fal key that fal does not accept',
    speak('a'),
    InternalServerError,
    { status: 503, code: 'upstream_auth_failed' },
    1,
    'rejected',
  ],
  [
    'a sound that was paid for and is lost',
    speak('a [[result:500]]'),
    InternalServerError,
    LOST,
    1,
  ],
  [
    'a submit whose outcome nobody knows',
    speak('a [[submit:cut-after]]'),
    InternalServerError,
    LOST,
    1,
  ],
  [
    'a model that breaks down while it listens',
    write({ keywords: ['[[fail:internal_server_error]]'] }),
    InternalServerError,
    LOST,
    1,
  ],
  [
    'a job beyond the longest wait',
    speak('a [[run:3s]]'),
    InternalServerError,
    { status: 504, code: 'job_timeout' },
    1,
    'hasty',
  ],
]

// Shows: openai-node/errors, openai-node/one-payment
test.for(ROWS)('%s', async ([, fail, is, facts, submits, at]) => {
  const error = await errorOf(fail(clientAt(at)))
  expect(error).toBeInstanceOf(is)
  expect(error).toMatchObject({
    ...facts,
    requestID: expect.stringMatching(/^req_/),
    message: expect.stringMatching(/^\d{3} .{10}/),
  })
  expect(stack.fal.journal.count('submit')).toBe(submits)
})

// Shows: openai-node/errors
test('a wrong key', async () => {
  for (const fail of [speak('a'), write()]) {
    const error = await errorOf(fail(clientAt(undefined, 'sk-wrong')))
    expect(error).toBeInstanceOf(AuthenticationError)
    expect(error).toMatchObject({ status: 401, code: 'invalid_api_key' })
  }
})

// Shows: openai-node/errors
test('a key of an idempotent request, used for something else', async () => {
  const openai = clientAt(undefined).withOptions({
    maxRetries: 0,
    defaultHeaders: { 'idempotency-key': 'spoken-once' },
  })
  await speak('one')(openai)
  const error = await errorOf(speak('another')(openai))
  expect(error).toBeInstanceOf(ConflictError)
  expect(stack.fal.journal.count('submit')).toBe(1)
})

// Shows: openai-node/errors
test('its own timeout is a timeout, its abort an abort, each after one submit', async () => {
  const hasty = clientAt(undefined).withOptions({ timeout: 300, maxRetries: 0 })
  expect(await errorOf(speak('a [[queue:2s]]')(hasty))).toBeInstanceOf(APIConnectionTimeoutError)
  expect(stack.fal.journal.count('submit')).toBe(1)
  stack.fal.journal.clear()
  const leaving = new AbortController()
  const body = { model: 'tts-1', voice: 'alloy', input: 'b [[queue:2s]]' }
  const failing = errorOf(clientAt(undefined).audio.speech.create(body, { signal: leaving.signal }))
  await until(() => stack.fal.journal.count('submit') === 1)
  leaving.abort()
  expect(await failing).toBeInstanceOf(APIUserAbortError)
})

// Shows: openai-node/stream-errors
test('a failure in a stream of a transcript throws what its frame says', async () => {
  const file = await toFile(spoken, 'speech.mp3')
  const stream = await clientAt(undefined).audio.transcriptions.create({
    file,
    model: 'gpt-transcribe',
    keywords: ['[[run:300ms]] [[fail:content_policy_violation]]'],
    stream: true,
  })
  const error = await errorOf(
    (async () => {
      for await (const event of stream) expect(event).toBeDefined()
    })(),
  )
  expect(error).toBeInstanceOf(APIError)
  expect(error).toMatchObject({ status: undefined, code: 'content_policy_violation' })
})
