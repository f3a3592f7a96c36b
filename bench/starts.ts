import { readFileSync } from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'

import { startGateway } from '../test/support/start-gateway.ts'
import { interleave } from './arena.ts'
import { exactly, type Figure } from './report.ts'

const NAMES = ['this gateway', 'floor'] as const
const START_AIM_MS = 60
const BUNDLE_AIM_KB = 100

/** From the start of the process to its first answer, and the size of what is loaded. */
export async function measureStarts(quick: boolean): Promise<readonly Figure[]> {
  const nowhere = 'http://127.0.0.1:9'
  const floor = { module: '/bench/floor-worker.js' }
  const starts = await interleave(NAMES, quick ? 5 : 15, async (name) => {
    const start = performance.now()
    const worker = await startGateway(nowhere, {}, name === 'floor' ? floor : {})
    await (await fetch(`${worker.url}/healthz`)).text()
    const ms = performance.now() - start
    await worker.close()
    return ms
  })
  const bundle = readFileSync(path.join(import.meta.dirname, '../dist/index.js'))
  const kilobytes = gzipSync(bundle, { level: 9 }).length / 1024
  return [
    {
      item: 'process start to first answer',
      unit: 'ms',
      values: starts,
      aim: { text: `≤ ${START_AIM_MS} ms`, met: starts['this gateway'].median <= START_AIM_MS },
    },
    {
      item: 'bundle, gzip',
      unit: 'KB',
      values: { 'this gateway': exactly(kilobytes) },
      aim: { text: `≤ ${BUNDLE_AIM_KB} KB`, met: kilobytes <= BUNDLE_AIM_KB },
    },
  ]
}
