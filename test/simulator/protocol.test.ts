import { afterAll, beforeAll, describe, test } from 'vitest'

import { startSimulator, type Simulator } from '../../simulator/start-simulator.ts'
import { createCaller, readDetail, type Caller } from './caller.ts'

let simulator: Simulator
let caller: Caller

beforeAll(async () => {
  simulator = await startSimulator({ pingMs: 40 })
  caller = createCaller(simulator)
})
afterAll(() => simulator.close())

const RUNNING = 'a slow cat [[run:60s]]'
const WAITING = 'a late cat [[queue:60s]]'

/** Reads the stream until the text is there, then hangs up. */
async function readUntil(url: string, text: string): Promise<string> {
  const hangUp = new AbortController()
  const headers = { authorization: 'Key tester:secret' }
  const answer = await fetch(url, { headers, signal: hangUp.signal })
  let seen = ''
  for await (const chunk of answer.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    seen += chunk
    if (seen.includes(text)) break
  }
  hangUp.abort()
  return seen
}

describe('submit', () => {
  test('answers IN_QUEUE with URLs that drop the sub-path', async ({ expect }) => {
    const job = await caller.submit('fal-ai/flux/dev', { prompt: 'a cat' })
    const base = `${simulator.url}/queue/fal-ai/flux/requests/${job.request_id}`
    expect(job).toEqual({
      status: 'IN_QUEUE',
      request_id: job.request_id,
      response_url: base,
      status_url: `${base}/status`,
      cancel_url: `${base}/cancel`,
      queue_position: 0,
    })
  })

  test('keeps the namespace of a workflow in the URLs', async ({ expect }) => {
    const job = await caller.submit('workflows/someone/image-maker/v2', { prompt: 'a cat' })
    expect(job.response_url).toContain('/queue/workflows/someone/image-maker/requests/')
  })

  test('validates nothing: the result does', async ({ expect }) => {
    const answer = await caller.finish('fal-ai/flux/dev', { num_images: 'many' })
    expect(answer.status).toBe(422)
    expect(answer.headers.get('x-fal-billable-units')).toBe('0')
    expect(answer.body).toEqual({
      detail: [
        {
          loc: ['body', 'prompt'],
          msg: 'Field required',
          type: 'missing',
          url: 'https://errors.pydantic.dev/2.11/v/missing',
          input: { num_images: 'many' },
        },
        {
          loc: ['body', 'num_images'],
          msg: 'Input should be a valid integer',
          type: 'int_type',
          url: 'https://errors.pydantic.dev/2.11/v/int_type',
          input: 'many',
        },
      ],
    })
  })

  test('refuses when the queue is longer than the caller wants', async ({ expect }) => {
    const app = 'fal-ai/sana'
    await caller.submit(app, { prompt: WAITING })
    await caller.submit(app, { prompt: WAITING })
    const options = { method: 'POST', input: { prompt: 'a cat' } }
    const refused = await caller.call(`/queue/${app}?fal_max_queue_length=1`, options)
    expect(refused.status).toBe(429)
    const taken = await caller.call(`/queue/${app}?fal_max_queue_length=2`, options)
    expect(taken).toMatchObject({ status: 200, body: { queue_position: 2 } })
  })

  test.for([
    ['fal-ai/no-such-app', 'Application "fal-ai/no-such-app" not found'],
    ['fal-ai/flux/no-such-path', 'Path /no-such-path not found'],
    ['fal-ai/imagen4/preview/fast', 'Application "fal-ai/imagen4" not found'],
  ] as const)('%s is not found', async ([endpoint, detail], { expect }) => {
    const answer = await caller.call(`/queue/${endpoint}`, { method: 'POST', input: {} })
    expect(answer).toMatchObject({ status: 404, body: { detail } })
  })

  test('a start timeout that is shorter than the queue fails the job', async ({ expect }) => {
    const headers = { 'x-fal-request-timeout': '0.05' }
    const answer = await caller.finish('fal-ai/flux/dev', { prompt: WAITING }, headers)
    expect(answer.status).toBe(504)
    expect(answer.headers.get('x-fal-request-timeout-type')).toBe('user')
    expect(answer.body).toEqual({ detail: 'Request timed out', error_type: 'request_timeout' })
  })
})

