import { execFile } from 'node:child_process'
import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'

import { expect, test } from 'vitest'
import * as z from 'zod'

import { ROOT } from './page.ts'

const run = promisify(execFile)

/** Every file right in `scripts/` is a command; what they share is in folders. */
const COMMANDS = [
  ...globSync('scripts/*.ts', { cwd: ROOT }).toSorted(),
  'bench/main.ts',
  'simulator/main.ts',
]

const { scripts } = z
  .object({ scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')))

/** The file that an npm script runs in the end. */
const fileOf = (script: string): string | undefined => /\bnode (\S+\.ts)$/.exec(script)?.[1]

test('every command of ours is an npm script, and the other way round', () => {
  const files = Object.values(scripts).flatMap((script) => fileOf(script) ?? [])
  expect(files.toSorted()).toEqual(COMMANDS.toSorted())
})

test.for(COMMANDS)('%s --help says how it is used, and does nothing else', async (file) => {
  const name = Object.entries(scripts).find(([, script]) => fileOf(script) === file)?.[0] ?? ''
  const { stdout, stderr } = await run(process.execPath, [file, '--help'], { cwd: ROOT })
  const called = name === 'start' ? 'npm start' : `npm run ${name}`
  expect(stdout.includes(called) || stdout.includes(`node ${file}`)).toBe(true)
  expect(stderr).toBe('')
})

test('the usage comes through npm too, and for -h', async () => {
  const args = ['run', '--silent', 'try', '--', '-h']
  const { stdout } = await run('npm', args, { cwd: ROOT })
  expect(stdout).toMatch(/^npm run try -- "a cat/)
})
