import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

import OpenAI, { APIError } from 'openai'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as z from 'zod'

import { startSimulator, type Simulator } from '../../simulator/start-simulator.ts'
import { openDoorway, type Doorway } from '../support/doorway.ts'
import { startGateway, type Gateway } from '../support/start-gateway.ts'
import { until } from '../support/start-stack.ts'

/** A failure is replayed by its seed: `CHAOS_SEED=… npm test -- test/ledger/chaos.test.ts`. */
const SEED = Number(process.env['CHAOS_SEED'] ?? 20_261_123)
const AT_ONCE = 16
/** The list of jobs holds a hundred for each caller. */
const CALLERS = 10

/** How much of it there is, and for whom. */
export interface Chaos {
  readonly orders: number
  readonly restarts: number
  /** Starts the gateway; plain workerd by itself unless said otherwise. */
  readonly start?: StartGateway
}

/** A gateway that ends as a power cut ends it: nothing is finished, nothing is told. */
type Victim = Pick<Gateway, 'url' | 'close'>

/** @param folder what outlives the gateway is kept there */
export type StartGateway = (
  fal: string,
  env: Readonly<Record<string, string>>,
  folder: string,
) => Promise<Victim>

const startAlone: StartGateway = (fal, env, folder) => startGateway(fal, env, { ledger: folder })

/** Everything that fal, its network and its CDN can do to a job, each as the pretend fal writes it. */
const FAULTS = [
  '',
  '',
  '[[submit:429*1]]',
  '[[submit:500*1]]',
  '[[submit:502*1]]',
  '[[submit:503*1]]',
  '[[submit:504*1]]',
  '[[submit:cut-before*1]]',
  '[[submit:cut-after*1]]',
  '[[stream:drop]]',
  '[[stream:refuse]]',
  '[[stream:500]]',
  '[[status:500*2]]',
  '[[result:early*2]]',
  '[[result:502*1]]',
  '[[result:html*1]]',
  '[[result:break*1]]',
  '[[result:500*1]]',
  '[[cdn:break]]',
  '[[fail:content_policy_violation]]',
]

let fal: Simulator
let doorway: Doorway
let gateway: Victim
let folder: string
let begin: StartGateway

/** The test, with all that it needs, for the file that calls this. */
export function testChaos({ orders, restarts, start: given = startAlone }: Chaos): void {
  beforeAll(async () => {
    begin = given
    folder = mkdtempSync(path.join(tmpdir(), 'chaos-'))
    fal = await startSimulator({ retired: [], webhookRetryMs: 300 })
    doorway = await openDoorway()
    gateway = await start()
  })
  afterAll(async () => {
    await gateway.close()
    await doorway.close()
    await fal.close()
    rmSync(folder, { recursive: true, force: true })
  })

  test(
    `${orders} orders through faults, hang-ups, repeats and restarts: none paid twice, none lost`,
    { timeout: 240_000 },
    async () => {
      process.stdout.write(`chaos: seed ${SEED}\n`)
      await carryOutAll(planOrders(orders), restarts)
      // What was left is cancelled after 10 s.
      await until(() => fal.journal.jobs().every(({ state }) => state === 'COMPLETED'), 60)
      const paid = fal.journal
        .jobs()
        .filter(({ outcome, errorType }) => outcome === 200 && !errorType)
      const byOrder = Map.groupBy(paid, ({ input }) => promptOf(input))
      const twice = [...byOrder].filter(([, jobs]) => jobs.length > 1).map(([prompt]) => prompt)
      let lost: readonly string[] = []
      const isFound = async (): Promise<boolean> => {
        const known = await allReachable()
        lost = paid.filter(({ id }) => !known.has(id)).map(({ input }) => promptOf(input))
        return lost.length === 0
      }
      // What fal has to tell it tells again until it is heard.
      await until(isFound, 20).catch(() => undefined)
      process.stdout.write(
        `chaos: ${orders} orders, ${fal.journal.count('submit')} submits, ${paid.length} paid, ` +
          `${fal.journal.count('cancel')} cancelled, ${twice.length} paid twice, ` +
          `${lost.length} out of reach, ${restarts} restarts\n`,
      )
      expect(twice).toEqual([])
      expect(lost).toEqual([])
      expect(paid.length).toBeGreaterThan(orders / 2)
    },
  )
}

/** So many at once, while the gateway is restarted again and again. */
async function carryOutAll(orders: readonly Order[], restarts: number): Promise<void> {
  const waiting = [...orders]
  const work = async (): Promise<void> => {
    for (let order = waiting.shift(); order !== undefined; order = waiting.shift()) {
      await carryOut(order)
    }
  }
  const workers = Array.from({ length: AT_ONCE }, work)
  for (let one = 1; one <= restarts; one += 1) {
    const left = orders.length - (orders.length * one) / (restarts + 1)
    await until(() => waiting.length <= left, 120)
    await restart()
  }
  await Promise.all(workers)
}

async function allReachable(): Promise<ReadonlySet<string>> {
  const callers = Array.from({ length: CALLERS }, (_, caller) => reachable(caller))
  return new Set((await Promise.all(callers)).flat())
}

