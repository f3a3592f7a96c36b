import { afterAll, beforeAll, expect, test } from 'vitest'

import { openStream } from '../../bench/arena.ts'
import { cpuOf } from '../../bench/processes.ts'
import { toUnreadModule } from '../../bench/unread.ts'
import { startSimulator, type Simulator } from '../../simulator/start-simulator.ts'
import { ACCESS_KEY, startGateway, type Gateway } from '../support/start-gateway.ts'

// CPU time of the Worker's process, as the operating system counts it, in multiples of what a Worker takes
// that only hands the same job on (bench/floor-worker.js). Both run in turn on the same machine, so a slow or
// busy one moves both; the least of several rounds is the one that was disturbed least. Measured on a machine with
// a load of 12 to 29: 1.4 to 2.2 for a url answer, 1.6 to 2.1 for a chat stream; twice as much work is 2.8 or more.
const MOST_CPU = 2.5
const MOST_CHAT_CPU = 2.6
const ROUNDS = 6
const REQUESTS = 60
const WARM_UP_REQUESTS = 400
const AT_ONCE = 8
const ATTEMPTS = 3

let fal: Simulator
let gateway: Gateway
let floor: Gateway

beforeAll(async () => {
  fal = await startSimulator({ retired: [] })
  gateway = await startGateway(fal.url, { LOG_LEVEL: 'error' })
  floor = await startGateway(fal.url, {}, { module: '/bench/floor-worker.js' })
  for (const worker of [gateway, floor]) {
    await cpuOfRound(worker, ask, WARM_UP_REQUESTS)
    await cpuOfRound(worker, chat, WARM_UP_REQUESTS)
  }
})
afterAll(async () => {
  await Promise.all([gateway, floor, fal].map((one) => one.close()))
})

async function ask({ url }: Gateway): Promise<void> {
  const response = await fetch(`${url}/v1/images/generations`, {
    method: 'POST',
    headers: { authorization: `Bearer ${ACCESS_KEY}`, 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'flux-dev', prompt: 'a cat' }),
  })
  expect(response.status).toBe(200)
  await response.arrayBuffer()
}

async function chat(worker: Gateway): Promise<void> {
  const response = await openStream(worker, 'chat', 'a cat')
  expect(response.status).toBe(200)
  expect(await response.text()).toContain('data: ')
}

type Work = (worker: Gateway) => Promise<void>

async function cpuOfRound(worker: Gateway, work: Work, requests = REQUESTS): Promise<number> {
  const before = cpuOf(worker.pid)
  let left = requests
  const caller = async (): Promise<void> => {
    while (left > 0) {
      left -= 1
      await work(worker)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, caller))
  return cpuOf(worker.pid) - before
}

async function measureRatio(work: Work): Promise<number> {
  const [ours, theirs] = [new Array<number>(), new Array<number>()]
  for (let round = 0; round < ROUNDS; round += 1) {
    ours.push(await cpuOfRound(gateway, work))
    theirs.push(await cpuOfRound(floor, work))
  }
  return Math.min(...ours) / Math.min(...theirs)
}

test.for([
  { what: 'a url answer', work: ask, most: MOST_CPU },
  { what: 'a chat stream', work: chat, most: MOST_CHAT_CPU },
])(
  '$what takes at most a few times the CPU that handing it on takes',
  { timeout: 120_000 },
  async ({ what, work, most }) => {
    const ratios: number[] = []
    while (ratios.length < ATTEMPTS && ratios.every((ratio) => ratio > most)) {
      ratios.push(await measureRatio(work))
    }
    const told = ratios.map((ratio) => ratio.toFixed(2)).join(', ')
    process.stdout.write(`CPU of ${what}: ${told} times the floor's\n`)
    expect(Math.min(...ratios)).toBeLessThanOrEqual(most)
  },
)

// CPU of a process from its beginning to its first answer: what an isolate that nobody has used costs its first
// caller. In multiples of what the floor takes with the same code behind it unread, which differ little between
// machines; and of the bare floor's, where reading the code alone is 1.6 on one machine and 2.3 on another, which
// keeps the code itself from growing.
const MOST_BESIDE = { unread: 2, bare: 4.2 } as const
const STARTS = 5

async function cpuOfStart(options: Parameters<typeof startGateway>[2]): Promise<number> {
  const worker = await startGateway(fal.url, { LOG_LEVEL: 'error' }, options)
  await ask(worker)
  const taken = cpuOf(worker.pid)
  await worker.close()
  return taken
}

/** The least of some starts in turn, in multiples of both floors'. */
async function measureStart(): Promise<{ readonly unread: number; readonly bare: number }> {
  const [ours, unread, bare] = [new Array<number>(), new Array<number>(), new Array<number>()]
  const source = toUnreadModule()
  for (let start = 0; start < STARTS; start += 1) {
    ours.push(await cpuOfStart({}))
    unread.push(await cpuOfStart({ source }))
    bare.push(await cpuOfStart({ module: '/bench/floor-worker.js' }))
  }
  const least = Math.min(...ours)
  return { unread: least / Math.min(...unread), bare: least / Math.min(...bare) }
}

test(
  'a process starts with at most a few times the CPU that reading the code takes',
  { timeout: 120_000 },
  async () => {
    const found: Awaited<ReturnType<typeof measureStart>>[] = []
    const holds = (kind: keyof typeof MOST_BESIDE): boolean =>
      found.some((ratios) => ratios[kind] <= MOST_BESIDE[kind])
    while (found.length < ATTEMPTS && !(holds('unread') && holds('bare'))) {
      found.push(await measureStart())
    }
    const told = found.map(({ unread, bare }) => `${unread.toFixed(2)} and ${bare.toFixed(2)}`)
    process.stdout.write(`CPU of a start, beside code unread and the floor: ${told.join(', ')}\n`)
    expect({ unread: holds('unread'), bare: holds('bare') }).toEqual({ unread: true, bare: true })
  },
)
