import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

import { afterAll, beforeAll, expect, test } from 'vitest'
import * as z from 'zod'

import type { JournalJob } from '../../simulator/queue/journal.ts'
import { startSimulator, type Simulator } from '../../simulator/start-simulator.ts'
import { openDoorway, type Doorway } from '../support/doorway.ts'
import { startGateway, type Gateway } from '../support/start-gateway.ts'
import { until } from '../support/start-stack.ts'
import { carryOut, comeAgain, hasKey, orderPlainly } from './chaos-clients.ts'
import { reachable } from './chaos-lookups.ts'
import {
  BUDGET_USD,
  CALLERS,
  DIRECTOR,
  DIRECTOR_USD,
  freeFailures,
  HASTY,
  HASTY_USD,
  isPaid,
  ordersAtOnce,
  planOrders,
  POOR,
  splitOrders,
  tallyOf,
  unheardOrders,
  wishesOf,
  type ChaosOrder,
} from './chaos-orders.ts'
import { expectSounds } from './chaos-sounds.ts'
import { expectVideosWithinBudget } from './chaos-videos.ts'

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
    let left = 0
    doorway = await openDoorway(() => (left += 1) % 2 === 0)
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
    { timeout: 300_000 },
    async () => {
      process.stdout.write(`chaos: seed ${SEED}\n`)
      const early = freeFailures()
      await carryOutAll(early, 0)
      const planned = [
        ...ordersAtOnce(),
        ...splitOrders(),
        ...unheardOrders(),
        ...planOrders(orders, SEED),
      ]
      await carryOutAll(planned, restarts)
      // What was left is cancelled after 10 s.
      await until(isQuiet, 60)
      // Whoever has a key comes once more, by the other way to write the path.
      const keyed = planned.filter(hasKey)
      await eachOf(keyed, async (order) => comeAgain(order, gateway.url))
      const plain = await orderPlainly(`${gateway.url}/v1`, keyOf(0))
      await until(isQuiet, 60)
      const reached = await untilReached()
      const faults = await reckon([...early, ...planned], plain, reached)
      process.stdout.write(`chaos: ${restarts} restarts\n`)
      expect(faults).toEqual(NONE)
      const paid = Map.groupBy(paidJobs(), ({ input }) => promptOf(input))
      expectVideosWithinBudget(planned, paid)
      expectSounds(planned, paid)
      expect(paidJobs().length).toBeGreaterThan(orders / 2)
    },
  )
}

const isQuiet = (): boolean => fal.journal.jobs().every(({ state }) => state === 'COMPLETED')

const paidJobs = (): readonly JournalJob[] => fal.journal.jobs().filter(isPaid)

const paidIds = (): ReadonlySet<string> => new Set(paidJobs().map(({ id }) => id))

/** What must not be, each by the prompts of its orders. */
const NONE = {
  paidTwice: [],
  outOfReach: [],
  /** Looked up, a paid one is said to have failed, or a part of it to be all. */
  belied: [],
  /** Fewer images than were paid for. */
  short: [],
  /** One job given to two orders. */
  shared: [],
  /** Paid, and not given to who came again with the key. */
  unserved: [],
  /** One job under several ids. */
  renamed: [],
  /** Failed for good, or made anew, for who sent again without saying so. */
  plain: [],
  budgets: [],
}

/** Where the paid jobs were found. */
interface Reached {
  readonly lost: readonly string[]
  readonly belied: readonly string[]
}

/** Looks up all jobs of all callers, until all that was paid is found. */
async function untilReached(): Promise<Reached> {
  const belied = new Set<string>()
  let lost: readonly string[] = []
  const isFound = async (): Promise<boolean> => {
    const known = await allReachable(belied)
    // What a second step made is a part of the job that it was for.
    const ofFirst = paidJobs().filter(({ input }) => promptOf(input) !== SECOND_STEP)
    lost = ofFirst.filter(({ id }) => !known.has(id)).map(({ input }) => promptOf(input))
    return lost.length === 0
  }
  // What fal has to tell it tells again until it is heard.
  await until(isFound, 20).catch(() => undefined)
  const paid = paidIds()
  return { lost, belied: [...belied].filter((id) => paid.has(id)) }
}

