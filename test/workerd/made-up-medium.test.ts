import { env, runInDurableObject } from 'cloudflare:test'
import { afterEach, expect, inject, test } from 'vitest'
import * as z from 'zod/mini'

import { createFalLedgerQueue } from '../../src/app/fal-ledger-queue.ts'
import { createKeyPool } from '../../src/fal/key-pool.ts'
import { createEndpointSchemas } from '../../src/fal/platform/endpoint-schema.ts'
import { createPrices } from '../../src/fal/platform/prices.ts'
import { createFalQueue } from '../../src/fal/queue/fal-queue.ts'
import { UNLIMITED, type Caller } from '../../src/job/caller.ts'
import type { BaseMade, ResultOf } from '../../src/job/job-result.ts'
import type { BaseJob } from '../../src/job/job.ts'
import type { Medium, Order } from '../../src/job/medium.ts'
import { USUAL_TREATMENT } from '../../src/job/preferences.ts'
import type { JobEvent, RunningJob } from '../../src/job/running-job.ts'
import { findTrackedJob } from '../../src/jobs/find-tracked-job.ts'
import { receiveWebhook } from '../../src/jobs/receive-webhook.ts'
import { createRecentFailures } from '../../src/jobs/recent-failures.ts'
import { runTrackedJob, type JobRequest } from '../../src/jobs/run-tracked-job.ts'
import { IdempotencyRecords } from '../../src/ledger/idempotency-records.ts'
import { createLedgerClient } from '../../src/ledger/ledger-client.ts'
import type { IdempotentSubmit } from '../../src/ledger/ledger-queue.ts'
import { drain } from '../../src/lib/drain.ts'
import type { Fetcher } from '../../src/lib/fetcher.ts'
import { createLog, type Log } from '../../src/lib/log.ts'
import { createRetiredEndpoints } from '../../src/models/catalogue/retired-endpoints.ts'
import { toWebhookEvent } from '../../src/openai/webhook-event.ts'
import type { FoundPart, IdempotencyKey, RequestEnd } from '../../src/ports/idempotency-store.ts'
import { logWhenEnded } from '../../src/request/access-log.ts'
import { readAddress } from '../../src/request/address.ts'
import { createRequestContext } from '../../src/request/request-context.ts'
import { serveJob, type JobRunService } from '../../src/routes/job/serve-job.ts'
import type { JobTools } from '../../src/run-job/job-tools.ts'
import { quoteJob } from '../../src/run-job/quote-job.ts'
import { readSettings } from '../../src/settings/read-settings.ts'
import { testSettings } from '../../src/settings/settings.fixture.ts'
import { createJobIds } from '../../src/tokens/job-id.ts'
import { createWebhookStates } from '../../src/tokens/webhook-state.ts'
import type { Ledger } from '../../src/worker.ts'

interface DieJob extends BaseJob {
  readonly sides: number
}
interface Rolled extends BaseMade {
  readonly pips: number
}

/** The smallest second medium: dice. An image model's random seed is rolled; nobody looks at the image. */
const dice: Medium<DieJob, Order, Rolled> = {
  name: 'die',
  async plan({ model, sides }) {
    const endpoint = model ?? 'fal-ai/flux/dev'
    const inputs = [{ prompt: `a die of ${sides} sides` }]
    const toOrder = () => ({
      endpoint,
      inputs,
      adjusted: [],
      quantity: { count: 1 },
      memo: { sides },
    })
    return { model: endpoint, choices: [{ endpoint, toOrder }] }
  },
  collect([end], { memo }) {
    if (end?.status !== 'fulfilled') throw end?.reason
    const { seed } = z.object({ seed: z.number() }).parse(end.value.body)
    return { made: 1, adjusted: [], pips: (seed % Number(memo['sides'])) + 1 }
  },
}

const log = createLog('error')
const now = () => Date.now()
/** The addresses to which fal shall tell how jobs end. It is not told them: the test does that in its place. */
const webhooks: URL[] = []
const fetcher: Fetcher = (address, init) => {
  const url = new URL(address)
  const webhook = url.searchParams.get('fal_webhook')
  if (webhook !== null) webhooks.push(new URL(webhook))
  url.searchParams.delete('fal_webhook')
  return fetch(url, init)
}
const { hosts, falKeys } = readSettings(testSettings())
const pool = createKeyPool(falKeys, now)
const access = { fetch: fetcher, hosts }
const cache = { match: async () => undefined, put: async () => undefined }
const tools: JobTools = {
  queue: createFalQueue(access, pool),
  schemas: createEndpointSchemas({ ...access, cache, now }, pool),
  prices: createPrices(access, pool, now),
  retired: createRetiredEndpoints(now),
  timeoutSeconds: 30,
  log,
  now,
}
const { LEDGER } = z.object({ LEDGER: z.custom<DurableObjectNamespace<Ledger>>() }).parse(env)

