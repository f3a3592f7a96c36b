import { readFileSync } from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'

import { startGateway } from '../test/support/start-gateway.ts'
import { interleave } from './arena.ts'
import { cpuOf } from './processes.ts'
import { atMostTimes, exactly, type Figure, type Spread } from './report.ts'
import { toUnreadModule } from './unread.ts'

const NAMES = ['this gateway', 'floor', 'unread'] as const
const START_AIM = 1.4
const START_CPU_AIM = 1.6
/** As `npm run size` has it. */
const BUNDLE_AIM_KB = 250

/** From the start of the process to its first answer, its CPU until then, and the size of what is loaded. */
export async function measureStarts(quick: boolean): Promise<readonly Figure[]> {
  const nowhere = 'http://127.0.0.1:9'
  const workers = {
    'this gateway': {},
    floor: { module: '/bench/floor-worker.js' },
    unread: { source: toUnreadModule() },
  }
  const cpus = new Map<string, number>()
  const starts = await interleave(NAMES, quick ? 5 : 15, async (name, round) => {
    const start = performance.now()
    const worker = await startGateway(nowhere, {}, workers[name])
    await (await fetch(`${worker.url}/healthz`)).text()
    const ms = performance.now() - start
    cpus.set(`${name} ${round}`, cpuOf(worker.pid))
    await worker.close()
    return ms
  })
  const cpu = await interleave(NAMES, quick ? 5 : 15, async (name, round) =>
    Promise.resolve(cpus.get(`${name} ${round}`) ?? Number.NaN),
  )
  const bundle = readFileSync(path.join(import.meta.dirname, '../dist/index.js'))
  const kilobytes = gzipSync(bundle, { level: 9 }).length / 1024
  return [
    {
      item: 'process start to first answer',
      unit: 'ms',
      values: besideFloor(starts),
      aim: atMostTimes(START_AIM, starts),
    },
    {
      item: 'CPU of a process until its first answer',
      unit: 'ms',
      values: besideFloor(cpu),
      aim: atMostTimes(START_CPU_AIM, cpu),
    },
    {
      item: 'the same, of the floor with our code behind it that nobody calls',
      unit: 'ms',
      values: { floor: cpu.unread },
    },
    {
      item: 'bundle, gzip',
      unit: 'KB',
      values: { 'this gateway': exactly(kilobytes) },
      aim: { text: `≤ ${BUNDLE_AIM_KB} KB`, met: kilobytes <= BUNDLE_AIM_KB },
    },
  ]
}

function besideFloor({
  'this gateway': ours,
  floor,
}: Record<(typeof NAMES)[number], Spread>): Figure['values'] {
  return { 'this gateway': ours, floor }
}
