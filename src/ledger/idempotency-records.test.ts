import {
  createExecutionContext,
  env,
  runInDurableObject,
  waitOnExecutionContext,
} from 'cloudflare:test'
import { expect, inject, test } from 'vitest'
import * as z from 'zod/mini'

import { testSettings } from '../settings/settings.fixture.ts'
import worker from '../worker.ts'
import { ledgerNamespace } from './ledger-client.ts'

const fal = inject('falUrl')

const settings = testSettings()

const bound = z.object({ LEDGER: ledgerNamespace() }).parse(env)

/** Leaves the object of a scope with storage that takes no row, as when the day's rows are used up. */
async function breakStorage(scope: readonly string[]): Promise<void> {
  const stub = z
    .custom<DurableObjectStub>(() => true)
    .parse(bound.LEDGER.getByName(`claim ${JSON.stringify(scope)}`))
  await runInDurableObject(stub, (_, { storage }) => {
    storage.sql.exec('CREATE TABLE orders (id INTEGER PRIMARY KEY)')
  })
}

async function ask(
  body: string,
  headers: Record<string, string>,
  binding: object = bound,
): Promise<Response> {
  const context = createExecutionContext()
  const request = new Request<unknown, IncomingRequestCfProperties>(
    'https://gateway.example/v1/images/generations',
    { method: 'POST', headers: { authorization: 'Bearer sk-a', ...headers }, body },
  )
  const response = await worker.fetch(request, { ...settings, ...binding }, context)
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
  const heard = new TextEncoder().encode(`/images/generations\n\n${body}`)
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

/** A ledger whose objects take no call, as Cloudflare says it when the free plan's day is used up. */
function closedLedger(error: Error) {
  const refuse = async () => {
    throw error
  }
  const stub = { claim: refuse, end: refuse, note: refuse, settle: refuse }
  return { LEDGER: { getByName: () => stub } }
}

const DAY_IS_OVER = 'Exceeded allowed volume of requests in Durable Objects free tier.'

test('a ledger that takes no calls stops no first try, but every repeat', async () => {
  const body = JSON.stringify({ model: 'flux-dev', prompt: 'a cat before a closed ledger' })
  const closed = closedLedger(new Error(DAY_IS_OVER))
  expect((await ask(body, { 'x-stainless-retry-count': '0' }, closed)).status).toBe(200)
  expect((await ask(body, { 'x-stainless-retry-count': '1' }, closed)).status).toBe(502)
  expect((await ask(body, { 'idempotency-key': 'closed' }, closed)).status).toBe(502)
  expect(await jobsOf('a cat before a closed ledger')).toBe(1)
})

test.for([
  ['its connection broke', new Error('Network connection lost.')],
  ['its own code failed', Object.assign(new Error(DAY_IS_OVER), { remote: true })],
] as const)('a ledger that may have submitted is not passed by: %s', async ([, error]) => {
  const prompt = `a cat behind a broken ledger: ${error.message}`
  const body = JSON.stringify({ model: 'flux-dev', prompt })
  const response = await ask(body, { 'x-stainless-retry-count': '0' }, closedLedger(error))
  expect(response.status).toBe(502)
  expect(response.headers.get('x-should-retry')).toBe('false')
  expect(await jobsOf(prompt)).toBe(0)
})