const keyOf = (caller: number): string => `sk-${caller}`

async function start(): Promise<Victim> {
  const callers = Array.from({ length: CALLERS }, (_, one) => `caller-${one}:${keyOf(one)}`)
  const env = { WORKER_ACCESS_KEY: callers.join(','), PUBLIC_URL: doorway.url, LOG_LEVEL: 'error' }
  const started = await begin(fal.url, env, folder)
  doorway.leadTo(started.url)
  return started
}

async function restart(): Promise<void> {
  doorway.shut()
  await gateway.close()
  gateway = await start()
}

/** Numbers from 0 to 1 that are the same for the same seed (mulberry32). */
function createRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

interface Order {
  readonly index: number
  readonly caller: number
  readonly prompt: string
  readonly way: 'sdk' | 'sdk with a key' | 'stream' | 'chat' | 'by hand'
  readonly base64: boolean
  /** After so many milliseconds the caller loses patience; undefined: never. */
  readonly patience: number | undefined
}

const WAYS = ['sdk', 'sdk with a key', 'stream', 'chat', 'by hand'] as const

function planOrders(count: number): readonly Order[] {
  const random = createRandom(SEED)
  const pick = <One>(list: readonly [One, ...One[]] | readonly One[]): One | undefined =>
    list[Math.floor(random() * list.length)]
  return Array.from({ length: count }, (_, index) => {
    const times = `[[queue:${Math.floor(random() * 300)}ms]] [[run:${Math.floor(random() * 300)}ms]]`
    return {
      index,
      caller: index % CALLERS,
      prompt: `order ${index} ${times} ${pick(FAULTS) ?? ''}`,
      way: pick(WAYS) ?? 'sdk',
      base64: random() < 0.3,
      patience: random() < 0.4 ? 30 + random() * 500 : undefined,
    }
  })
}

/** What a client of the world does: asks, gives up, asks again. Its failures are part of the exercise. */
async function carryOut(order: Order): Promise<void> {
  const headers: Record<string, string> =
    order.way === 'sdk' ? {} : { 'Idempotency-Key': `order-${order.index}` }
  const client = new OpenAI({
    baseURL: `${doorway.url}/v1`,
    apiKey: keyOf(order.caller),
    defaultHeaders: headers,
    timeout: order.patience ?? 10_000,
  })
  // By hand: some come back with their key, with more patience, whatever was answered.
  const tries = order.way === 'by hand' ? 3 : 1
  for (let one = 0; one < tries; one += 1) {
    await ask(order, client).catch((error: unknown) => {
      if (error instanceof APIError || error instanceof Error) return
      throw error
    })
  }
}

async function ask(order: Order, client: OpenAI): Promise<void> {
  const { prompt, base64 } = order
  const model = 'flux-dev'
  if (order.way === 'chat') {
    const messages = [{ role: 'user' as const, content: prompt }]
    const stream = await client.chat.completions.create({ model, messages, stream: true })
    for await (const _ of stream) if (isLeaving(order)) stream.controller.abort()
    return
  }
  if (order.way === 'stream') {
    const stream = await client.images.generate({ model, prompt, stream: true })
    for await (const _ of stream) if (isLeaving(order)) stream.controller.abort()
    return
  }
  await client.images.generate({ model, prompt, response_format: base64 ? 'b64_json' : 'url' })
}

/** A third of those who lose patience leave a stream in its middle. */
const isLeaving = ({ index, patience }: Order): boolean => patience !== undefined && index % 3 === 0

const list = z.object({ data: z.array(z.object({ id: z.string() })) })
const found = z.object({ status: z.string() })
const token = z.tuple([z.number(), z.string(), z.string(), z.array(z.unknown())]).rest(z.unknown())

/** fal's ids of the requests behind a job's id, which holds them for all to read. */
function requestsOf(jobId: string): readonly string[] {
  const [body = ''] = jobId.replace('job_', '').split('.')
  const parts = token.parse(JSON.parse(Buffer.from(body, 'base64url').toString()))[3]
  return parts.map((part) => String(Array.isArray(part) ? part[0] : part))
}

/** All of fal's requests whose pictures a caller can get by what the gateway lists. */
async function reachable(caller: number): Promise<readonly string[]> {
  const headers = { authorization: `Bearer ${keyOf(caller)}` }
  const get = async (route: string): Promise<unknown> =>
    (await fetch(`${gateway.url}/v1${route}`, { headers })).json()
  const { data } = list.parse(await get('/images/jobs'))
  const ids = await Promise.all(
    data.map(async ({ id }) => {
      // A fault may be left that nobody has met yet.
      for (let look = 0; look < 4; look += 1) {
        const read = found.safeParse(await get(`/images/jobs/${id}`))
        if (read.data?.status === 'completed') return requestsOf(id)
      }
      return []
    }),
  )
  return ids.flat()
}

const input = z.object({ prompt: z.string() })

function promptOf(value: unknown): string {
  return input.parse(value).prompt
}
