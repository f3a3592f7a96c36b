import {
  createExecutionContext,
  env,
  runInDurableObject,
  waitOnExecutionContext,
} from 'cloudflare:test'
import { expect, inject, test } from 'vitest'
import * as z from 'zod/mini'

import worker from '../worker.ts'
import { ledgerNamespace } from './ledger.ts'

const fal = inject('falUrl')

const settings = {
  WORKER_ACCESS_KEY: 'alice:sk-a',
  FAL_API_KEY: 'test-id:test-secret',
  LOG_LEVEL: 'error',
  FAL_QUEUE_URL: `${fal}/queue`,
  FAL_RUN_URL: `${fal}/run`,
  FAL_REST_URL: `${fal}/rest`,
  FAL_API_URL: `${fal}/api/v1`,
}

const bound = z.object({ LEDGER: ledgerNamespace }).parse(env)

/** Leaves the object of a scope with storage that takes no row, as when the day's rows are used up. */
async function breakStorage(scope: readonly string[]): Promise<void> {
  const stub = z
    .custom<DurableObjectStub>(() => true)
    .parse(bound.LEDGER.getByName(`claim ${JSON.stringify(scope)}`))
  await runInDurableObject(stub, (_, { storage }) => {
    storage.sql.exec('CREATE TABLE jobs (id INTEGER PRIMARY KEY)')
  })
}

async function ask(body: string, headers: Record<string, string>): Promise<Response> {
  const context = createExecutionContext()
  const request = new Request<unknown, IncomingRequestCfProperties>(
    'https://gateway.example/v1/images/generations',
    { method: 'POST', headers: { authorization: 'Bearer sk-a', ...headers }, body },
  )
  const response = await worker.fetch(request, { ...settings, ...bound }, context)
  const text = await response.text()
  await waitOnExecutionContext(context)
  return new Response(text, response)
}

const journal = z.object({ jobs: z.array(z.object({ input: z.object({ prompt: z.string() }) })) })

async function jobsOf(prompt: string): Promise<number> {
  const read = journal.parse(await (await globalThis.fetch(`${fal}/__journal`)).json())
  return read.jobs.filter(({ input }) => input.prompt === prompt).length
}

test('a ledger that can write no more stops no picture of a client that numbers its tries', async () => {
  const body = JSON.stringify({ model: 'flux-dev', prompt: 'a cat beside a full ledger' })
  const heard = new TextEncoder().encode(`/v1/images/generations\n${body}`)
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', heard)).toHex()
  await breakStorage(['alice', 'body', hash])
  const response = await ask(body, { 'x-stainless-retry-count': '0' })
  expect(response.status).toBe(200)
  expect(await jobsOf('a cat beside a full ledger')).toBe(1)
  // A repeat may have been paid for, and nobody can tell.
  expect((await ask(body, { 'x-stainless-retry-count': '1' })).status).toBe(502)
  expect(await jobsOf('a cat beside a full ledger')).toBe(1)
})

test('but nothing is submitted under a key that it cannot remember', async () => {
  await breakStorage(['alice', 'key', 'unheard'])
  const body = JSON.stringify({ model: 'flux-dev', prompt: 'a cat under a key' })
  const response = await ask(body, { 'idempotency-key': 'unheard' })
  expect(response.status).toBe(502)
  expect(response.headers.get('x-should-retry')).toBe('true')
  expect(await jobsOf('a cat under a key')).toBe(0)
})
