import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'

import { afterAll, expect, test } from 'vitest'

import { openServeFolder } from '../support/start-serve.ts'

const { folder, start } = openServeFolder(afterAll)

test('what claims that are over leave in the ledger is cleared away at the start, and nothing else', async () => {
  const ledger = path.join(folder, 'data/ledger')
  mkdirSync(ledger, { recursive: true })
  const write = (name: string, bytes: number): void => {
    writeFileSync(path.join(ledger, name), Buffer.alloc(bytes))
  }
  write('over.sqlite', 4096)
  write('living.sqlite', 8192)
  write('cut.sqlite', 4096)
  write('cut.sqlite-wal', 100)
  const served = await start('http://127.0.0.1:9')
  const left = readdirSync(ledger).filter((name) => !name.startsWith('metadata'))
  expect(left.toSorted()).toEqual(['cut.sqlite', 'cut.sqlite-wal', 'living.sqlite'])
  served.kill('SIGTERM')
  expect(await served.ended).toBe(0)
})
