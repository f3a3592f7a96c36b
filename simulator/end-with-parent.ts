import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'

/** How soon after its parent a program ends. */
const LOOK_MS = 500

/**
 * Ends a program when whoever started it is gone. npm runs scripts through a shell, which hands no signal on
 * and outlives npm: behind a shell of npm's it is npm that is watched.
 *
 * @param end what to do then; called once
 */
export function endWithParent(end: () => void): void {
  const parent = process.ppid
  const npm = isOfNpm() ? findStarter(parent) : undefined
  const timer = setInterval(() => {
    if (process.ppid === parent && (npm === undefined || isStarter(npm, parent))) return
    clearInterval(timer)
    end()
  }, LOOK_MS)
  timer.unref()
}

/** What a running program is called, and by whom it was started. */
interface Running {
  readonly parent: number
  readonly name: string
}

/** The process that a program started by npm ends with: npm itself. `undefined`: npm did not start this one. */
export function findNpm(): number | undefined {
  return isOfNpm() ? (findStarter(process.ppid) ?? process.ppid) : undefined
}

function isOfNpm(): boolean {
  return process.env['npm_lifecycle_event'] !== undefined
}

/** The process that started this shell; `undefined`: it is no shell, as some make way for what they start. */
function findStarter(pid: number): number | undefined {
  const running = look(pid)
  return /^-?(?:a|ba|da|fi|k|z)?sh$/.test(running?.name ?? '') ? running?.parent : undefined
}

function isStarter(starter: number, pid: number): boolean {
  // Its children get another parent before a killed process is waited for and its id is free.
  if (hasProc()) return look(pid)?.parent === starter
  try {
    return process.kill(starter, 0)
  } catch {
    return false
  }
}

/** `undefined`: it runs no more, or cannot be looked at. */
function look(pid: number): Running | undefined {
  try {
    if (hasProc()) {
      const [, name = '', parent] =
        /^\d+ \((.*)\) \S (\d+)/s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? []
      return { parent: Number(parent), name }
    }
    const line = execFileSync('ps', ['-o', 'ppid=,comm=', '-p', String(pid)], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim()
    const [, parent, name = ''] = /^(\d+) +(?:.*\/)?(\S+)$/.exec(line) ?? []
    return { parent: Number(parent), name }
  } catch {
    return undefined
  }
}

function hasProc(): boolean {
  return existsSync('/proc/self/stat')
}
