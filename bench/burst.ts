import { interleave, openStream, sleep, startWorker } from './arena.ts'
import type { FalProcess } from './processes.ts'
import { atMostTimes, toSpread, type Figure } from './report.ts'

const NAMES = ['this gateway', 'floor'] as const
const BURST_MS = 1000
/** Longer than the burst: nothing ends while others begin. */
const JOB_SECONDS = 5
const MOST_TIMES_FLOOR = 10

/** Streams that all begin within a second: how long half of them wait for their first byte. */
export async function measureBurst(fal: FalProcess, quick: boolean): Promise<Figure> {
  const count = quick ? 300 : 2000
  const workers = {
    'this gateway': await startWorker(fal.url, 'this gateway'),
    floor: await startWorker(fal.url, 'floor'),
  }
  const begin = (name: (typeof NAMES)[number], many: number): Promise<number> =>
    burst(() => firstByteOf(() => openStream(workers[name], 'chat', LONG_PROMPT)), many)
  for (const name of NAMES) await begin(name, quick ? 50 : 200)
  const values = await interleave(NAMES, quick ? 1 : 3, (name) => begin(name, count))
  await Promise.all(NAMES.map((name) => workers[name].close()))
  return {
    item: `${count} chat streams begun within a second: first byte`,
    unit: 'ms',
    values,
    aim: atMostTimes(MOST_TIMES_FLOOR, values),
  }
}

const LONG_PROMPT = `a cat [[run:${JOB_SECONDS}s]]`

/** @returns the median of the times until each first byte; when all streams have ended */
async function burst(open: () => Promise<Stream>, count: number): Promise<number> {
  const start = performance.now()
  const streams: Promise<Stream>[] = []
  while (streams.length < count) {
    const due = Math.min(count, Math.ceil(((performance.now() - start) / BURST_MS) * count))
    while (streams.length < due) streams.push(open())
    await sleep(1)
  }
  const begun = await Promise.all(streams)
  await Promise.all(begun.map(({ ended }) => ended))
  return toSpread(begun.map(({ ms }) => ms)).median
}

/** A stream that has begun. */
interface Stream {
  /** Until its first byte. */
  readonly ms: number
  readonly ended: Promise<void>
}

async function firstByteOf(open: () => Promise<Response>): Promise<Stream> {
  const start = performance.now()
  const response = await open()
  const reader = response.body?.getReader()
  const first = await reader?.read()
  if (!response.ok || first?.done !== false) throw new Error('a stream did not begin')
  const readOn = async (): Promise<void> => {
    while ((await reader?.read())?.done === false);
  }
  return { ms: performance.now() - start, ended: readOn() }
}