async function reckon(
  orders: readonly ChaosOrder[],
  plain: Awaited<ReturnType<typeof orderPlainly>>,
  { lost, belied }: Reached,
): Promise<Record<keyof typeof NONE, unknown[]>> {
  const wishes = wishesOf(orders)
  const paid = Map.groupBy(paidJobs(), ({ input }) => promptOf(input))
  const all = Map.groupBy(fal.journal.jobs(), ({ input }) => promptOf(input))
  const tally = tallyOf(wishes, paid, all)
  const spent = await spentOf(POOR)
  process.stdout.write(
    `chaos: ${orders.length} orders, ${fal.journal.count('submit')} submits, ` +
      `${paidJobs().length} paid, ${fal.journal.count('cancel')} cancelled; ` +
      `${tally.delivered} delivered, ${tally.split} of them split, ${tally.twins} twins, ` +
      `${tally.again} to who came again; $${spent.toFixed(2)} spent of $${BUDGET_USD}\n`,
  )
  const ofPoor = wishes.filter(({ orders: [one] }) => one?.key === POOR)
  const madeForPoor = ofPoor.filter(({ prompt }) => paid.has(prompt)).length
  return {
    paidTwice: wishes
      .filter(({ prompt, most }) => (paid.get(prompt)?.length ?? 0) > most)
      .map(({ prompt }) => prompt),
    outOfReach: [...lost],
    belied: [...belied],
    ...tally.faults,
    renamed: wishes
      .filter(({ prompt, most, orders: of }) => isRenamed(of) && all.get(prompt)?.length === most)
      .map(({ prompt }) => prompt),
    plain: plain.filter(({ prompt, status }) => status !== 200 || all.get(prompt)?.length !== 1),
    // Not one cent more; and not less than it is for, whatever failed before at no cost.
    budgets: spent > BUDGET_USD || madeForPoor < 2 ? [spent, madeForPoor] : [],
  }
}

const isRenamed = (orders: readonly ChaosOrder[]): boolean =>
  orders.every(hasKey) && new Set(orders.flatMap(({ ids }) => [...ids])).size > 1

/** So many at once, while the gateway is restarted again and again. */
async function carryOutAll(orders: readonly ChaosOrder[], restarts: number): Promise<void> {
  const waiting = [...orders]
  const working = eachOf(waiting, async (order) => carryOut(order, `${doorway.url}/v1`))
  for (let one = 1; one <= restarts; one += 1) {
    const left = orders.length - (orders.length * one) / (restarts + 1)
    await until(() => waiting.length <= left, 120)
    await restart()
  }
  await working
}

/** @param waiting those that nobody works at yet */
async function eachOf(
  waiting: ChaosOrder[],
  work: (order: ChaosOrder) => Promise<void>,
): Promise<void> {
  const worker = async (): Promise<void> => {
    for (let order = waiting.shift(); order !== undefined; order = waiting.shift()) {
      await work(order)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
}

/** @param belied what is said to have failed is put in here */
async function allReachable(belied: Set<string>): Promise<ReadonlySet<string>> {
  const keys = [...Array.from({ length: CALLERS }, (_, one) => keyOf(one)), POOR, HASTY, DIRECTOR]
  return new Set(
    (
      await Promise.all(keys.map((key) => reachable(gateway.url, key, { paid: paidIds, belied })))
    ).flat(),
  )
}

const keyOf = (caller: number): string => `sk-${caller}`

async function start(): Promise<Victim> {
  const callers = Array.from({ length: CALLERS }, (_, one) => `caller-${one}:${keyOf(one)}`)
  const env = {
    WORKER_ACCESS_KEY: callers.join(','),
    ACCESS_KEYS: JSON.stringify({
      poor: { key: POOR, budget_usd: BUDGET_USD },
      hasty: { key: HASTY, budget_usd: HASTY_USD },
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

const input = z.object({ prompt: z.string().default('a second step') })
const SECOND_STEP = 'a second step'

function promptOf(value: unknown): string {
  return input.parse(value).prompt
}