describe('status', () => {
  test('is 202 while the job waits and runs, 200 when it is done', async ({ expect }) => {
    const waiting = await caller.submit('fal-ai/fast-sdxl', { prompt: WAITING })
    expect(await caller.call(waiting.status_url)).toMatchObject({
      status: 202,
      body: { status: 'IN_QUEUE', queue_position: 0, logs: null, metrics: {} },
    })
    const running = await caller.submit('fal-ai/flux/dev', { prompt: RUNNING })
    await readUntil(`${running.status_url}/stream`, 'IN_PROGRESS')
    const answer = await caller.call(running.status_url)
    expect(answer).toMatchObject({ status: 202, body: { status: 'IN_PROGRESS' } })
    expect(answer.body).not.toHaveProperty('queue_position')
    const done = await caller.submit('fal-ai/flux/dev', { prompt: 'quick' })
    const { body } = await caller.wait(done)
    expect(body).toMatchObject({ status: 'COMPLETED' })
    expect(body).toHaveProperty('metrics.inference_time')
    expect(body).not.toHaveProperty('error')
  })

  test('has logs only when they are asked for', async ({ expect }) => {
    const job = await caller.submit('fal-ai/flux/dev', { prompt: 'logged' })
    await caller.wait(job)
    expect(await caller.call(job.status_url)).toMatchObject({ body: { logs: null } })
    expect(await caller.call(`${job.status_url}?logs=1`)).toMatchObject({
      body: { logs: [{ message: 'Started', level: 'INFO' }, { message: 'Finished' }] },
    })
  })

  test.for(['/status', '', '/status/stream'])(
    '405 with the full path in front of "%s"',
    async (what, { expect }) => {
      const job = await caller.submit('fal-ai/flux/dev', { prompt: 'a cat' })
      const answer = await caller.call(`/queue/fal-ai/flux/dev/requests/${job.request_id}${what}`)
      expect(answer.status).toBe(405)
    },
  )

  test('404 for an id that nobody knows, or of another app', async ({ expect }) => {
    const job = await caller.submit('fal-ai/flux/dev', { prompt: 'a cat' })
    for (const path of ['fal-ai/flux/requests/nobody', `fal-ai/sana/requests/${job.request_id}`]) {
      const answer = await caller.call(`/queue/${path}/status`)
      expect(answer).toMatchObject({ status: 404, body: { status: 'NOT_FOUND' } })
    }
  })
})

describe('status stream', () => {
  test('sends the state at once, then pings', async ({ expect }) => {
    const job = await caller.submit('fal-ai/flux/dev', { prompt: WAITING })
    const seen = await readUntil(`${job.status_url}/stream`, ': ping\n\n: ping\n\n')
    expect(seen).toMatch(/^data: \{"status":"IN_QUEUE"/)
    expect(seen).not.toMatch(/^(event|id):/m)
  })

  test('gives each log once, and ends after COMPLETED', async ({ expect }) => {
    const prompt = 'streamed [[queue:30ms]] [[run:150ms]]'
    const job = await caller.submit('fal-ai/flux/dev', { prompt })
    const { body, headers } = await caller.call(`${job.status_url}/stream?logs=1`)
    expect(headers.get('content-type')).toMatch(/^text\/event-stream/)
    const messages = [...String(body).matchAll(/"message":"([^"]+)"/g)].map(
      ([, message]) => message,
    )
    expect(messages).toEqual([
      'Started',
      'Progress 25%',
      'Progress 50%',
      'Progress 75%',
      'Finished',
    ])
    expect(String(body)).toMatch(/data: \{"status":"COMPLETED".*\}\n\n$/)
  })

  test('counts the queue position down', async ({ expect }) => {
    const job = await caller.submit('fal-ai/kolors', {
      prompt: 'third [[queue:900ms]] [[position:2]]',
    })
    expect(job.queue_position).toBe(2)
    const { body } = await caller.call(`${job.status_url}/stream`)
    const positions = [...String(body).matchAll(/"queue_position":(\d)/g)].map(([, at]) => at)
    expect(positions).toEqual(['2', '1', '0'])
  })
})

describe('result', () => {
  test('is 400 until the job is done', async ({ expect }) => {
    const job = await caller.submit('fal-ai/flux/dev', { prompt: WAITING })
    const { status_url, cancel_url, response_url, request_id } = job
    expect(await caller.call(response_url)).toMatchObject({
      status: 400,
      body: {
        detail: 'Request is still in progress',
        request_id,
        response_url,
        status_url,
        cancel_url,
      },
    })
  })

  test('is the bare output, with request id and billable units', async ({ expect }) => {
    const job = await caller.submit('fal-ai/flux/dev', { prompt: 'a cat', seed: 3, num_images: 2 })
    await caller.wait(job)
    const { status, headers, body } = await caller.call(job.response_url)
    expect(status).toBe(200)
    expect(headers.get('x-fal-request-id')).toBe(job.request_id)
    expect(headers.get('x-fal-billable-units')).toBe('2')
    expect(body).toMatchObject({ seed: 3, prompt: 'a cat', has_nsfw_concepts: [false, false] })
  })
})

const cancel = (url: string) => caller.call(url, { method: 'PUT' })

