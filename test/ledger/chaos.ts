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
import {
  BUDGET_USD,
  CALLERS,
  DIRECTOR,
  DIRECTOR_USD,
  planOrders,
  POOR,
  tallyOf,
  wishesOf,
  type Order,
} from './chaos-orders.ts'
import { askForSound, expectSounds } from './chaos-sounds.ts'
import { askForVideo, expectVideosWithinBudget } from './chaos-videos.ts'

/** A failure is replayed by its seed: `CHAOS_SEED=… npm test -- test/ledger/chaos.test.ts`. */
const SEED = Number(process.env['CHAOS_SEED'] ?? 20_261_123)
const AT_ONCE = 16

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
      const planned = planOrders(orders, SEED)
      const wishes = wishesOf(planned)
      await carryOutAll(planned, restarts)
      // What was left is cancelled after 10 s.
      await until(() => fal.journal.jobs().every(({ state }) => state === 'COMPLETED'), 60)
      const paid = fal.journal
        .jobs()
        .filter(({ outcome, errorType }) => outcome === 200 && !errorType)
      const byPrompt = Map.groupBy(paid, ({ input }) => promptOf(input))
      const twice = wishes.filter(
        ({ prompt, most }) => (byPrompt.get(prompt)?.length ?? 0) > most && prompt !== SECOND_STEP,
      )
      let lost: readonly string[] = []
      const isFound = async (): Promise<boolean> => {
        const known = await allReachable()
        lost = paid
          .filter(({ id }) => !known.has(id))
          .map(({ input }) => promptOf(input))
          // What a second step made is a part of the job that it was for.
          .filter((prompt) => prompt !== SECOND_STEP)
        return lost.length === 0
      }
      // What fal has to tell it tells again until it is heard.
      await until(isFound, 20).catch(() => undefined)
      process.stdout.write(
        `chaos: ${orders} orders, ${fal.journal.count('submit')} submits, ${paid.length} paid, ` +
          `${fal.journal.count('cancel')} cancelled, ${twice.length} paid twice, ` +
          `${lost.length} out of reach, ${restarts} restarts\n`,
      )
      const { tally, spent } = await tell(wishes, byPrompt)
      expect(twice).toEqual([])
      expect(lost).toEqual([])
      expect(tally.short).toEqual([])
      expect(tally.shared).toEqual([])
      expect(spent).toBeLessThanOrEqual(BUDGET_USD)
      expectVideosWithinBudget(planned, byPrompt)
      expectSounds(planned, byPrompt)
      expect(paid.length).toBeGreaterThan(orders / 2)
    },
  )
}

/** Prints what came of it for the callers. */
async function tell(
  wishes: Parameters<typeof tallyOf>[0],
  paid: Parameters<typeof tallyOf>[1],
): Promise<{ readonly tally: ReturnType<typeof tallyOf>; readonly spent: number }> {
  const tally = tallyOf(wishes, paid)
  const spent = await spentOf(POOR)
  process.stdout.write(
    `chaos: ${tally.delivered} delivered, ${tally.split} of them split, ${tally.twins} twins, ` +
      `${tally.short.length} short, ${tally.shared.length} given to two, ` +
      `$${spent.toFixed(2)} spent of $${BUDGET_USD}\n`,
  )
  return { tally, spent }
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
  const callers = Array.from({ length: CALLERS }, (_, caller) => reachable(keyOf(caller)))
  const all = [...callers, reachable(POOR), reachable(DIRECTOR)]
  return new Set((await Promise.all(all)).flat())
}

const keyOf = (caller: number): string => `sk-${caller}`

async function start(): Promise<Victim> {
  const callers = Array.from({ length: CALLERS }, (_, one) => `caller-${one}:${keyOf(one)}`)
  const env = {
    WORKER_ACCESS_KEY: callers.join(','),
    ACCESS_KEYS: JSON.stringify({
      poor: { key: POOR, budget_usd: BUDGET_USD },
      director: { key: DIRECTOR, budget_usd: DIRECTOR_USD },
    }),
    PUBLIC_URL: doorway.url,
    LOG_LEVEL: 'error',
  }
  const started = await begin(fal.url, env, folder)
  doorway.leadTo(started.url)
  return started
}

async function restart(): Promise<void> {
  doorway.shut()
  await gateway.close()
  gateway = await start()
}

const usage = z.object({ data: z.array(z.object({ cost_usd: z.number().optional() })) })

