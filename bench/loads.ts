import { clock, interleave, type Arena, type Wish } from './arena.ts'
import { cpuOf, forgetPeak, memoryOf } from './processes.ts'
import { toSpread, type Figure, type Spread } from './report.ts'

const BOTH = ['this gateway', 'floor'] as const
const ALL_WORKERS = ['this gateway', 'floor', 'first Worker'] as const
type WorkerName = (typeof ALL_WORKERS)[number]

/** One wish so many times, so many at once. */
interface Load {
  readonly wish: Wish
  readonly count: number
  readonly atOnce: number
  /** What each process had in memory before anything large went through it; undefined: it does not matter. */
  readonly idleMb?: Readonly<Record<WorkerName, number>>
}

/** What one load took: CPU of the Worker's process for each request, and the median of their times. */
interface Taken {
  readonly cpuMs: number
  readonly wallMs: number
  readonly peakMb: number
}

const CPU_AIM_MS = 2
const BASE64_CPU_AIM_MS = 8
const MEMORY_AIM_MB = 32

/** What an answer costs: CPU, time, memory; with more callers, longer jobs, more and larger pictures. */
export async function measureLoads(arena: Arena, quick: boolean): Promise<readonly Figure[]> {
  await warmUp(arena)
  return [
    ...(await measureOverhead(arena, quick)),
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

async function take(arena: Arena, name: WorkerName, load: Load): Promise<Taken> {
  const { pid } = arena.workers[name]
  forgetPeak(pid)
  const cpu = cpuOf(pid)
  const times: number[] = []
  let left = load.count
  const caller = async (): Promise<void> => {
    while (left > 0) {
      left -= 1
      times.push(await clock(() => arena.generate[name](load.wish)))
    }
  }
  await Promise.all(Array.from({ length: load.atOnce }, caller))
  return {
    cpuMs: (cpuOf(pid) - cpu) / load.count,
    wallMs: toSpread(times).median,
    peakMb: memoryOf(pid).peak - (load.idleMb?.[name] ?? 0),
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
  return { cpuMs: await of('cpuMs'), wallMs: await of('wallMs'), peakMb: await of('peakMb') }
}

async function measureOverhead(arena: Arena, quick: boolean): Promise<readonly Figure[]> {
  const rounds = quick ? 3 : 9
  const figures: Figure[] = []
  for (const atOnce of [1, 32]) {
    const load = { wish: URL_WISH, count: quick ? 64 : 192, atOnce }
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

async function measureGrowth(arena: Arena, quick: boolean): Promise<readonly Figure[]> {
  const figures: Figure[] = []
  for (const seconds of quick ? [2] : [1, 10]) {
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

function base64Wish(size: string, n: number): Wish {
  // One prompt and seed: fal draws the picture once, and only hands it out from then on.
  const more = { n, seed: 1, response_format: 'b64_json' }
  return { prompt: `a cat [[bytes:${size}]]`, more }
}

/** How large, how many in one answer, and how often: the first Worker takes seconds for each. */
const BASE64_CASES = [
  ['1MB', 1, 2],
  ['4MB', 1, 2],
  ['16MB', 1, 1],
  ['16MB', 4, 1],
] as const

async function measureBase64(arena: Arena, quick: boolean): Promise<readonly Figure[]> {
  const cases = quick ? BASE64_CASES.slice(1, 2) : BASE64_CASES
  const idleOf = (name: WorkerName): number => memoryOf(arena.workers[name].pid).now
  const idleMb = {
    'this gateway': idleOf('this gateway'),
    floor: idleOf('floor'),
    'first Worker': idleOf('first Worker'),
  }
  const figures: Figure[] = []
  // From small to large: memory that was used once stays with the process.
  for (const [size, n, count] of cases) {
    const load = { wish: base64Wish(size, n), count, atOnce: 1, idleMb }
    const { cpuMs, peakMb } = await compare(arena, ALL_WORKERS, quick ? 2 : 5, load)
    const what = `${n === 1 ? '' : `${n} × `}${size.replace('MB', ' MB')} as base64`
    const [cpu, peak] = [cpuMs['this gateway'].median, peakMb['this gateway'].median]
    figures.push(
      {
        item: `CPU of ${what}`,
        unit: 'ms',
        values: cpuMs,
        ...(size === '4MB' && {
          aim: { text: `≤ ${BASE64_CPU_AIM_MS} ms`, met: cpu <= BASE64_CPU_AIM_MS },
        }),
      },
      {
        item: `peak memory over idle of ${what}`,
        unit: 'MB',
        values: peakMb,
        ...(n === 4 && { aim: { text: `≤ ${MEMORY_AIM_MB} MB`, met: peak <= MEMORY_AIM_MB } }),
      },
    )
  }
  return figures
}
