import { spawn, type ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parseEnv } from 'node:util'

import { endWithParent } from '../simulator/end-with-parent.ts'
import { toFalSettings } from '../simulator/fal-settings.ts'
import { startSimulator } from '../simulator/start-simulator.ts'
import { settingNames } from '../src/settings/read-settings.ts'
import { buildChangedPage } from './lib/build-page.ts'
import { answerHelp } from './lib/usage.ts'

/** Long enough to see the queue at work, short enough not to bore. */
const PRETEND_QUEUE_MS = 500
const PRETEND_RUN_MS = 1500

/** Opens nothing but pretend pictures on this machine, so it may stand in the README. */
const LOCAL_ACCESS_KEY = 'sk-local'

answerHelp(`npm start -- [--port 8787] [other options of wrangler dev]

The gateway on this machine. Its settings are in .dev.vars or in the environment, which wins; without a
FAL_API_KEY it brings the pretend fal along. What follows -- goes to wrangler: npx wrangler dev --help.`)

let server: ChildProcess | undefined
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    end(signal)
  })
}
endWithParent(() => {
  end('SIGTERM')
})

const root = path.join(import.meta.dirname, '..')
const settings = { ...readDevVars(), ...readEnvironment() }
const pretend = settings['FAL_API_KEY'] === undefined ? await startPretendFal() : undefined
const accessKey = settings['WORKER_ACCESS_KEY'] ?? createAccessKey()
const folder = mkdtempSync(path.join(tmpdir(), 'fal-openai-worker-'))
process.on('exit', () => {
  rmSync(folder, { recursive: true, force: true })
})
const envFile = path.join(folder, '.env')
// A file, not arguments: those are visible to everyone on the machine.
writeFileSync(envFile, toEnvFile({ ...settings, ...pretend, WORKER_ACCESS_KEY: accessKey }), {
  mode: 0o600,
})

if (settings['WORKER_ACCESS_KEY'] === undefined) {
  console.log(`Access key: ${accessKey}`)
  // Behind the #, where it is sent to nobody; the page takes it from there.
  console.log(`Page: http://localhost:${readPort()}/#key=${accessKey}`)
}
await buildChangedPage()
server = runDevServer()

/** Before there is a server there is nothing to wait for. */
function end(signal: NodeJS.Signals): void {
  if (server === undefined) process.exit(1)
  server.kill(signal)
}

/** wrangler's own option and default. */
function readPort(): string {
  const at = process.argv.indexOf('--port')
  return (at < 0 ? undefined : process.argv[at + 1]) ?? '8787'
}

function readDevVars(): NodeJS.Dict<string> {
  const file = path.join(root, '.dev.vars')
  return existsSync(file) ? withoutBlanks(parseEnv(readFileSync(file, 'utf8'))) : {}
}

function readEnvironment(): NodeJS.Dict<string> {
  return withoutBlanks(Object.fromEntries(settingNames().map((name) => [name, process.env[name]])))
}

function withoutBlanks(values: NodeJS.Dict<string>): NodeJS.Dict<string> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value?.trim()))
}

async function startPretendFal(): Promise<Record<string, string>> {
  const { url } = await startSimulator({ queueMs: PRETEND_QUEUE_MS, runMs: PRETEND_RUN_MS })
  console.log(
    `No FAL_API_KEY is set: pictures come from the built-in pretend fal at ${url}, and cost nothing. ` +
      'Put your key into .dev.vars to use fal.',
  )
  return {
    FAL_API_KEY: 'pretend-id:pretend-secret',
    ...toFalSettings(url),
  }
}

/** A known key in front of a real fal key would let any web page on this machine spend money. */
function createAccessKey(): string {
  return pretend === undefined ? `sk-${randomBytes(18).toString('base64url')}` : LOCAL_ACCESS_KEY
}

function toEnvFile(values: NodeJS.Dict<string>): string {
  return Object.entries(values)
    .map(([name, value = '']) => `${name}=${quote(name, value)}\n`)
    .join('')
}

/** wrangler reads a quoted value as it stands, escapes included, up to the same quotation mark: JSON has `"`. */
function quote(name: string, value: string): string {
  const mark = ["'", '`', '"'].find((one) => !value.includes(one))
  if (mark === undefined) throw new Error(`${name} must not hold all of ' and \` and ".`)
  return `${mark}${value}${mark}`
}

function runDevServer(): ChildProcess {
  const child = spawn('wrangler', ['dev', '--env-file', envFile, ...process.argv.slice(2)], {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
    env: {
      ...process.env,
      CLOUDFLARE_CF_FETCH_ENABLED: 'false',
      WRANGLER_SEND_METRICS: 'false',
      WRANGLER_SEND_ERROR_REPORTS: 'false',
      WRANGLER_HIDE_BANNER: 'true',
    },
  })
  child.on('exit', (code) => process.exit(code ?? 0))
  return child
}
