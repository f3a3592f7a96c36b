import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { parseArgs, parseEnv } from 'node:util'

import { problemOf } from '../src/job/problem.ts'
import { readSettings, settingNames } from '../src/settings/read-settings.ts'

/** How the gateway is to run on this machine. */
export interface ServeOptions {
  readonly host: string
  /** 0: any that is free. */
  readonly port: number
  /** The folder of everything that outlives the process; absolute. */
  readonly dataDir: string
  /** So long running requests have to end when it is told to stop. */
  readonly stopSeconds: number
  /** The Worker's settings, checked; only those that are set. */
  readonly settings: Readonly<Record<string, string>>
}

/** What the owner has written is wrong; the message says what and where. */
export class OptionError extends Error {}

/** Settings of the machine, beside those of the Worker. */
const DEFAULTS = { HOST: '127.0.0.1', PORT: '8787', DATA_DIR: './data', STOP_SECONDS: '30' }
const OWN_NAMES = Object.keys(DEFAULTS)

/**
 * Reads what is set: the command line wins over the environment, the environment over `.dev.vars` in the
 * current folder. Each setting may also come from a file that `NAME_FILE` names, as secrets of containers do.
 *
 * @throws OptionError
 */
export function readOptions(
  args: readonly string[],
  env: Readonly<NodeJS.Dict<string>>,
): ServeOptions {
  const line = readLine(args)
  const file = line['env-file'] ?? '.dev.vars'
  if (line['env-file'] !== undefined && !existsSync(file)) {
    throw new OptionError(`--env-file ${file}: there is no such file.`)
  }
  const names = [...settingNames(), ...OWN_NAMES]
  const given = {
    ...(existsSync(file) && pick(parseEnv(readFileSync(file, 'utf8')), names)),
    ...pick(env, names),
    ...pick({ HOST: line.host, PORT: line.port, DATA_DIR: line.data }, OWN_NAMES),
  }
  const { HOST, PORT, DATA_DIR, STOP_SECONDS, ...settings } = { ...DEFAULTS, ...given }
  check(settings)
  return {
    host: HOST,
    port: toNumber('PORT', PORT, 65_535),
    dataDir: path.resolve(DATA_DIR),
    stopSeconds: toNumber('STOP_SECONDS', STOP_SECONDS, 3600),
    settings,
  }
}

function readLine(args: readonly string[]) {
  const text = { type: 'string' } as const
  const options = { host: text, port: text, data: text, 'env-file': text }
  try {
    return parseArgs({ args: [...args], options, allowPositionals: false }).values
  } catch (error) {
    throw new OptionError(error instanceof Error ? error.message : String(error))
  }
}

/** Those of the names that are set; blanks count as not set. */
function pick(
  values: Readonly<NodeJS.Dict<string>>,
  names: readonly string[],
): Record<string, string> {
  const entries = names.map((name) => [name, values[name] ?? fromFile(values, name)] as const)
  return Object.fromEntries(
    entries.flatMap(([name, value]) => (value?.trim() ? [[name, value] as const] : [])),
  )
}

function fromFile(values: Readonly<NodeJS.Dict<string>>, name: string): string | undefined {
  const file = values[`${name}_FILE`]?.trim()
  if (file === undefined || file === '') return undefined
  try {
    return readFileSync(file, 'utf8').trim()
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new OptionError(`${name}_FILE: ${reason}`)
  }
}

function check(settings: Readonly<Record<string, string>>): void {
  try {
    readSettings(settings)
  } catch (error) {
    const problem = problemOf(error)
    throw new OptionError(problem.kind === 'not_configured' ? problem.message : String(error))
  }
}

function toNumber(name: string, text: string, most: number): number {
  if (/^\d{1,5}$/.test(text) && Number(text) <= most) return Number(text)
  throw new OptionError(`${name} must be a number from 0 to ${most}, not ${text}.`)
}
