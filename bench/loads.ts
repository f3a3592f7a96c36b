import { startGateway } from '../test/support/start-gateway.ts'
import {
  clock,
  drain,
  generateWith,
  interleave,
  openStream,
  type Arena,
  type Wish,
  type WorkerName,
} from './arena.ts'
import { base64Wish, nameOfBase64 } from './base64.ts'
import { cpuOf } from './processes.ts'
import { atLeastTimes, atMostTimes, toSpread, type Figure, type Spread } from './report.ts'

const BOTH = ['this gateway', 'floor'] as const

/** One wish so many times, so many at once. */
interface Load {
  readonly wish: Wish
  readonly count: number
  readonly atOnce: number
  /** Whether it is asked of the chat, as a stream. */
  readonly isChat?: true
}

/**
 * What one load took: CPU of the Worker's process for each request, the median of their times, and how many were
 * answered in a second.
 */
interface Taken {
  readonly cpuMs: number
  readonly wallMs: number
  readonly aSecond: number
}

const CPU_AIM = 1.5
/** What CPU allows: the callers' and the pretend fal's are the same for both. */
const ANSWERS_AIM = 0.67
const CHAT_CPU_AIM = 1.5

/** What an answer costs: CPU and time; with the ledger, with more callers, longer jobs, more and larger pictures. */
export async function measureLoads(arena: Arena, quick: boolean): Promise<readonly Figure[]> {
  await warmUp(arena)
  return [
    ...(await measureOverhead(arena, quick)),
    ...(await measureChat(arena, quick)),
    await measureLedger(arena, quick),
    ...(await measureGrowth(arena, quick)),
    ...(await measureBase64(arena, quick)),
  ]
}

const URL_WISH: Wish = { prompt: 'a cat' }

/** Code that has never run is slow, and memory that was never used is not there yet. */
async function warmUp(arena: Arena): Promise<void> {
  for (const name of BOTH) {
    await take(arena, name, { wish: URL_WISH, count: 64, atOnce: 8 })
  }
  await take(arena, 'first Worker', { wish: URL_WISH, count: 2, atOnce: 2 })
}

function take(arena: Arena, name: WorkerName, load: Load): Promise<Taken> {
  const worker = arena.workers[name]
  const chat = async ({ prompt }: Wish): Promise<void> =>
    drain(await openStream(worker, 'chat', prompt))
  return takeFrom(worker.pid, load.isChat === true ? chat : arena.generate[name], load)
}

async function takeFrom(
  pid: number,
  generate: (wish: Wish) => Promise<void>,
  load: Load,
): Promise<Taken> {
  const cpu = cpuOf(pid)
  const times: number[] = []
  let left = load.count
  const caller = async (): Promise<void> => {
    while (left > 0) {
      left -= 1
      times.push(await clock(() => generate(load.wish)))
    }
  }
  const ms = await clock(() => Promise.all(Array.from({ length: load.atOnce }, caller)))
  return {
    cpuMs: (cpuOf(pid) - cpu) / load.count,
    wallMs: toSpread(times).median,
    aSecond: (load.count / ms) * 1000,
  }
}

type Kind = keyof Taken

/** The same load for each in turn, in several rounds. */
async function compare<Name extends WorkerName>(
  arena: Arena,
  names: readonly Name[],
  rounds: number,
  load: Load,
): Promise<Readonly<Record<Kind, Record<Name, Spread>>>> {
  const seen = new Map<string, Taken>()
  const of = (kind: Kind) =>
    interleave(names, rounds, async (name, round) => {
      const place = `${name} ${round}`
      const taken = seen.get(place) ?? (await take(arena, name, load))
      seen.set(place, taken)
      return taken[kind]
    })
  return { cpuMs: await of('cpuMs'), wallMs: await of('wallMs'), aSecond: await of('aSecond') }
}

