import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'

import { test } from 'vitest'

const MAIN = path.resolve(import.meta.dirname, '../../simulator/main.ts')

function start(...options: readonly string[]): ChildProcess {
  return spawn(process.execPath, [MAIN, ...options], { stdio: ['ignore', 'pipe', 'pipe'] })
}

async function readAll(stream: ChildProcess['stdout'], until: string): Promise<string> {
  let text = ''
  for await (const chunk of stream ?? []) {
    text += String(chunk)
    if (text.includes(until)) break
  }
  return text
}

test('says in one line where it is, serves, and ends at once when told to', async ({ expect }) => {
  const program = start('--port', '0', '--queue', '0ms', '--run', '10ms')
  const ended = once(program, 'exit')
  const line = await readAll(program.stdout, '\n')
  const [url = ''] = /http:\/\/127\.0\.0\.1:\d+/.exec(line) ?? []
  expect(line).toContain(`FAL_QUEUE_URL=${url}/queue`)
  expect((await fetch(`${url}/api/v1/meta`)).status).toBe(200)
  program.kill('SIGTERM')
  expect(await ended).toEqual([0, null])
})

test.for([['--run', 'soon'], ['--port', '99999'], ['--port', ''], ['--wait', '1s'], ['stray']])(
  'explains itself when an option is wrong: %j',
  async (options, { expect }) => {
    const program = start(...options)
    const ended = once(program, 'exit')
    const text = await readAll(program.stderr, 'README.md')
    expect(text).toContain('usage: node simulator/main.ts')
    expect(text).not.toContain('    at ')
    expect(await ended).toEqual([2, null])
  },
)

test.for(['--help', '-h'])('tells its options when asked: %s', async (option, { expect }) => {
  const program = start(option)
  const ended = once(program, 'exit')
  const text = await readAll(program.stdout, 'README.md')
  for (const known of ['--port', '--queue', '--run', '--help']) expect(text).toContain(known)
  expect(await ended).toEqual([0, null])
})
