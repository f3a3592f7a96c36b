import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'

/** CPU time of a process in ms, of all its threads, in user and in kernel mode. */
export function cpuOf(pid: number): number {
  const threads = readdirSync(`/proc/${pid}/task`)
  const nanoseconds = threads.map((thread) =>
    Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0]),
  )
  const sum = nanoseconds.reduce((all, one) => all + one, 0)
  return sum > 0 ? sum / 1e6 : ticksOf(pid) * MS_PER_TICK
}

/** Linux counts in hundredths of a second there. */
const MS_PER_TICK = 10

/** A kernel without scheduler statistics still has `stat`: user and kernel time, in ticks. */
function ticksOf(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return Number(fields[11]) + Number(fields[12])
}

/** Resident memory in MB, now and at its peak since `forgetPeak`. */
export function memoryOf(pid: number): { readonly now: number; readonly peak: number } {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  const field = (name: string): number =>
    Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1] ?? 0) / 1024
  return { now: field('VmRSS'), peak: field('VmHWM') }
}

export function forgetPeak(pid: number): void {
  writeFileSync(`/proc/${pid}/clear_refs`, '5')
}

/** Ends every process that this one has started and not ended: what is measured next must be alone. */
export function endChildren(): void {
  for (const task of readdirSync('/proc/self/task')) {
    const pids = readFileSync(`/proc/self/task/${task}/children`, 'utf8').split(' ')
    for (const pid of pids.filter((one) => one !== '')) process.kill(Number(pid), 'SIGKILL')
  }
}

/** The pretend fal in a process of its own. */
export interface FalProcess {
  readonly url: string
  /** How many requests it was asked since the last time. */
  asked(): Promise<number>
  close(): Promise<void>
}

/** Jobs neither wait nor run, unless the prompt says so. */
export async function startFal(): Promise<FalProcess> {
  const main = path.join(import.meta.dirname, '../simulator/main.ts')
  const child = spawn(process.execPath, [main, '--port', '0', '--queue', '0ms', '--run', '0ms'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const url = await readUrl(child)
  return {
    url,
    async asked() {
      const response = await fetch(`${url}/__journal`)
      const journal: unknown = await response.json()
      await fetch(`${url}/__journal`, { method: 'DELETE' })
      const entries = isJournal(journal) ? journal.entries : []
      return entries.filter(({ kind }) => kind !== 'meta' && kind !== 'other').length
    },
    async close() {
      if (child.exitCode !== null || child.signalCode !== null) return
      child.kill('SIGTERM')
      await once(child, 'exit')
    },
  }
}

interface Journal {
  readonly entries: readonly { readonly kind: string }[]
}

function isJournal(value: unknown): value is Journal {
  return typeof value === 'object' && value !== null && 'entries' in value
}

async function readUrl(child: ChildProcess): Promise<string> {
  let text = ''
  for await (const chunk of child.stdout ?? []) {
    text += String(chunk)
    const url = /http:\/\/127\.0\.0\.1:\d+/.exec(text)?.[0]
    if (url !== undefined) {
      child.stdout?.resume()
      return url
    }
  }
  throw new Error(`the pretend fal did not start: ${text}`)
}
