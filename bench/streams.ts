import type { Gateway } from '../test/support/start-gateway.ts'
import {
  interleave,
  openArena,
  openStream,
  sleep,
  startWorker,
  type Arena,
  type StreamKind,
} from './arena.ts'
import { measureBurst } from './burst.ts'
import { cpuOf, memoryOf, type FalProcess } from './processes.ts'
import { atMostTimes, toSpread, type Figure } from './report.ts'

const NAMES = ['this gateway', 'floor'] as const
type Name = (typeof NAMES)[number]

const FIRST_BYTE_AIM = 1.5
const MEMORY_RATIO_AIM = 1.3

/** Streams: the first byte, and hundreds of them at once. */
export async function measureStreams(quick: boolean): Promise<readonly Figure[]> {
  const arena = await openArena()
  try {
    return [
      await measureFirstByte(arena, 'chat', quick),
      await measureFirstByte(arena, 'image', quick),
      await measureBurst(arena.fal, quick),
      ...(await measureMany(arena.fal, quick ? QUICK_CROWD : CROWD)),
    ]
  } finally {
    await arena.close()
  }
}

async function measureFirstByte(
  { workers }: Arena,
  kind: StreamKind,
  quick: boolean,
): Promise<Figure> {
  const values = await interleave(NAMES, quick ? 10 : 100, async (name) => {
    const start = performance.now()
    const response = await openStream(workers[name], kind, 'a cat')
    const reader = response.body?.getReader()
    await reader?.read()
    const ms = performance.now() - start
    while ((await reader?.read())?.done === false);
    return ms
  })
  return {
    item: `${kind} stream: first byte`,
    unit: 'ms',
    values,
    ...(kind === 'chat' && { aim: atMostTimes(FIRST_BYTE_AIM, values) }),
  }
}

/** How many are opened first, how many there are in the end, and how long each is open. */
interface Crowd {
  readonly some: number
  readonly all: number
  readonly seconds: number
  readonly rounds: number
}

const CROWD: Crowd = { some: 500, all: 2000, seconds: 15, rounds: 2 }
const QUICK_CROWD: Crowd = { some: 100, all: 300, seconds: 3, rounds: 1 }

/** What a crowd took of the Worker's process. */
interface Gathered {
  readonly errors: number
  /** Of each of the first ones, and of all: with what the process takes once, for many or for few. */
  readonly someKb: number
  readonly allKb: number
  /** Of each that came after the first ones: without it. */
  readonly moreKb: number
  readonly cpuMs: number
}

async function measureMany(fal: FalProcess, crowd: Crowd): Promise<readonly Figure[]> {
  const found = new Map<Name, Gathered[]>(NAMES.map((name) => [name, []]))
  for (let round = 0; round < crowd.rounds; round += 1) {
    for (const name of NAMES) found.get(name)?.push(await gather(fal, name, crowd))
  }
  const pick = (kind: keyof Gathered): Figure['values'] =>
    Object.fromEntries(
      [...found].map(([name, all]) => [name, toSpread(all.map((one) => one[kind]))]),
    )
  const { some, all } = crowd
  const [errors, ofAll] = [pick('errors'), pick('allKb')]
  return [
    {
      item: `${all} chat streams at once: errors`,
      unit: 'errors',
      values: errors,
      aim: { text: 'none', met: errors['this gateway']?.median === 0 },
    },
    { item: `${some} chat streams at once: memory of each`, unit: 'KB', values: pick('someKb') },
    {
      item: `${all} chat streams at once: memory of each`,
      unit: 'KB',
      values: ofAll,
      aim: atMostTimes(MEMORY_RATIO_AIM, ofAll),
    },
    {
      item: `memory of each chat stream beyond the ${some}th`,
      unit: 'KB',
      values: pick('moreKb'),
    },
    {
      item: `CPU of a chat stream of ${crowd.seconds} s, ${all} at once`,
      unit: 'ms',
      values: pick('cpuMs'),
    },
  ]
}

/** Opens a crowd of streams in a process of its own: memory that was used once stays with it. */
export async function gather(
  fal: FalProcess,
  name: Name,
  { some, all, seconds }: Omit<Crowd, 'rounds'>,
): Promise<Gathered> {
  const worker = await startWorker(fal.url, name)
  try {
    for (let count = 0; count < 100; count += 1) {
      await (await openStream(worker, 'chat', 'a cat')).text()
    }
    const [idle, cpu] = [memoryOf(worker.pid).now, cpuOf(worker.pid)]
    const openMore = (count: number) => openMany(worker, count, seconds)
    const first = await openMore(some)
    const withSome = memoryOf(worker.pid).now
    const more = await openMore(all - some)
    const withAll = memoryOf(worker.pid).now
    const errors = (await first.errors) + (await more.errors)
    return {
      errors,
      someKb: ((withSome - idle) * 1024) / some,
      allKb: ((withAll - idle) * 1024) / all,
      moreKb: ((withAll - withSome) * 1024) / (all - some),
      cpuMs: (cpuOf(worker.pid) - cpu) / all,
    }
  } finally {
    await worker.close()
  }
}

/** Streams that have all begun. */
interface Opened {
  /** How many failed, when all have ended. */
  readonly errors: Promise<number>
}

/** So long after the last has begun nothing is written any more but pings. */
const SETTLED_MS = 500

async function openMany(worker: Gateway, count: number, seconds: number): Promise<Opened> {
  let begun = 0
  const allBegan = Promise.withResolvers<void>()
  const one = async (): Promise<void> => {
    const response = await openStream(worker, 'chat', `a cat [[run:${seconds}s]]`)
    let text = ''
    for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      if (text === '' && ++begun === count) allBegan.resolve()
      text += chunk
    }
    const isWhole = response.ok && /COMPLETED|\[DONE\]/.test(text) && !text.includes('"error"')
    if (!isWhole) throw new Error('a stream broke off')
  }
  const ended = Promise.allSettled(Array.from({ length: count }, one))
  await Promise.race([allBegan.promise, ended])
  await sleep(SETTLED_MS)
  return {
    errors: ended.then((ends) => ends.filter(({ status }) => status === 'rejected').length),
  }
}
