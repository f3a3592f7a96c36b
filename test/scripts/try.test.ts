import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'

import sharp from 'sharp'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'

import { ACCESS_KEY } from '../support/start-gateway.ts'
import { startStack, type Stack } from '../support/start-stack.ts'

const run = promisify(execFile)
const ROOT = path.join(import.meta.dirname, '../..')

let stack: Stack
let folder: string

beforeAll(async () => {
  stack = await startStack()
  folder = mkdtempSync(path.join(tmpdir(), 'try-'))
})
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true })
  await stack.close()
})
beforeEach(() => {
  stack.fal.journal.clear()
})

async function tryOut(...args: readonly string[]): Promise<{ stdout: string; stderr: string }> {
  const where = ['--url', stack.gateway.url, '--key', ACCESS_KEY]
  return run('npm', ['run', '--silent', 'try', '--', ...args, ...where], { cwd: ROOT })
}

test('npm run try makes a picture and says where it is, its size, seconds and cost', async () => {
  const file = path.join(folder, 'cat.png')
  const { stdout } = await tryOut('画一只猫 16:9', '--model', 'flux-dev', '--out', file)
  expect(stdout).toMatch(/^\S+cat\.png\n\d+x\d+, \d+\.\d s, (?:\$0\.\d+|cost not known)\n$/)
  const { width, height } = await sharp(readFileSync(file)).metadata()
  expect(width / height).toBeCloseTo(16 / 9, 1)
  expect(stack.fal.journal.jobs()).toMatchObject([{ input: { prompt: '画一只猫' } }])
})

test('npm run try tells what went wrong, and ends as a failure', async () => {
  await expect(tryOut('[[fail:content_policy_violation]] x')).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringContaining('flagged by a content checker'),
  })
  await expect(tryOut('a cat', '--model', 'no-such-model')).rejects.toMatchObject({
    stderr: expect.stringContaining("The model 'no-such-model' does not exist."),
  })
})
