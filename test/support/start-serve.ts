import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

import { toFalSettings } from '../../simulator/fal-settings.ts'
import { ACCESS_KEY } from './start-gateway.ts'

const PROGRAM = path.join(import.meta.dirname, '../../dist/serve/main.js')

/** The gateway as `npm run serve` runs it. */
export interface Served {
  /** Without a slash at the end. */
  readonly url: string
  /** Of the process that was started. */
  readonly pid: number
  /** What it wrote: standard output, and then what standard error has. */
  log(): string
  /** The lines of standard output, each read as JSON. */
  lines(): readonly unknown[]
  /** Sends a signal, and goes on. */
  kill(signal: NodeJS.Signals): void
  /** The status that it ended with; `null`: by a signal. */
  readonly ended: Promise<number | null>
}

interface ServeWishes {
  readonly env?: Readonly<Record<string, string | undefined>>
  readonly args?: readonly string[]
  /** Where it runs; its `data` is there unless said otherwise. */
  readonly folder: string
  /** Another program than the one that was built. */
  readonly program?: string
  readonly node?: string
  /** Whose process it is; undefined: ours. */
  readonly uid?: number | undefined
}

/** @returns when it says that it listens */
export async function startServe(fal: string, wishes: ServeWishes): Promise<Served> {
  const { folder, program = PROGRAM, node = process.execPath, args = [], uid } = wishes
  const env = {
    PATH: process.env['PATH'],
    PORT: '0',
    WORKER_ACCESS_KEY: ACCESS_KEY,
    FAL_API_KEY: 'test-id:test-secret',
    ...toFalSettings(fal),
    ...wishes.env,
  }
  const child = spawn(node, [program, ...args], {
    cwd: folder,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(uid !== undefined && { uid, gid: uid }),
  })
  let out = ''
  let err = ''
  const ended = new Promise<number | null>((resolve) => {
    child.once('exit', resolve)
  })
  const listening = new Promise<string>((resolve) => {
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString()
      const port = /"listening on http:\/\/[^"]*:(\d+)"/.exec(out)?.[1]
      if (port !== undefined) resolve(`http://127.0.0.1:${port}`)
    })
  })
  child.stderr.on('data', (chunk: Buffer) => {
    err += chunk.toString()
  })
  const log = (): string => out + err
  const url = await Promise.race([
    listening,
    ended.then(() => Promise.reject(new Error(`it did not start:\n${log()}`))),
  ])
  return {
    url,
    pid: child.pid ?? -1,
    log,
    lines: () =>
      out
        .split('\n')
        .filter((line) => line !== '')
        .map((line): unknown => JSON.parse(line)),
    kill: (signal) => {
      child.kill(signal)
    },
    ended,
  }
}

/** A folder for the tests of a file, and what was started in it. */
export interface ServeFolder {
  readonly folder: string
  readonly start: (fal: string, wishes?: Omit<ServeWishes, 'folder'>) => Promise<Served>
}

/** Whatever a test leaves running, and the folder, are gone when the tests of a file have ended. */
export function openServeFolder(afterAll: (end: () => Promise<void>) => void): ServeFolder {
  const folder = mkdtempSync(path.join(tmpdir(), 'serve-'))
  const all: Served[] = []
  afterAll(async () => {
    for (const served of all) served.kill('SIGKILL')
    await Promise.all(all.map(({ ended }) => ended))
    rmSync(folder, { recursive: true, force: true })
  })
  return {
    folder,
    async start(fal, wishes) {
      const served = await startServe(fal, { folder, ...wishes })
      all.push(served)
      return served
    },
  }
}