const testedSettings = () => readSettings(testSettings())

/** The ledger's objects, with the settings of this test: the pretend fal's address is not known to wrangler. */
const ledger = createLedgerClient({
  getByName(name) {
    const object = LEDGER.getByName(name)
    const records = <Answer>(work: (records: IdempotencyRecords) => Promise<Answer> | Answer) =>
      runInDurableObject(object, async (_, { storage }) => {
        const queue = createFalLedgerQueue(testedSettings, {
          fetch: fetcher,
          now,
          accountOf: () => undefined,
        })
        return work(new IdempotencyRecords(storage, queue, now))
      })
    return Object.assign(object, {
      claim: (request: IdempotentSubmit) => records((book) => book.claim(request)),
      end: (request: string, how: RequestEnd) => records((book) => book.end(request, how)),
      found: (part: FoundPart) => records((book) => book.found(part)),
    })
  },
})
const tracking = {
  tools,
  ledger,
  jobIds: createJobIds('a secret'),
  webhookStates: createWebhookStates('a secret'),
  publicUrl: undefined,
  resultSeconds: undefined,
}

const works: Promise<unknown>[] = []
afterEach(async () => {
  await Promise.allSettled(works)
})

function roll(
  job: Partial<DieJob> = {},
  request: Partial<JobRequest> = {},
  publicUrl?: string,
): RunningJob<ResultOf<Rolled>> {
  const caller: Caller = { ...UNLIMITED, name: `player-${crypto.randomUUID()}`, owner: false }
  return runTrackedJob(
    { model: undefined, count: 1, sides: 6, ...job },
    dice,
    {
      name: crypto.randomUUID(),
      caller,
      idempotency: undefined,
      earlier: undefined,
      notify: undefined,
      nowSeconds: Math.floor(now() / 1000),
      waitUntil: (work) => void works.push(work),
      ended: Promise.resolve('answered'),
      hangUp: new AbortController().signal,
      mustBeFound: false,
      treatment: USUAL_TREATMENT,
      patience: undefined,
      report: () => undefined,
      ...request,
    },
    { ...tracking, publicUrl },
  )
}

async function toEnd(running: RunningJob<ResultOf<Rolled>>) {
  const events: JobEvent[] = []
  for (;;) {
    const next = await running.next()
    if (next.done === true) return { events, result: next.value }
    events.push(next.value)
  }
}

const journal = z.object({
  entries: z.array(z.object({ kind: z.string(), body: z.optional(z.unknown()) })),
})

/** Other tests use the same pretend fal: a die is known by its sides. */
async function submitsOf(sides: number): Promise<number> {
  const response = await fetch(`${inject('falUrl')}/__journal`)
  const { entries } = journal.parse(await response.json())
  return entries.filter(
    ({ kind, body }) =>
      kind === 'submit' && JSON.stringify(body ?? null).includes(`a die of ${sides} sides`),
  ).length
}

test('a medium that nobody knew is submitted, followed and read', async () => {
  const { events, result } = await toEnd(roll())
  expect(events[0]).toMatchObject({ type: 'accepted', medium: 'die', memo: { sides: 6 } })
  expect(events.at(-1)).toEqual({ type: 'started' })
  expect(result).toMatchObject({ made: 1, endpoint: 'fal-ai/flux/dev', units: expect.any(Number) })
  expect(result.pips).toBeLessThanOrEqual(6)
})

test('its jobs are found again by their ids, with what the medium wants to know', async () => {
  const caller: Caller = { ...UNLIMITED, name: 'finder', owner: false }
  const { events, result } = await toEnd(roll({ sides: 20 }, { caller }))
  const [accepted] = events
  if (accepted?.type !== 'accepted') throw new Error('it begins with being accepted')
  const id = await tracking.jobIds.sign({
    ...accepted,
    count: 1,
    caller: 'finder',
    createdAt: (now() / 1000) | 0,
  })
  const claims = await tracking.jobIds.read(id, 'finder', now() / 1000)
  expect(claims).toMatchObject({ medium: 'die', memo: { sides: 20 } })
  const found = await findTrackedJob(claims, dice, {
    tools,
    ledger,
    signal: new AbortController().signal,
    waitUntil: (work) => void works.push(work),
  })
  expect(found).toMatchObject({ status: 'completed', result: { pips: result.pips } })
  await Promise.allSettled(works)
  expect(await ledger.accountOf('finder').jobs()).toMatchObject([{ status: 'completed' }])
  expect(await ledger.accountOf('finder').use()).toMatchObject([{ jobs: 1, made: 1 }])
})

