import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test'
import { tracing } from 'cloudflare:workers'
import { describe, expect, inject, test } from 'vitest'
import * as z from 'zod/mini'

import { createApp } from '../../src/app.ts'
import { readSettings } from '../../src/settings/read-settings.ts'
import { testSettings } from '../../src/settings/settings.fixture.ts'
import worker from '../../src/worker.ts'

const fal = inject('falUrl')

const settings = testSettings({ WORKER_ACCESS_KEY: 'alice:sk-a,bob:sk-b' })

const journal = z.object({
  entries: z.array(
    z.object({
      kind: z.string(),
      endpoint: z.optional(z.string()),
      requestId: z.optional(z.string()),
    }),
  ),
  jobs: z.array(
    z.object({ id: z.string(), input: z.object({ prompt: z.string() }), state: z.string() }),
  ),
})

/** What the pretend fal was asked about the job with a prompt, each kind once. */
async function asked(prompt: string): Promise<Record<string, number>> {
  const body: unknown = await (await globalThis.fetch(`${fal}/__journal`)).json()
  const { entries, jobs } = journal.parse(body)
  const ids = new Set(jobs.filter((job) => job.input.prompt === prompt).map(({ id }) => id))
  const ours = entries.filter(({ requestId }) => ids.has(requestId ?? ''))
  const kinds = Map.groupBy(ours, ({ kind }) => kind)
  return Object.fromEntries([...kinds].map(([kind, all]) => [kind, all.length]))
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 5000
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error('did not come about within 5 s')
    await scheduler.wait(20)
  }
}

type Incoming = Request<unknown, IncomingRequestCfProperties>

interface Ways {
  readonly path: string
  readonly stream: boolean
  readonly prompt: string
}

const WORDS: Readonly<Record<string, (prompt: string) => object>> = {
  'images/generations': (prompt) => ({ prompt }),
  'chat/completions': (content) => ({ messages: [{ role: 'user', content }] }),
  responses: (input) => ({ input }),
}

function toRequest({ path, stream, prompt }: Ways, signal: AbortSignal): Incoming {
  return new Request<unknown, IncomingRequestCfProperties>(`https://gateway.example/v1/${path}`, {
    method: 'POST',
    headers: { authorization: 'Bearer sk-a', 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'flux-dev', stream, ...WORDS[path]?.(prompt) }),
    signal,
  })
}

const WAYS: readonly Ways[] = Object.keys(WORDS).flatMap((path) =>
  [true, false].map((stream) => ({ path, stream, prompt: `a cat ${path} ${stream}` })),
)

/** Reads as a client does, until it ends or breaks off. */
async function read(answer: Promise<Response>): Promise<void> {
  await (await answer).text()
}

const world = {
  now: () => Date.now(),
  cache: { match: async () => undefined, put: async () => undefined },
  ledger: undefined,
  usage: undefined,
  tracer: tracing,
  bucket: undefined,
  cutter: undefined,
  limits: { rateLimiter: undefined, admission: undefined },
  bound: {},
}

describe('a caller that hangs up', () => {
  test.for(WAYS)('while in the queue: cancelled once, $path stream=$stream', async (way) => {
    const prompt = `${way.prompt} [[queue:9s]]`
    const leaving = new AbortController()
    const context = createExecutionContext()
    const reading = read(
      worker.fetch(toRequest({ ...way, prompt }, leaving.signal), settings, context),
    )
    await until(async () => (await asked(prompt))['status-stream'] === 1)
    leaving.abort()
    // All that is done for it afterwards is inside `waitUntil`, or it would not be done by then.
    await waitOnExecutionContext(context)
    expect(await asked(prompt)).toEqual({ submit: 1, 'status-stream': 1, status: 1, cancel: 1 })
    await Promise.allSettled([reading])
  })

  test.for(WAYS)('while it is made: not cancelled, $path stream=$stream', async (way) => {
    const prompt = `${way.prompt} [[queue:0ms]] [[run:9s]]`
    const leaving = new AbortController()
    const context = createExecutionContext()
    const reading = read(
      worker.fetch(toRequest({ ...way, prompt }, leaving.signal), settings, context),
    )
    await until(async () => (await asked(prompt))['status-stream'] === 1)
    leaving.abort()
    await waitOnExecutionContext(context)
    expect(await asked(prompt)).not.toHaveProperty('cancel')
    expect(await asked(prompt)).toMatchObject({ submit: 1 })
    await Promise.allSettled([reading])
  })

  test.for(WAYS)('at the moment of the submit: cancelled, $path stream=$stream', async (way) => {
    const prompt = `${way.prompt} at the submit [[queue:9s]]`
    const leaving = new AbortController()
    const context = createExecutionContext()
    const app = createApp(readSettings(settings), {
      ...world,
      // fal has taken the job, and the gateway does not know it yet.
      async fetch(url, init) {
        const response = await globalThis.fetch(url, init)
        if (init?.method === 'POST') leaving.abort()
        return response
      },
    })
    // Nobody reads the answer, if there is one.
    await Promise.allSettled([app(toRequest({ ...way, prompt }, leaving.signal), context)])
    await waitOnExecutionContext(context)
    expect(await asked(prompt)).toMatchObject({ submit: 1, cancel: 1 })
  })

  test.for(WAYS)('before it began: not submitted, $path stream=$stream', async (way) => {
    const prompt = `${way.prompt} too late`
    const context = createExecutionContext()
    const request = toRequest({ ...way, prompt }, AbortSignal.abort())
    await Promise.allSettled([worker.fetch(request, settings, context)])
    await waitOnExecutionContext(context)
    expect(await asked(prompt)).toEqual({})
  })

  test('`waitUntil` is registered before anybody listens, and before fal is asked', async () => {
    const order: string[] = []
    const context = createExecutionContext()
    const request = toRequest(
      { path: 'images/generations', stream: false, prompt: 'a cat in order' },
      new AbortController().signal,
    )
    const { signal } = request
    const listen = signal.addEventListener.bind(signal)
    Object.defineProperty(signal, 'addEventListener', {
      value: (...given: Parameters<typeof listen>) => {
        order.push('listen')
        listen(...given)
      },
    })
    const keep = context.waitUntil.bind(context)
    Object.defineProperty(context, 'waitUntil', {
      value: (promise: Promise<unknown>) => {
        order.push('waitUntil')
        keep(promise)
      },
    })
    const app = createApp(readSettings(settings), {
      ...world,
      async fetch(url, init) {
        order.push('fetch')
        return globalThis.fetch(url, init)
      },
    })
    expect((await app(request, context)).status).toBe(200)
    await waitOnExecutionContext(context)
    expect(order.slice(0, 3)).toEqual(['waitUntil', 'listen', 'fetch'])
  })
})
