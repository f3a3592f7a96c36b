import { readFileSync } from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'

import { startGateway } from '../test/support/start-gateway.ts'
import { drain, interleave, openStream } from './arena.ts'
import { cpuOf, startFal } from './processes.ts'
import { atMostTimes, exactly, toSpread, type Figure, type Spread } from './report.ts'
import { toUnreadModule } from './unread.ts'

const NAMES = ['this gateway', 'floor', 'unread'] as const
type Name = (typeof NAMES)[number]

const START_AIM = 1.4
const START_CPU_AIM = 1.6
/** As `npm run size` has it. */
const BUNDLE_AIM_KB = 250

/** What one process took, in ms. */
interface Started {
  readonly time: number
  readonly cpu: number
  /** Of its first image and its first chat, which are what somebody who comes alone pays each time. */
  readonly image: number
  readonly chat: number
}

/**
 * From the start of the process to its first answer, its CPU until then and of what is first asked of it, and the
 * size of what is loaded.
 */
export async function measureStarts(quick: boolean): Promise<readonly Figure[]> {
  const fal = await startFal()
  const options = {
    'this gateway': {},
    floor: { module: '/bench/floor-worker.js' },
    unread: { source: toUnreadModule() },
  }
  const found = new Map<Name, Started[]>(NAMES.map((name) => [name, []]))
  await interleave(NAMES, quick ? 5 : 15, async (name) => {
    const started = await start(fal.url, options[name])
    found.get(name)?.push(started)
    return started.time
  })
  await fal.close()
  const pick = (name: Name, kind: keyof Started): Spread =>
    toSpread(found.get(name)?.map((one) => one[kind]) ?? [])
  const besideFloor = (kind: keyof Started): Figure['values'] => ({
    'this gateway': pick('this gateway', kind),
    floor: pick('floor', kind),
  })
  const [time, cpu] = [besideFloor('time'), besideFloor('cpu')]
  const bundle = readFileSync(path.join(import.meta.dirname, '../dist/index.js'))
  const kilobytes = gzipSync(bundle, { level: 9 }).length / 1024
  return [
    {
      item: 'process start to first answer',
      unit: 'ms',
      values: time,
      aim: atMostTimes(START_AIM, time),
    },
    {
      item: 'CPU of a process until its first answer',
      unit: 'ms',
      values: cpu,
      aim: atMostTimes(START_CPU_AIM, cpu),
    },
    {
      item: 'the same, of the floor with our code behind it that nobody calls',
      unit: 'ms',
      values: { floor: pick('unread', 'cpu') },
    },
    { item: 'CPU of a process’s first image', unit: 'ms', values: besideFloor('image') },
    { item: 'CPU of a process’s first chat', unit: 'ms', values: besideFloor('chat') },
    {
      item: 'bundle, gzip',
      unit: 'KB',
      values: { 'this gateway': exactly(kilobytes) },
      aim: { text: `≤ ${BUNDLE_AIM_KB} KB`, met: kilobytes <= BUNDLE_AIM_KB },
    },
  ]
}

async function start(fal: string, options: Parameters<typeof startGateway>[2]): Promise<Started> {
  const began = performance.now()
  const worker = await startGateway(fal, {}, options)
  await drain(await fetch(`${worker.url}/healthz`))
  const time = performance.now() - began
  const cpu = cpuOf(worker.pid)
  const cpuFor = async (kind: 'image' | 'chat'): Promise<number> => {
    const before = cpuOf(worker.pid)
    await drain(await openStream(worker, kind, 'a cat'))
    return cpuOf(worker.pid) - before
  }
  const [image, chat] = [await cpuFor('image'), await cpuFor('chat')]
  await worker.close()
  return { time, cpu, image, chat }
}