async function measureOverhead(arena: Arena, quick: boolean): Promise<readonly Figure[]> {
  const rounds = quick ? 2 : 11
  const figures: Figure[] = []
  for (const atOnce of [1, 32]) {
    const load = { wish: URL_WISH, count: quick ? 32 : 192, atOnce }
    const { cpuMs, wallMs, aSecond } = await compare(arena, BOTH, rounds, load)
    figures.push(
      {
        item: `CPU of a url answer, ${atOnce} at once`,
        unit: 'ms',
        values: cpuMs,
        aim: atMostTimes(CPU_AIM, cpuMs),
      },
      { item: `time of a url answer, ${atOnce} at once`, unit: 'ms', values: wallMs },
    )
    if (atOnce === 1) continue
    figures.push({
      item: `url answers a second, ${atOnce} at once`,
      unit: 'requests',
      values: aSecond,
      aim: atLeastTimes(ANSWERS_AIM, aSecond),
    })
  }
  return figures
}

/** A chat's stream from its beginning to its end, its job done at once. */
async function measureChat(arena: Arena, quick: boolean): Promise<readonly Figure[]> {
  const figures: Figure[] = []
  for (const atOnce of [1, 32]) {
    const load = { wish: URL_WISH, count: quick ? 32 : 192, atOnce, isChat: true } as const
    const { cpuMs } = await compare(arena, BOTH, quick ? 2 : 11, load)
    figures.push({
      item: `CPU of a chat stream, ${atOnce} at once`,
      unit: 'ms',
      values: cpuMs,
      aim: atMostTimes(CHAT_CPU_AIM, cpuMs),
    })
  }
  return figures
}

/** The same answer where a Durable Object, on this machine's disk, writes down what was ordered and made. */
async function measureLedger({ fal }: Arena, quick: boolean): Promise<Figure> {
  const env = { LOG_LEVEL: 'error' }
  const gateway = await startGateway(fal.url, env, { ledger: 'temporary' })
  const generate = generateWith(gateway)
  const load = { wish: URL_WISH, count: quick ? 32 : 192, atOnce: 32 }
  await takeFrom(gateway.pid, generate, load)
  const values = await interleave(['this gateway'], quick ? 2 : 5, async () => {
    const { cpuMs } = await takeFrom(gateway.pid, generate, load)
    return cpuMs
  })
  await gateway.close()
  return { item: 'CPU of a url answer with the ledger, 32 at once', unit: 'ms', values }
}

async function measureGrowth(arena: Arena, quick: boolean): Promise<readonly Figure[]> {
  const figures: Figure[] = []
  for (const seconds of quick ? [1] : [1, 10]) {
    const wish = { prompt: `a cat [[run:${seconds}s]]` }
    const load = { wish, count: 100, atOnce: 100 }
    const { cpuMs } = await compare(arena, BOTH, quick ? 1 : 3, load)
    figures.push({ item: `CPU of a job of ${seconds} s, 100 at once`, unit: 'ms', values: cpuMs })
  }
  for (const n of [4, 10]) {
    const load = { wish: { prompt: 'a cat', more: { n } }, count: 40, atOnce: 1 }
    const { cpuMs } = await compare(arena, ['this gateway'], quick ? 1 : 5, load)
    const item = `CPU of a url answer with n = ${n} (${Math.ceil(n / 4)} fal requests)`
    figures.push({ item, unit: 'ms', values: cpuMs })
  }
  return figures
}

/** How large, how many in one answer, how often, and how many times the floor's it may take. */
const BASE64_CASES = [
  ['1MB', 1, 8, 1.4],
  ['4MB', 1, 4, 1.2],
  ['16MB', 1, 2, 1.2],
  ['16MB', 4, 1, 1.2],
] as const

async function measureBase64(arena: Arena, quick: boolean): Promise<readonly Figure[]> {
  const cases = quick ? BASE64_CASES.slice(1, 2) : BASE64_CASES
  const figures: Figure[] = []
  for (const [size, n, count, most] of cases) {
    const wish = base64Wish(size, n)
    const { cpuMs } = await compare(arena, BOTH, quick ? 2 : 9, { wish, count, atOnce: 1 })
    // It takes seconds for each.
    const first = await compare(arena, ['first Worker'], 1, { wish, count: 1, atOnce: 1 })
    figures.push({
      item: `CPU of ${nameOfBase64(size, n)}`,
      unit: 'ms',
      values: { ...cpuMs, ...first.cpuMs },
      aim: atMostTimes(most, cpuMs),
    })
  }
  return figures
}
