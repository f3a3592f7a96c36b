import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

import { descendantsOf, type Running } from './processes.ts'
import { until } from './start-stack.ts'

/** Below the limit of what waits for it, so that a failure shows what was said. */
const STARTING_SECONDS = 100

const ROOT = path.join(import.meta.dirname, '../..')

/** An npm script under way. */
export interface NpmScript {
  output(): string
  /** What npm has started, and what that has. */
  programs(): readonly Running[]
  /** Ends npm alone, by its process id, and waits until it is gone. What it started must end by itself. */
  stop(signal?: 'SIGTERM' | 'SIGHUP' | 'SIGKILL'): Promise<void>
}

/** Starts an npm script of this project, with nothing of this machine's settings in its environment. */
export function runNpm(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): NpmScript {
  const { HOME, PATH, TMPDIR, NODE_COMPILE_CACHE } = process.env
  const child = spawn('npm', ['run', '--silent', ...args], {
    cwd: ROOT,
    env: { HOME, PATH, TMPDIR, NODE_COMPILE_CACHE, NO_COLOR: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString()
    })
  }
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => {
      resolve()
    })
  })
  return {
    output: () => output,
    programs: () => (child.pid === undefined ? [] : descendantsOf(child.pid)),
    async stop(signal = 'SIGTERM') {
      child.kill(signal)
      await ended
    },
  }
}

/** Ports that the system chooses: one looked for beforehand may be another's by then. */
const ANY_PORTS = ['--port', '0', '--inspector-port', '0']

/**
 * Starts `npm start`, and waits until it serves. Each keeps its ledger in a folder of its own: of two that begin at
 * once in a new checkout one would find the other's locked.
 *
 * @returns where, without a slash at the end
 */
export async function runNpmStart(
  env: Readonly<Record<string, string>> = {},
): Promise<{ readonly script: NpmScript; readonly url: string }> {
  const state = mkdtempSync(path.join(tmpdir(), 'npm-start-'))
  process.once('exit', () => {
    rmSync(state, { recursive: true, force: true })
  })
  const script = runNpm(['start', '--', ...ANY_PORTS, '--persist-to', state], env)
  const ready = (): string | undefined => /Ready on (http:\S+)/.exec(script.output())?.[1]
  await until(() => ready() !== undefined, STARTING_SECONDS).catch(async (error: unknown) => {
    await script.stop()
    throw new Error(`npm start did not start:\n${script.output()}`, { cause: error })
  })
  return { script, url: ready() ?? '' }
}
