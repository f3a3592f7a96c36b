import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

import { afterAll, beforeAll, expect, test } from 'vitest'
import * as z from 'zod'

import { startGateway } from '../support/start-gateway.ts'
import { startStack, type Stack } from '../support/start-stack.ts'

const ROOT = path.join(import.meta.dirname, '../..')

interface Run {
  readonly code: number
  readonly json: string
  readonly words: string
}

/** The script, with nothing of this machine's settings in its environment. */
async function run(
  program: string,
  args: readonly string[],
  env: Record<string, string>,
): Promise<Run> {
  const { HOME, PATH, NODE_COMPILE_CACHE } = process.env
  return new Promise((resolve) => {
    const options = { cwd: ROOT, env: { HOME, PATH, NODE_COMPILE_CACHE, NO_COLOR: '1', ...env } }
    const child = execFile(program, args, options, (...end) => {
      const [, json, words] = end
      resolve({ code: child.exitCode ?? -1, json: json.trim(), words })
    })
  })
}

/** What `npm run keys -- …` runs; npm itself would take as long again each time. */
function keys(args: readonly string[], env: Record<string, string> = {}): Promise<Run> {
  return run(process.execPath, ['scripts/keys.ts', ...args], env)
}

const sealed = z.record(z.string(), z.looseObject({ sha256: z.string() }))

function keyIn({ words }: Run): string {
  return /^ {2}(sk-[\w-]+)$/m.exec(words)?.[1] ?? ''
}

let stack: Stack

beforeAll(async () => {
  stack = await startStack()
})
afterAll(() => stack.close())

test('a key that was added opens the gateway; its JSON holds only its hash', async () => {
  const args = ['run', '--silent', 'keys', '--', 'add', 'alice', '--models', 'flux*, logo']
  const added = await run('npm', args, {})
  expect(added.code).toBe(0)
  const key = keyIn(added)
  expect(key).toMatch(/^sk-[\w-]{32}$/)
  expect(added.json).not.toContain(key)
  const hash: unknown = expect.stringMatching(/^[\da-f]{64}$/)
  expect(sealed.parse(JSON.parse(added.json))).toEqual({
    alice: { sha256: hash, models: ['flux*', 'logo'] },
  })
  const gateway = await startGateway(stack.fal.url, { ACCESS_KEYS: added.json })
  const ask = async (model: string): Promise<number> => {
    const answer = await fetch(`${gateway.url}/v1/images/generations`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}` },
      body: JSON.stringify({ model, prompt: 'a cat' }),
    })
    return answer.status
  }
  expect([await ask('flux-dev'), await ask('recraft-v3')]).toEqual([200, 404])
  await gateway.close()
})

test('another caller joins those that are there, in the environment or a file', async () => {
  const first = await keys(['add', 'alice'])
  const both = await keys(['add', 'bob', '--rpm', '20', '--budget', '0.5'], {
    ACCESS_KEYS: first.json,
  })
  const callers = sealed.parse(JSON.parse(both.json))
  expect(callers).toMatchObject({
    ...sealed.parse(JSON.parse(first.json)),
    bob: { requests_per_minute: 20, budget_usd: 0.5 },
  })
  expect(both.words).toContain('LEDGER')
  expect(keyIn(both)).not.toBe(keyIn(first))
  const folder = mkdtempSync(path.join(tmpdir(), 'keys-'))
  const file = path.join(folder, 'callers.json')
  writeFileSync(file, both.json)
  await keys(['add', 'carol', '--file', file])
  const list = await keys(['list', '--file', file])
  expect(list.json.split('\n')).toEqual([
    'alice: all models',
    'bob: all models; 20 requests per minute; $0.5 a day',
    'carol: all models',
  ])
  const left = await keys(['remove', 'alice', '--file', file])
  expect(JSON.parse(left.json)).toMatchObject({ bob: callers['bob'], carol: {} })
  expect(readFileSync(file, 'utf8').trim()).toBe(left.json)
  rmSync(folder, { recursive: true })
})

test('the last caller that is removed leaves no JSON, which the gateway would refuse', async () => {
  const { json } = await keys(['add', 'alice'])
  const gone = await keys(['remove', 'alice'], { ACCESS_KEYS: json })
  expect(gone).toMatchObject({ code: 0, json: '' })
  expect(gone.words).toContain('delete the variable ACCESS_KEYS')
})

test.for<[readonly string[], string]>([
  [[], 'npm run keys -- add NAME'],
  [['add'], 'npm run keys -- add NAME'],
  [['add', 'alice', 'bob'], 'npm run keys -- add NAME'],
  [['add', 'bob'], 'There is a caller bob already'],
  [['add', 'al ice'], 'a name has 1 to 64 of'],
  [['add', 'alice', '--budget', 'five'], 'at "alice.budget_usd": expected an amount'],
  [['add', 'alice', '--rpm', '0'], 'at "alice.requests_per_minute": expected a whole number'],
  [['add', 'alice', '--models', ''], 'at "alice.models.0": expected a list of globs'],
  [['add', 'alice', '--limit', '5'], "Unknown option '--limit'"],
  [['remove', 'alice'], 'There is no caller alice'],
  [['list', '--file', 'nowhere.json'], 'There are no callers.'],
])('%j: said clearly, and nothing is made', async ([args, words]) => {
  const end = await keys(args, { ACCESS_KEYS: '{"bob":{"key":"sk-b"}}' })
  expect(end).toMatchObject({ code: 1, json: '', words: expect.stringContaining(words) })
  expect(keyIn(end)).toBe('')
})

test('a JSON that is wrong is not built upon, and its key is not repeated', async () => {
  const end = await keys(['add', 'alice'], { ACCESS_KEYS: '{"bob":{"key":"sk b"}}' })
  expect(end).toMatchObject({ code: 1, json: '' })
  expect(end.words).toBe(
    'ACCESS_KEYS is wrong: at "bob.key": expected a key: text without blanks.\n',
  )
})
