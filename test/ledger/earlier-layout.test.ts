import { globSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'

import { afterAll, beforeAll, expect, test } from 'vitest'

import { ACCESS_KEY, startGateway } from '../support/start-gateway.ts'
import { startStack, type Stack } from '../support/start-stack.ts'
import { order, read } from './orders.ts'

let stack: Stack
let folder: string

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'earlier-'))
  stack = await startStack({ ledger: folder })
})
afterAll(async () => {
  await stack.close()
  rmSync(folder, { recursive: true, force: true })
})

/** What today's code wrote down becomes what the release of November 2026 had written, on the disk. */
const TO_EARLIER = `
  CREATE TABLE jobs (id INTEGER PRIMARY KEY AUTOINCREMENT, request TEXT NOT NULL, step TEXT NOT NULL,
    body_hash TEXT NOT NULL, taken TEXT, attached INTEGER NOT NULL, released_at INTEGER, expires_at INTEGER NOT NULL);
  INSERT INTO jobs (request, step, body_hash, taken, attached, expires_at)
    SELECT request, step, body_hash, json_set(taken, '$.caller', caller), 1, expires_at FROM orders;
  DROP TABLE orders;
  DROP TABLE tries;`

function rewriteLedger(): number {
  const files = globSync('**/*.sqlite', { cwd: folder }).map((name) => path.join(folder, name))
  const rewritten = files.filter((file) => {
    const database = new DatabaseSync(file)
    const [table] = database.prepare("SELECT 1 FROM sqlite_master WHERE name = 'orders'").all()
    if (table !== undefined) database.exec(TO_EARLIER)
    database.close()
    return table !== undefined
  })
  return rewritten.length
}

test('a deployment forgets no key: an order of the earlier release is paid once', async () => {
  const body = { prompt: 'a cat of before the deployment', n: 8 }
  const headers = { 'idempotency-key': 'before' }
  const made = await order(stack, body, headers)
  expect(made.urls).toHaveLength(8)
  await stack.gateway.close()
  expect(rewriteLedger()).toBe(1)
  const later = await startGateway(stack.fal.url, {}, { ledger: folder })
  try {
    const ask = async (wish: object) =>
      read(
        await fetch(`${later.url}/v1/images/generations`, {
          method: 'POST',
          headers: { authorization: `Bearer ${ACCESS_KEY}`, ...headers },
          body: JSON.stringify({ model: 'flux-dev', ...wish }),
        }),
      )
    expect(await ask(body)).toMatchObject({ status: 200, urls: made.urls })
    expect(await ask(body)).toMatchObject({ status: 200, urls: made.urls })
    expect((await ask({ ...body, n: 7 })).status).toBe(409)
    expect(stack.fal.journal.count('submit')).toBe(2)
  } finally {
    await later.close()
  }
})