/** What a caller's own usage says, in USD. */
async function spentOf(key: string): Promise<number> {
  const headers = { authorization: `Bearer ${key}` }
  const response = await fetch(`${gateway.url}/v1/usage`, { headers })
  const { data } = usage.parse(await response.json())
  return data.reduce((sum, { cost_usd: cost = 0 }) => sum + cost, 0)
}

/** What a client of the world does: asks, gives up, asks again. Its failures are part of the exercise. */
async function carryOut(order: Order): Promise<void> {
  const headers: Record<string, string> =
    order.way === 'sdk' ? {} : { 'Idempotency-Key': `order-${order.index}` }
  const client = new OpenAI({
    baseURL: `${doorway.url}/v1`,
    apiKey: order.key,
    defaultHeaders: headers,
    timeout: order.patience ?? 10_000,
    // Otherwise all of them may fall into one restart.
    ...(order.key === DIRECTOR && { maxRetries: 6 }),
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
  if (order.isVideo) return askForVideo(order, client)
  if (order.sound !== undefined) return askForSound(order, client)
  if (order.way === 'chat') return chat(order, client)
  const { prompt, base64, count: n, clear, got } = order
  const wish = {
    model: clear ? 'nano-banana' : 'flux-dev',
    prompt,
    n,
    ...(clear && { background: 'transparent' as const }),
  }
  if (order.way === 'stream' && !clear) {
    const stream = await client.images.generate({ ...wish, stream: true })
    for await (const _ of stream) if (isLeaving(order)) stream.controller.abort()
    return
  }
  const form = base64 ? 'b64_json' : 'url'
  const { data = [] } = await client.images.generate({ ...wish, response_format: form })
  // Without an address each is told by its place alone.
  got.push(data.map(({ url }, place) => url ?? `${order.index}-${order.twin}-${place}`))
}

async function chat(order: Order, client: OpenAI): Promise<void> {
  const { prompt, count: n, got } = order
  const messages = [{ role: 'user' as const, content: prompt }]
  const model = 'flux-dev'
  const stream = await client.chat.completions.create({ model, messages, n, stream: true })
  let text = ''
  for await (const { choices } of stream) {
    text += choices[0]?.delta.content ?? ''
    if (isLeaving(order)) stream.controller.abort()
  }
  const urls = [...text.matchAll(/\]\((http\S+?)\)/g)].map(([, url = '']) => url)
  // What breaks off before its end is no answer.
  if (urls.length > 0) got.push(urls)
}

/** A third of those who lose patience leave a stream in its middle. */
const isLeaving = ({ index, patience }: Order): boolean => patience !== undefined && index % 3 === 0

const list = z.object({ data: z.array(z.object({ id: z.string() })) })
const found = z.object({ status: z.string() })
const token = z.tuple([z.number(), z.string(), z.string(), z.array(z.unknown())]).rest(z.unknown())

/** What a job's id holds for all to read. */
function factsOf(jobId: string): z.infer<typeof token> {
  const [body = ''] = jobId.replace('job_', '').split('.')
  return token.parse(JSON.parse(Buffer.from(body, 'base64url').toString()))
}

/** fal's ids of the requests behind a job's id. */
function requestsOf(jobId: string): readonly string[] {
  return factsOf(jobId)[3].map((part) => String(Array.isArray(part) ? part[0] : part))
}

const isVideo = (jobId: string): boolean => factsOf(jobId)[8] === 'video'

/** All of fal's requests whose pictures a caller can get by what the gateway lists. */
async function reachable(key: string): Promise<readonly string[]> {
  const headers = { authorization: `Bearer ${key}` }
  const get = async (route: string): Promise<unknown> =>
    (await fetch(`${gateway.url}/v1${route}`, { headers })).json()
  const jobs = list.parse(await get('/images/jobs')).data.filter(({ id }) => !isVideo(id))
  const videos = list.parse(await get('/videos?limit=100')).data
  const routes = [
    ...jobs.map(({ id }) => ({ route: `/images/jobs/${id}`, id })),
    ...videos.map(({ id }) => ({ route: `/videos/${id}`, id: id.replace('video_', 'job_') })),
  ]
  const ids = await Promise.all(
    routes.map(async ({ route, id }) => {
      // A fault may be left that nobody has met yet.
      for (let look = 0; look < 4; look += 1) {
        const read = found.safeParse(await get(route))
        if (read.data?.status === 'completed') return requestsOf(id)
      }
      return []
    }),
  )
  return ids.flat()
}

const input = z.object({ prompt: z.string().default('a second step') })
const SECOND_STEP = 'a second step'

function promptOf(value: unknown): string {
  return input.parse(value).prompt
}
