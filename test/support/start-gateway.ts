import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Readable } from 'node:stream'

import * as z from 'zod'

import { toFalSettings } from '../../simulator/fal-settings.ts'

/** The gateway in the real Workers runtime, on a socket of its own. */
export interface Gateway {
  /** Without a slash at the end. */
  readonly url: string
  /** The runtime's process. */
  readonly pid: number
  /** Everything the Worker logged so far. */
  log(): string
  close(): Promise<void>
}

/** The key that tests present. */
export const ACCESS_KEY = 'sk-test-access-key'

/** A fal key that the pretend fal accepts. */
const FAL_KEY = 'test-id:test-secret'

// The package's own launcher is a script that would stand between us and the process.
const workerd = z
  .object({ default: z.string() })
  .parse(createRequire(import.meta.url)('workerd')).default

const ROOT = path.join(import.meta.dirname, '../..')

/** Beside the runtime's configuration. */
const SOURCE = 'source.js'

/** What the runtime gives to the Worker besides its variables. */
interface RuntimeOptions {
  /** Another Worker's one file, from the root of the project. */
  readonly module?: string
  /** The text of such a file. */
  readonly source?: string
  /** Compatibility date and flags; those of wrangler.jsonc unless said otherwise. */
  readonly date?: string
  readonly flags?: readonly string[]
  /** The folder that the ledger is kept in; `temporary`: as long as the process; undefined: no ledger. */
  readonly ledger?: string | undefined
  /** Host and port of what serves the Cache API; plain workerd has none of its own. */
  readonly cache?: string
}

/**
 * Starts plain workerd on `dist/index.js`, as it is deployed: no dev server in between that would hide
 * hang-ups or change headers.
 *
 * @param fal the pretend fal's URL
 * @param env further variables, or others than the usual ones; `undefined` takes one away
 */
export async function startGateway(
  fal: string,
  env: Readonly<Record<string, string | undefined>> = {},
  options: RuntimeOptions = {},
): Promise<Gateway> {
  const variables = { ...usualEnv(fal), ...env }
  const folder = mkdtempSync(path.join(tmpdir(), 'gateway-'))
  const config = path.join(folder, 'config.capnp')
  const ledger = options.ledger === 'temporary' ? path.join(folder, 'ledger') : options.ledger
  if (ledger !== undefined) mkdirSync(ledger, { recursive: true })
  if (options.source !== undefined) writeFileSync(path.join(folder, SOURCE), options.source)
  writeFileSync(config, toConfig(variables, { ...options, ledger }))
  const child = spawn(workerd, ['serve', config, `--import-path=${ROOT}`, '--control-fd=3'], {
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  })
  let log = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      log += chunk.toString()
    })
  }
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => {
      resolve()
    })
  })
  const control = child.stdio[3]
  const port = await Promise.race([
    readPort(control),
    ended.then(() => Promise.reject(new Error(`workerd ended:\n${log}`))),
  ])
  return {
    url: `http://127.0.0.1:${port}`,
    pid: child.pid ?? -1,
    log: () => log,
    async close() {
      child.kill('SIGKILL')
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function usualEnv(fal: string): Record<string, string> {
  return {
    WORKER_ACCESS_KEY: ACCESS_KEY,
    FAL_API_KEY: FAL_KEY,
    ...toFalSettings(fal),
  }
}

function toConfig(
  env: Readonly<Record<string, string | undefined>>,
  {
    date = '2026-10-23',
    flags = ['enable_request_signal', 'request_signal_passthrough'],
    ledger,
    cache,
    source,
    module = source === undefined ? undefined : SOURCE,
  }: RuntimeOptions,
): string {
  const bindings = Object.entries(env).flatMap(([name, value]) =>
    value === undefined
      ? []
      : [`( name = ${JSON.stringify(name)}, text = ${JSON.stringify(value)} )`],
  )
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    ( name = "main", worker = .gateway ),
    ( name = "internet", network = ( allow = ["local", "private", "public"] ) ),
    ${ledger === undefined ? '' : `( name = "ledger", disk = ( path = ${JSON.stringify(ledger)}, writable = true ) ),`}
    ${cache === undefined ? '' : `( name = "cache", external = ( address = "${cache}", http = () ) ),`}
  ],
  sockets = [ ( name = "http", address = "127.0.0.1:0", http = (), service = "main" ) ],
);
const gateway :Workerd.Worker = (
  modules = [ ( name = "index.js", esModule = embed "${module ?? '/dist/index.js'}" ) ],
  compatibilityDate = "${date}",
  compatibilityFlags = ${JSON.stringify(flags)},
  bindings = [ ${[...bindings, ...(ledger === undefined ? [] : [LEDGER_BINDING])].join(', ')} ],
  globalOutbound = "internet",
  ${cache === undefined ? '' : 'cacheApiOutbound = "cache",'}
  durableObjectNamespaces = [ ${module === undefined ? LEDGER : ''} ],
  durableObjectStorage = ${ledger === undefined ? '( inMemory = void )' : '( localDisk = "ledger" )'},
);
`
}

const LEDGER = '( className = "Ledger", uniqueKey = "ledger", enableSql = true )'
const LEDGER_BINDING = '( name = "LEDGER", durableObjectNamespace = "Ledger" )'

const listening = z.object({ event: z.literal('listen'), port: z.number() })

/** workerd tells on the control pipe which port it got. */
async function readPort(control: unknown): Promise<number> {
  let text = ''
  for await (const chunk of toReadable(control)) {
    text += String(chunk)
    const line = text.split('\n').find((one) => one.includes('"listen"'))
    if (line !== undefined) {
      const value: unknown = JSON.parse(line)
      return listening.parse(value).port
    }
  }
  throw new Error(`workerd told no port: ${text}`)
}

function isReadable(value: unknown): value is Readable {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value
}

function toReadable(value: unknown): Readable {
  if (!isReadable(value)) throw new TypeError('no control pipe')
  return value
}
