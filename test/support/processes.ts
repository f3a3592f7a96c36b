import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'

/** A running program. */
export interface Running {
  readonly pid: number
  readonly parent: number
  readonly name: string
}

/** All that a process has started, and all that those have. */
export function descendantsOf(pid: number): readonly Running[] {
  const children = Map.groupBy(readAll(), ({ parent }) => parent)
  const below = (one: number): readonly Running[] =>
    (children.get(one) ?? []).flatMap((child) => [child, ...below(child.pid)])
  return below(pid)
}

/** Those that still run. */
export function stillRunning(among: readonly Running[]): readonly Running[] {
  const pids = new Set(readAll().map(({ pid }) => pid))
  return among.filter(({ pid }) => pids.has(pid))
}

/** Without those that have ended and were not waited for. */
function readAll(): readonly Running[] {
  return (existsSync('/proc/self/stat') ? readProc() : readPs()).flatMap((line) => {
    const [, pid, name = '', state, parent] = /^(\d+) \((.*)\) (\S)\S* (\d+)/s.exec(line) ?? []
    return state === 'Z' ? [] : [{ pid: Number(pid), parent: Number(parent), name }]
  })
}

function readProc(): readonly string[] {
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .flatMap((pid) => {
      try {
        return [readFileSync(`/proc/${pid}/stat`, 'utf8')]
      } catch {
        // It has ended in between.
        return []
      }
    })
}

/** In the form of Linux' files. */
function readPs(): readonly string[] {
  const text = execFileSync('ps', ['-A', '-o', 'pid=,stat=,ppid=,comm='], { encoding: 'utf8' })
  return text
    .split('\n')
    .map((line) => line.trim().replace(/^(\d+) +(\S+) +(\d+) +(.*)$/, '$1 ($4) $2 $3'))
    .filter((line) => line !== '')
}
