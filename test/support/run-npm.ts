import { spawn } from 'node:child_process'
import { createServer } from 'node:net'
import path from 'node:path'

import { descendantsOf, type Running } from './processes.ts'

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
  const { HOME, PATH, TMPDIR } = process.env
  const child = spawn('npm', ['run', '--silent', ...args], {
    cwd: ROOT,
    env: { HOME, PATH, TMPDIR, NO_COLOR: '1', ...env },
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

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => {
    server.once('listening', resolve)
  })
  const address = server.address()
  server.close()
  if (typeof address !== 'object' || address === null) throw new Error('no port')
  return address.port
}
