import { createHash, randomBytes } from 'node:crypto'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'

import * as z from 'zod'

import { readAccessKeys } from '../src/settings/access-keys.ts'
import { answerHelp } from './lib/usage.ts'

const USAGE = `Makes the variable ACCESS_KEYS, which names callers and their limits.

npm run keys -- add NAME [--models GLOBS] [--budget USD] [--rpm NUMBER]
npm run keys -- remove NAME
npm run keys -- list

  --models   what the caller may use, separated by commas: 'flux*,fal-ai/recraft/*'
  --budget   US dollars a day (UTC); needs the binding LEDGER
  --rpm      requests per minute; needs the binding LEDGER
  --file     a file with the JSON, which is read and changed; otherwise the variable ACCESS_KEYS is read

The new JSON goes to standard output, everything else to standard error.`

answerHelp(USAGE)

type Callers = Readonly<Record<string, unknown>>

/** Random bytes of a key: more than anybody can guess. */
const KEY_BYTES = 24

try {
  run(process.argv.slice(2))
} catch (error) {
  tell(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
}

function run(args: string[]): void {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      models: { type: 'string' },
      budget: { type: 'string' },
      rpm: { type: 'string' },
      file: { type: 'string' },
    },
  })
  const [command, name = '', ...more] = positionals
  const isNamed = name !== '' && more.length === 0
  const callers = readCallers(values.file)
  if (command === 'list' && name === '') list(callers)
  else if (command === 'remove' && isNamed) keep(remove(callers, name), values.file)
  else if (command === 'add' && isNamed) keep(add(callers, name, values), values.file)
  else throw new Error(USAGE)
}

function readCallers(file: string | undefined): Callers {
  if (file !== undefined && !existsSync(file)) return {}
  const text = file === undefined ? process.env['ACCESS_KEYS'] : readFileSync(file, 'utf8')
  if (text === undefined || text.trim() === '') return {}
  check(text)
  const value: unknown = JSON.parse(text)
  return z.record(z.string(), z.unknown()).parse(value)
}

/** As the gateway does when it starts. */
function check(text: string): void {
  const read = readAccessKeys(text, [])
  if ('fault' in read) throw new Error(`ACCESS_KEYS is wrong: ${read.fault}.`)
}

interface Limits {
  readonly models?: string | undefined
  readonly budget?: string | undefined
  readonly rpm?: string | undefined
}

function add(callers: Callers, name: string, { models, budget, rpm }: Limits): Callers {
  if (Object.hasOwn(callers, name)) {
    throw new Error(`There is a caller ${name} already. To give it a new key, remove it first.`)
  }
  const key = `sk-${randomBytes(KEY_BYTES).toString('base64url')}`
  const caller = {
    sha256: createHash('sha256').update(key).digest('hex'),
    ...(models !== undefined && { models: models.split(',').map((glob) => glob.trim()) }),
    ...(rpm !== undefined && { requests_per_minute: Number(rpm) }),
    ...(budget !== undefined && { budget_usd: Number(budget) }),
  }
  const all = { ...callers, [name]: caller }
  check(JSON.stringify(all))
  tell(`The key of ${name}. It is shown this once, and stored nowhere:\n\n  ${key}\n`)
  if (rpm !== undefined || budget !== undefined) {
    tell('The limits need the binding LEDGER: without it the gateway does not start with them.')
  }
  return all
}

function remove(callers: Callers, name: string): Callers {
  if (!Object.hasOwn(callers, name)) throw new Error(`There is no caller ${name}.`)
  return Object.fromEntries(Object.entries(callers).filter(([one]) => one !== name))
}

function keep(callers: Callers, file: string | undefined): void {
  const text = JSON.stringify(callers)
  if (Object.keys(callers).length === 0) {
    if (file !== undefined) rmSync(file)
    tell('No caller is left: delete the variable ACCESS_KEYS, the gateway refuses an empty one.')
    return
  }
  if (file !== undefined) writeFileSync(file, `${text}\n`, { mode: 0o600 })
  tell('ACCESS_KEYS, for `npx wrangler secret put ACCESS_KEYS`, the dashboard or .dev.vars:\n')
  console.log(text)
}

function list(callers: Callers): void {
  const read = readAccessKeys(JSON.stringify(callers), [])
  // They have been checked: it is only that there are none.
  if ('fault' in read) throw new Error('There are no callers.')
  for (const { name, models, requestsPerMinute, budgetUsd } of read.keys) {
    const facts = [
      models?.join(', ') ?? 'all models',
      ...(requestsPerMinute === undefined ? [] : [`${requestsPerMinute} requests per minute`]),
      ...(budgetUsd === undefined ? [] : [`$${budgetUsd} a day`]),
    ]
    console.log(`${name}: ${facts.join('; ')}`)
  }
}

function tell(words: string): void {
  process.stderr.write(`${words}\n`)
}
