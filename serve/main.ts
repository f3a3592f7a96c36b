// `npm run serve`, or the package's own command: the gateway in plain workerd on this machine. This program
// makes everything ready and gives way to the shell that looks after workerd.
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync, writeSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'

import { findNpm } from '../simulator/end-with-parent.ts'
import { findInsideAddresses } from './inside-addresses.ts'
import { OptionError, readOptions, type ServeOptions } from './read-options.ts'
import { usageOf } from './usage.ts'
import { writeConfig } from './write-config.ts'

/** What the build writes in: the version of the package, and the compatibility of wrangler.jsonc. */
declare const PACKAGE_VERSION: string
declare const COMPATIBILITY: { readonly date: string; readonly flags: readonly string[] }

const dist = path.join(import.meta.dirname, '..')

/** To the descriptor itself: a stream of Node's would leave it in a state that workerd does not expect. */
function print(text: string): void {
  writeSync(1, `${text}\n`)
}

function tell(level: 'warn' | 'error', message: string): void {
  print(JSON.stringify({ time: new Date().toISOString(), level, message }))
}

async function main(): Promise<void> {
  const words = process.argv.slice(2)
  if (words.includes('--help') || words.includes('-h')) return print(usageOf('fal-openai-worker'))
  if (words.includes('--version')) return print(PACKAGE_VERSION)
  const options = readOptions(words, process.env)
  const run = path.join(options.dataDir, 'run')
  const images = imagesOf(options)
  for (const folder of [run, ...(images === undefined ? [] : [images])]) {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
  }
  const config = path.join(run, 'workerd.capnp')
  const facts = {
    dist,
    compatibility: COMPATIBILITY,
    settings: Object.keys(options.settings),
    address: `${bracketed(options.host)}:${options.port}`,
    dataDir: options.dataDir,
    images,
    inside: await findInsideAddresses(options.settings, (message) => {
      tell('warn', message)
    }),
  }
  writeFileSync(config, writeConfig(facts), { mode: 0o600 })
  giveWay({
    run,
    stopSeconds: options.stopSeconds,
    ready: readyLine(options, images !== undefined),
    command: [workerdPath(), 'serve', config, `--import-path=${dist}`, '--control-fd=3'],
    env: { ...process.env, ...options.settings },
  })
}

/** What the shell needs to know. */
interface Handover {
  /** Its folder. */
  readonly run: string
  readonly stopSeconds: number
  /** What it says when the port is open. */
  readonly ready: string
  readonly command: readonly string[]
  readonly env: NodeJS.ProcessEnv
}

/** Copies that were made stay to be had when no more are made. */
function imagesOf({ dataDir, settings }: ServeOptions): string | undefined {
  const folder = path.join(dataDir, 'images')
  return settings['IMAGE_URLS'] === 'r2' || existsSync(folder) ? folder : undefined
}

function bracketed(host: string): string {
  return host.includes(':') ? `[${host}]` : host
}

/** The package's own launcher is a script that would stand between us and the process. */
function workerdPath(): string {
  const found: unknown = createRequire(import.meta.url)('workerd')
  if (typeof found === 'object' && found !== null && 'default' in found)
    return String(found.default)
  throw new TypeError('the package workerd names no program')
}

/** The line that says where it listens and what is bound, but for its beginning and the port. */
function readyLine({ host, dataDir }: ServeOptions, copies: boolean): string {
  const shown = host === '0.0.0.0' || host === '::' ? 'localhost' : bracketed(host)
  const line = {
    level: 'info',
    message: `listening on http://${shown}:PORT`,
    data: dataDir,
    bound: ['LEDGER', 'ASSETS', ...(copies ? ['IMAGES_BUCKET'] : [])],
    not_bound: [...(copies ? [] : ['IMAGES_BUCKET']), 'MEDIA', 'RATE_LIMITER', 'USAGE'],
  }
  return JSON.stringify(line).slice(1)
}

/** Puts the shell in the place of this process; where Node cannot do that, beside it. */
function giveWay({ run, stopSeconds, ready, command, env }: Handover): void {
  const npm = findNpm()
  const line = (parents: readonly number[]): readonly string[] => [
    path.join(dist, 'serve/supervise.sh'),
    run,
    String(stopSeconds),
    parents.join(' '),
    ready,
    ...command,
  ]
  // Who ends npm means the gateway; who leaves a shell does not.
  const parents = npm === undefined ? [] : [npm]
  if (typeof process.execve === 'function') process.execve('/bin/sh', ['sh', ...line(parents)], env)
  const child = spawn('/bin/sh', line([...parents, process.pid]), { stdio: 'inherit', env })
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
    process.on(signal, () => child.kill(signal))
  }
  child.on('exit', (code) => {
    process.exitCode = code ?? 1
  })
}

try {
  await main()
} catch (error) {
  if (!(error instanceof OptionError)) throw error
  tell('error', error.message)
  process.exitCode = 1
}