test('a repeat is the same roll, submitted once', async () => {
  const idempotency: IdempotencyKey = {
    caller: 'twice',
    scope: JSON.stringify(['twice', 'key', crypto.randomUUID()]),
    bodyHash: 'b',
    attach: true,
    tries: undefined,
    patienceSeconds: 60,
    isStrict: true,
    keepSeconds: 60,
  }
  const one = await toEnd(roll({ sides: 1001 }, { idempotency }))
  const other = await toEnd(roll({ sides: 1001 }, { idempotency }))
  expect(other.result).toMatchObject({ pips: one.result.pips, parts: one.result.parts })
  expect(await submitsOf(1001)).toBe(1)
})

test('its money is set aside before it is spent', async () => {
  const caller: Caller = { ...UNLIMITED, name: 'poor', owner: false, budgetUsd: 0.0001 }
  await expect(toEnd(roll({ sides: 1002 }, { caller }))).rejects.toMatchObject({
    problem: { kind: 'budget_spent' },
  })
  expect(await submitsOf(1002)).toBe(0)
})

test('what was set aside is given back for what it cost', async () => {
  const caller: Caller = { ...UNLIMITED, name: 'careful', owner: false, budgetUsd: 0.08 }
  const settled = async () => {
    const { result } = await toEnd(roll({}, { caller }))
    await Promise.allSettled(works)
    return result.costUsd
  }
  // 0.05 is set aside for each, since nobody knows its size beforehand: a second has room when the first is settled.
  expect([await settled(), await settled()]).toEqual([0.025, 0.025])
  expect(await ledger.accountOf('careful').use()).toMatchObject([{ jobs: 2, costUsd: 0.05 }])
  await expect(settled()).rejects.toMatchObject({ problem: { kind: 'budget_spent' } })
})

test('its caller is told of its end', async () => {
  const caller: Caller = { ...UNLIMITED, name: 'waiting', owner: false }
  const notify = { url: 'https://caller.example/told', response: false }
  const { events, result } = await toEnd(roll({}, { caller, notify }, 'https://dice.example'))
  const [accepted] = events
  const [part] = result.parts
  const ticket = webhooks[0]?.searchParams.get('job') ?? ''
  const state = await tracking.webhookStates.read(ticket, now() / 1000)
  if (accepted?.type !== 'accepted' || !part || !state) throw new Error('fal was told no webhook')
  const told: unknown[] = []
  await receiveWebhook(
    {
      state,
      key: accepted.keyFingerprint,
      index: undefined,
      event: { requestId: part.requestId, ok: true },
    },
    {
      ...tracking,
      readerOf: () => dice,
      toEvent: toWebhookEvent,
      secretsOf: async () => ['a secret'],
      async fetch(url, init) {
        told.push(url, await new Response(init?.body).json())
        return new Response()
      },
    },
  )
  expect(told).toEqual([
    notify.url,
    expect.objectContaining({ type: 'die.job.completed', data: { id: expect.any(String) } }),
  ])
})

test('its request is a line of the log', async () => {
  const request = new Request('https://dice.example/roll')
  const waits = { waitUntil: (work: Promise<unknown>) => void works.push(work) }
  const told = { publicUrl: undefined, defaultModel: 'none' }
  const address = readAddress(request)
  const caller: Caller = { ...UNLIMITED, name: 'logged', owner: false }
  const context = { ...createRequestContext({ request, address }, waits, now(), told), caller }
  const wanted = {
    job: { model: undefined, count: 1, sides: 6 },
    medium: dice,
    idempotency: undefined,
    goesOn: false,
    isResponse: false,
    streaming: false,
    treatment: USUAL_TREATMENT,
  }
  const service: JobRunService = {
    run: (job, medium, asked) => runTrackedJob(job, medium, asked, tracking),
    quote: (job, medium) => quoteJob(job, medium, tools),
    failures: createRecentFailures({
      now,
      nameOf: () => undefined,
      toldOf: async () => undefined,
    }),
    jobIds: tracking.jobIds,
    knowsRepeats: true,
    hearsFal: false,
    loopback: false,
  }
  const answer = await serveJob(wanted, context, service, async ({ running, finish }) => {
    const { pips } = await drain(running)
    finish()
    return Response.json({ pips })
  })
  const lines: unknown[] = []
  const writer: Log = (...line) => void lines.push(line)
  await logWhenEnded(
    context,
    { status: answer.status, route: '/roll' },
    {
      log: writer,
      usage: undefined,
      now,
    },
  )
  expect(lines).toEqual([
    [
      'info',
      'request',
      expect.objectContaining({
        route: '/roll',
        outcome: 'completed',
        caller: 'logged',
        endpoint: 'fal-ai/flux/dev',
        cost_usd: 0.025,
      }),
    ],
  ])
})
