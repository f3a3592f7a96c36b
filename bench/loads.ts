import { startGateway } from '../test/support/start-gateway.ts'
import { clock, generateWith, interleave, type Arena, type Wish, type WorkerName } from './arena.ts'
import { base64Wish, nameOfBase64 } from './base64.ts'
import { cpuOf } from './processes.ts'
import { toSpread, type Figure, type Spread } from './report.ts'

const BOTH = ['this gateway', 'floor'] as const

/** One wish so many times, so many at once. */
interface Load {
  readonly wish: Wish
  readonly count: number
  readonly atOnce: number
}

/** What one load took: CPU of the Worker's process for each request, and the median of their times. */
interface Taken {
  readonly cpuMs: number
  readonly wallMs: number
}

const CPU_AIM_MS = 2
const BASE64_CPU_AIM_MS = 8

/** What an answer costs: CPU and time; with the ledger, with more callers, longer jobs, more and larger pictures. */
export async function measureLoads(arena: Arena, quick: boolean): Promise<readonly Figure[]> {
  await warmUp(arena)
  return [
    ...(await measureOverhead(arena, quick)),
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
  return takeFrom(arena.workers[name].pid, arena.generate[name], load)
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
  await Promise.all(Array.from({ length: load.atOnce }, caller))
  return { cpuMs: (cpuOf(pid) - cpu) / load.count, wallMs: toSpread(times).median }
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
  return { cpuMs: await of('cpuMs'), wallMs: await of('wallMs') }
}

async function measureOverhead(arena: Arena, quick: boolean): Promise<readonly Figure[]> {
  const rounds = quick ? 2 : 9
  const figures: Figure[] = []
  for (const atOnce of [1, 32]) {
    const load = { wish: URL_WISH, count: quick ? 32 : 192, atOnce }
    const { cpuMs, wallMs } = await compare(arena, BOTH, rounds, load)
    figures.push(
      {
        item: `CPU of a url answer, ${atOnce} at once`,
        unit: 'ms',
        values: cpuMs,
        aim: { text: `≤ ${CPU_AIM_MS} ms`, met: cpuMs['this gateway'].median <= CPU_AIM_MS },
      },
      { item: `time of a url answer, ${atOnce} at once`, unit: 'ms', values: wallMs },
    )
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

/** How large, how many in one answer, and how often: the first Worker takes seconds for each. */
const BASE64_CASES = [
  ['1MB', 1, 4],
  ['4MB', 1, 4],
  ['16MB', 1, 2],
  ['16MB', 4, 1],
] as const

async function measureBase64(arena: Arena, quick: boolean): Promise<readonly Figure[]> {
  const cases = quick ? BASE64_CASES.slice(1, 2) : BASE64_CASES
  const figures: Figure[] = []
  for (const [size, n, count] of cases) {
    const wish = base64Wish(size, n)
    const { cpuMs } = await compare(arena, BOTH, quick ? 2 : 9, { wish, count, atOnce: 1 })
    const first = await compare(arena, ['first Worker'], quick ? 1 : 3, {
      wish,
      count: 1,
      atOnce: 1,
    })
    const met = cpuMs['this gateway'].median <= BASE64_CPU_AIM_MS
    figures.push({
      item: `CPU of ${nameOfBase64(size, n)}`,
      unit: 'ms',
      values: { ...cpuMs, ...first.cpuMs },
      ...(size === '4MB' && { aim: { text: `≤ ${BASE64_CPU_AIM_MS} ms`, met } }),
    })
  }
  return figures
}