describe('cancel', () => {
  test('200 in the queue, 400 afterwards', async ({ expect }) => {
    const job = await caller.submit('fal-ai/flux/dev', { prompt: WAITING })
    expect(await cancel(job.cancel_url)).toMatchObject({ status: 200, body: { status: 'OK' } })
    expect(await cancel(job.cancel_url)).toMatchObject({
      status: 400,
      body: { status: 'ALREADY_COMPLETED' },
    })
    expect(await caller.call(job.status_url)).toMatchObject({
      status: 200,
      body: { status: 'COMPLETED', error_type: 'client_cancelled' },
    })
    expect(await caller.call(job.response_url)).toMatchObject({ status: 499 })
  })

  test('202 while it runs, and then it ends', async ({ expect }) => {
    const job = await caller.submit('fal-ai/flux/dev', { prompt: RUNNING })
    await readUntil(`${job.status_url}/stream`, 'IN_PROGRESS')
    expect(await cancel(job.cancel_url)).toMatchObject({
      status: 202,
      body: { status: 'CANCELLATION_REQUESTED' },
    })
    expect(await caller.wait(job)).toMatchObject({ body: { error_type: 'client_cancelled' } })
  })

  test('404 for an unknown id', async ({ expect }) => {
    const answer = await cancel('/queue/fal-ai/flux/requests/nobody/cancel')
    expect(answer).toMatchObject({ status: 404, body: { status: 'NOT_FOUND' } })
  })
})

describe('fal.run', () => {
  test('a caller that hangs up cancels the run', async ({ expect }) => {
    const hangUp = new AbortController()
    const running = fetch(`${simulator.url}/run/fal-ai/flux/dev`, {
      method: 'POST',
      headers: { authorization: 'Key tester:secret' },
      body: JSON.stringify({ prompt: RUNNING }),
      signal: hangUp.signal,
    }).catch(() => 'hung up')
    const runs = () => simulator.journal.jobs().filter(({ kind }) => kind === 'run')
    await expect.poll(() => runs().at(-1)?.state).toBe('IN_PROGRESS')
    hangUp.abort()
    expect(await running).toBe('hung up')
    await expect.poll(() => runs().at(-1)?.errorType).toBe('client_cancelled')
  })

  test.for(['fal-ai/fast-sdxl/stream', 'fal-ai/no-such-app/stream'])(
    '%s does not stream',
    async (id, { expect }) => {
      const answer = await caller.call(`/run/${id}`, { method: 'POST', input: { prompt: 'a cat' } })
      expect(answer).toMatchObject({ status: 404, body: { detail: 'Path /stream not found' } })
    },
  )

  test('an endpoint whose id ends in /stream streams', async ({ expect }) => {
    const options = { method: 'POST', input: { prompt: 'a cat' } }
    const answer = await caller.call('/run/fal-ai/flux-lora/stream', options)
    expect(String(answer.body).match(/^data: /gm)).toHaveLength(4)
  })
})

describe('keys', () => {
  test.for([
    {
      name: 'no header',
      authorization: '',
      status: 401,
      detail: /Invalid Key Authorization header/,
    },
    {
      name: 'no secret',
      authorization: 'Key abc',
      status: 401,
      detail: /Invalid Key Authorization/,
    },
    {
      name: 'unknown',
      authorization: 'Key bad1:x',
      status: 401,
      detail: /^No user found for Key ID and Secret$/,
    },
    {
      name: 'locked',
      authorization: 'Key locked:x',
      status: 403,
      detail: /^User is locked\. Reason: Exhausted/,
    },
    { name: 'forbidden', authorization: 'Key forbidden:x', status: 403, detail: /access/ },
    {
      name: 'limited',
      authorization: 'Key limited:x',
      status: 429,
      detail: /concurrent_requests_limit/,
    },
  ])('$name -> $status', async ({ authorization, status, detail }, { expect }) => {
    const options = { method: 'POST', input: { prompt: 'a cat' }, headers: { authorization } }
    const answer = await caller.call('/queue/fal-ai/flux/dev', options)
    expect(answer.status).toBe(status)
    expect(readDetail(answer.body)).toMatch(detail)
    expect(answer.headers.get('retry-after')).toBe(status === 429 ? '2' : null)
  })

  test('only the listed keys are valid when there is a list', async ({ expect }) => {
    const strict = await startSimulator({ validKeys: ['one:two'] })
    const options = { method: 'POST', input: { prompt: 'a cat' } }
    const path = '/queue/fal-ai/flux/dev'
    expect(await createCaller(strict).call(path, options)).toMatchObject({ status: 401 })
    expect(await createCaller(strict, 'one:two').call(path, options)).toMatchObject({ status: 200 })
    await strict.close()
  })
})
