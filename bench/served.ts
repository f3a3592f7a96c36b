import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

import { toFalSettings } from '../simulator/fal-settings.ts'
import { descendantsOf } from '../test/support/processes.ts'
import { runNpmStart } from '../test/support/run-npm.ts'
import { ACCESS_KEY, startGateway } from '../test/support/start-gateway.ts'
import { startServe } from '../test/support/start-serve.ts'
import { clock, generateWith, interleave } from './arena.ts'
import { cpuOf, memoryOf, startFal } from './processes.ts'
import { exactly, type Figure } from './report.ts'

/** What `npm run serve` may take of what plain workerd takes with a ledger: it does no more. */
const MOST = 1.1
const NAMES = ['served', 'plain'] as const

/** A gateway with its ledger on this machine's disk, and all processes that it has. */
interface Subject {
  readonly url: string
  readonly pids: readonly number[]
  close(): Promise<void>
}

/** What the gateway takes as `npm run serve`, beside workerd alone; and how much one of them can do. */
export async function measureServed(quick: boolean): Promise<readonly Figure[]> {
  const fal = await startFal()
  const start = { served: () => serve(fal.url), plain: () => startPlain(fal.url) }
  // Each in new processes: when V8 gives memory back is chance.
  const memory = await interleave(NAMES, quick ? 3 : 7, async (name) => {
    const subject = await start[name]()
    await ask(subject, 256, 32)
    const taken = memoryNow(subject)
    await subject.close()
    return taken
  })
  const subjects = { served: await start.served(), plain: await start.plain() }
  for (const name of NAMES) await take(subjects[name], 256)
  const count = quick ? 64 : 192
  const cpu = await interleave(NAMES, quick ? 3 : 9, (name) => take(subjects[name], count))
  const many = quick ? 256 : 2000
  const ms = await clock(() => ask(subjects.served, many, 64))
  const developed = await measureDeveloped(fal.url, quick)
  await Promise.all([...NAMES.map((name) => subjects[name].close()), fal.close()])
  return [
    {
      item: 'CPU of a url answer from `npm run serve`, 32 at once',
      unit: 'ms',
      values: { 'this gateway': cpu.served },
      aim: toAim(cpu.served.median, cpu.plain.median, 'ms'),
    },
    developed,
    {
      item: 'memory of `npm run serve` after 256 answers, all its processes',
      unit: 'MB',
      values: { 'this gateway': memory.served },
      aim: toAim(memory.served.median, memory.plain.median, 'MB'),
    },
    {
      item: 'url answers a minute from one `npm run serve`, 64 at once',
      unit: 'requests',
      values: { 'this gateway': exactly(Math.round((many / ms) * 60_000)) },
    },
  ]
}

function toAim(served: number, plain: number, unit: string): NonNullable<Figure['aim']> {
  const text = `≤ ${MOST} × workerd alone (${plain.toPrecision(3)} ${unit})`
  return { text, met: served <= MOST * plain }
}

/** wrangler's own server stands between the caller and the Worker there: it is for trying, not for serving. */
async function measureDeveloped(fal: string, quick: boolean): Promise<Figure> {
  const { script, url } = await runNpmStart({
    WORKER_ACCESS_KEY: ACCESS_KEY,
    FAL_API_KEY: 'test-id:test-secret',
    ...toFalSettings(fal),
    LOG_LEVEL: 'error',
  })
  const subject = { url, pids: script.programs().map(({ pid }) => pid) }
  await take(subject, 256)
  const { started } = await interleave(['started'], quick ? 2 : 5, () => take(subject, 128))
  await script.stop()
  const item = 'CPU of a url answer from `npm start`, 32 at once, all its processes'
  return { item, unit: 'ms', values: { 'this gateway': started } }
}

async function serve(fal: string): Promise<Subject> {
  const folder = mkdtempSync(path.join(tmpdir(), 'bench-served-'))
  const served = await startServe(fal, { folder, env: { LOG_LEVEL: 'error' } })
  return {
    url: served.url,
    pids: [served.pid, ...descendantsOf(served.pid).map(({ pid }) => pid)],
    async close() {
      served.kill('SIGTERM')
      await served.ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function startPlain(fal: string): Promise<Subject> {
  const gateway = await startGateway(fal, { LOG_LEVEL: 'error' }, { ledger: 'temporary' })
  return { url: gateway.url, pids: [gateway.pid], close: () => gateway.close() }
}

/** CPU of all its processes for each request. */
async function take(subject: Pick<Subject, 'url' | 'pids'>, count: number): Promise<number> {
  const cpu = (): number => subject.pids.map(cpuOf).reduce((sum, one) => sum + one, 0)
  const before = cpu()
  await ask(subject, count, 32)
  return (cpu() - before) / count
}

async function ask(subject: Pick<Subject, 'url'>, count: number, atOnce: number): Promise<void> {
  const generate = generateWith(subject)
  let left = count
  const caller = async (): Promise<void> => {
    while (left > 0) {
      left -= 1
      await generate({ prompt: 'a cat' })
    }
  }
  await Promise.all(Array.from({ length: atOnce }, caller))
}

function memoryNow({ pids }: Subject): number {
  return pids.reduce((sum, pid) => sum + memoryOf(pid).now, 0)
}
