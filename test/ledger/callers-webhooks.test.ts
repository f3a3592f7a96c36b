import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'

import OpenAI from 'openai'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'

import { openDoorway, type Doorway } from '../support/doorway.ts'
import { ACCESS_KEY } from '../support/start-gateway.ts'
import { startStack, until, type Stack } from '../support/start-stack.ts'

let doorway: Doorway
let stack: Stack
let receiver: Receiver

beforeAll(async () => {
  doorway = await openDoorway()
  receiver = await openReceiver()
  stack = await startStack({
    ledger: 'temporary',
    webhookRetryMs: 200,
    env: { PUBLIC_URL: doorway.url },
  })
  doorway.leadTo(stack.gateway.url)
})
afterAll(async () => {
  await stack.close()
  await receiver.close()
  await doorway.close()
})
beforeEach(() => {
  stack.fal.journal.clear()
  receiver.heard.length = 0
  receiver.answers.length = 0
})

/** A caller's own server, which hears of its jobs. */
interface Receiver {
  readonly url: string
  readonly heard: { headers: Record<string, string>; body: string }[]
  /** The statuses of the next answers; then 200. */
  readonly answers: number[]
  close(): Promise<void>
}

async function openReceiver(): Promise<Receiver> {
  const heard: Receiver['heard'] = []
  const answers: number[] = []
  const server: Server = createServer((request, answer) => {
    let body = ''
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString()
    })
    request.on('end', () => {
      const headers = Object.entries(request.headers).map(([name, value]) => [name, String(value)])
      heard.push({ headers: Object.fromEntries(headers), body })
      answer.writeHead(answers.shift() ?? 200).end()
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new TypeError('no port')
  const { port } = address
  return {
    url: `http://127.0.0.1:${port}/hook?secret=theirs`,
    heard,
    answers,
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

/** What callers check their webhooks with. */
const SECRET = createHash('sha256').update(ACCESS_KEY).digest('hex')

/** The official client's own check and reading of the webhook that came last. */
async function unwrap(): Promise<unknown> {
  const { headers, body } = receiver.heard.at(-1) ?? { headers: {}, body: '' }
  return new OpenAI({ apiKey: 'none' }).webhooks.unwrap(body, headers, SECRET)
}

const withUrl = (url = receiver.url) => ({ headers: { 'X-Webhook-Url': url } })

function inBackground(prompt: string, more: Record<string, unknown> = {}) {
  return stack.openai.responses.create(
    {
      model: 'flux-dev',
      input: prompt,
      tools: [{ type: 'image_generation' }],
      background: true,
      ...more,
    },
    withUrl(),
  )
}

// Shows: openai-node/webhooks
test('a background response tells its caller when it is done, signed as OpenAI does', async () => {
  const response = await inBackground('a cat told of [[run:300ms]]')
  await until(() => receiver.heard.length === 1)
  expect(await unwrap()).toEqual({
    id: expect.stringMatching(/^evt_[\da-f]{32}$/),
    object: 'event',
    created_at: expect.any(Number),
    type: 'response.completed',
    data: { id: response.id },
  })
  const done = await stack.openai.responses.retrieve(response.id)
  expect(done.status).toBe('completed')
  // No picture, no prompt, no key of ours.
  expect(receiver.heard[0]?.body).not.toMatch(/cat|http/)
  expect(JSON.stringify(receiver.heard[0]?.headers)).not.toContain(ACCESS_KEY)
})

test('one that fails tells that', async () => {
  const response = await inBackground('[[fail:content_policy_violation]]')
  await until(() => receiver.heard.length === 1)
  expect(await unwrap()).toMatchObject({ type: 'response.failed', data: { id: response.id } })
})

test('a job that its caller does not wait for is told by its own id, once for all its requests', async () => {
  const wish = { model: 'flux-dev', prompt: 'six cats [[run:200ms]]', n: 6 }
  const answer = await stack.post('/images/generations', wish, {
    headers: { prefer: 'respond-async', ...withUrl().headers },
  })
  expect(answer.status).toBe(202)
  await until(() => receiver.heard.length > 0)
  expect(await unwrap()).toMatchObject({
    type: 'image.job.completed',
    data: { id: answer.headers.get('x-job-id') },
  })
  await until(() => deliveries().filter((status) => status === 200).length === 2)
  const ids = receiver.heard.map(({ headers }) => headers['webhook-id'])
  expect(new Set(ids).size).toBe(1)
})

test('one that is not taken comes again with the same id, as fal comes again to us', async () => {
  receiver.answers.push(500, 302)
  await inBackground('a stubborn cat')
  await until(() => receiver.heard.length === 3)
  expect(new Set(receiver.heard.map(({ headers }) => headers['webhook-id'])).size).toBe(1)
  expect(await unwrap()).toMatchObject({ type: 'response.completed' })
  await until(() => deliveries().at(-1) === 200)
  expect(stack.fal.journal.count('submit')).toBe(1)
})

test('a receiver that wants no more gets no more', async () => {
  receiver.answers.push(410)
  await inBackground('an unwanted cat')
  await until(() => deliveries().at(-1) === 200)
  expect(receiver.heard).toHaveLength(1)
})

test('who waits for the answer needs no webhook, and is told so before anything is submitted', async () => {
  const answer = await stack.post('/images/generations', { prompt: 'a cat' }, withUrl())
  expect(answer.status).toBe(400)
  expect(await answer.json()).toMatchObject({
    error: { param: 'X-Webhook-Url', message: expect.stringContaining('background: true') },
  })
  expect(stack.fal.journal.count('submit')).toBe(0)
})

test.for([
  'http://example.com/hook',
  'https://localhost.localdomain.internal/hook',
  'https://10.0.0.1/hook',
  'https://[fd00::1]/hook',
  'https://intranet/hook',
  'https://printer.lan/hook',
  'https://10-0-0-1.sslip.io/hook',
  'https://user:password@example.com/hook',
  'ftp://example.com/hook',
  'not an address',
  `https://example.com/${'a'.repeat(1000)}`,
])('no webhook goes to %s', async (url) => {
  const answer = await stack.post(
    '/images/generations',
    { prompt: 'a cat' },
    { headers: { prefer: 'respond-async', ...withUrl(url).headers } },
  )
  expect(answer.status).toBe(400)
  expect(await answer.json()).toMatchObject({ error: { param: 'X-Webhook-Url' } })
  expect(stack.fal.journal.count('submit')).toBe(0)
})

test('without the ledger or a public address nobody is promised a webhook', async () => {
  const without = await startStack({ env: { PUBLIC_URL: doorway.url } })
  try {
    const answer = await without.post(
      '/images/generations',
      { prompt: 'a cat' },
      {
        headers: { prefer: 'respond-async', ...withUrl().headers },
      },
    )
    expect(answer.status).toBe(400)
    expect(await answer.json()).toMatchObject({
      error: { message: expect.stringContaining('PUBLIC_URL') },
    })
    expect(without.fal.journal.count('submit')).toBe(0)
  } finally {
    await without.close()
  }
})

/** How fal's webhooks were answered, in order. */
function deliveries() {
  return stack.fal.journal
    .entries()
    .flatMap(({ kind, status }) => (kind === 'webhook-delivery' ? [status] : []))
}

test.for([
  ['a video that runs [[run:200ms]]', 'video.completed'],
  ['[[fail:content_policy_violation]]', 'video.failed'],
] as const)('%s is told as OpenAI tells of videos: %s', async ([prompt, type]) => {
  const video = await stack.openai.videos.create({ prompt }, withUrl())
  await until(() => receiver.heard.length === 1)
  expect(await unwrap()).toMatchObject({ object: 'event', type, data: { id: video.id } })
})

test('a video’s request may name the place in its body', async () => {
  const body = { prompt: 'a video', webhook_url: receiver.url }
  expect((await stack.post('/videos', body)).status).toBe(200)
  await until(() => receiver.heard.length === 1)
  expect(await unwrap()).toMatchObject({ type: 'video.completed' })
})
