import { env, runInDurableObject } from 'cloudflare:test'
import { expect, test } from 'vitest'
import * as z from 'zod/mini'

import { ProblemError, type Problem } from '../job/problem.ts'
import type { Taken } from '../ports/idempotency-store.ts'
import { IdempotencyRecords } from './idempotency-records.ts'
import type { IdempotentSubmit } from './ledger-queue.ts'

const { LEDGER } = z.object({ LEDGER: z.custom<DurableObjectNamespace>() }).parse(env)

const LIMITED: Problem = { kind: 'too_many_requests', retryAfterSeconds: 1 }

/** A book on real storage, in front of a queue that takes what it is told to take. */
interface WebhookDependencies {
  readonly book: IdempotencyRecords
  /** What the queue says next; undefined: it takes the order. */
  refuse: Problem | undefined
  now: number
  readonly cancelled: string[]
  readonly told: unknown[]
}

async function withStore(
  name: string,
  work: (store: WebhookDependencies) => Promise<void>,
): Promise<void> {
  await runInDurableObject(LEDGER.getByName(`claim ${name}`), async (_, { storage }) => {
    let count = 0
    const store: Omit<WebhookDependencies, 'book'> = {
      refuse: undefined,
      now: 0,
      cancelled: [],
      told: [],
    }
    const queue = {
      async submit() {
        if (store.refuse !== undefined) throw new ProblemError(store.refuse)
        count += 1
        return { taken: jobNamed(`job ${count}`), rested: [] }
      },
      async cancelWaiting(job: Taken) {
        store.cancelled.push(nameOf(job))
        return true
      },
      reserve: async () => 1,
      releaseReservation: async () => undefined,
      async tellCancelled(...told: unknown[]) {
        store.told.push(told)
      },
    }
    await work(
      Object.assign(store, { book: new IdempotencyRecords(storage, queue, () => store.now) }),
    )
  })
}

function jobNamed(requestId: string): Taken {
  return { endpoint: 'e', keyFingerprint: 'k', parts: [{ part: { requestId, path: 'p' } }] }
}

function nameOf({ parts: [part] }: Taken): string {
  return part !== undefined && 'part' in part ? part.part.requestId : ''
}

/** How many requests came before decides what a request says of itself; each is one of its own. */
async function ask(
  { book }: WebhookDependencies,
  tries: number,
  more: Partial<IdempotentSubmit> = {},
) {
  const answer = await book.claim({
    request: crypto.randomUUID(),
    tries,
    patienceSeconds: 600,
    reservation: undefined,
    createdAt: 0,
    caller: 'alice',
    bodyHash: 'same',
    attach: tries > 0,
    keepSeconds: 730,
    endpoint: 'e',
    inputs: [{}],
    step: '',
    keys: ['k'],
    webhook: undefined,
    ...more,
  })
  if (answer.kind === 'taken') return nameOf(answer.taken)
  return answer.kind === 'problem' ? answer.problem.kind : answer.kind
}

test('a repeat takes over the job of its first try', () =>
  withStore('first', async (store) => {
    expect(await ask(store, 0)).toBe('job 1')
    expect(await ask(store, 1)).toBe('job 1')
    expect(await ask(store, 0)).toBe('job 2')
  }))

test('the repeat of a try that was refused is a new job, not the picture of an earlier one', () =>
  withStore('refused', async (store) => {
    expect(await ask(store, 0)).toBe('job 1')
    store.refuse = LIMITED
    expect(await ask(store, 0)).toBe('too_many_requests')
    expect(await ask(store, 1)).toBe('too_many_requests')
    store.refuse = undefined
    expect(await ask(store, 2)).toBe('job 2')
    // Job 2 is the repeat's, who has tried twice.
    expect(await ask(store, 1)).toBe('job 1')
  }))

test('but a job that its caller has left goes first', () =>
  withStore('left', async (store) => {
    expect(await ask(store, 0, { request: 'who leaves' })).toBe('job 1')
    await store.book.end('who leaves', 'left')
    store.refuse = LIMITED
    expect(await ask(store, 0)).toBe('too_many_requests')
    store.refuse = undefined
    expect(await ask(store, 1)).toBe('job 1')
    expect(store.cancelled).toEqual([])
  }))

test('a refusal is forgotten in time: a later repeat belongs to the job that was taken', () =>
  withStore('forgotten', async (store) => {
    expect(await ask(store, 0)).toBe('job 1')
    store.refuse = LIMITED
    expect(await ask(store, 0)).toBe('too_many_requests')
    store.refuse = undefined
    store.now = 131_000
    expect(await ask(store, 1)).toBe('job 1')
  }))

test('a key whose first try was refused may come with another body', () =>
  withStore('key', async (store) => {
    store.refuse = LIMITED
    expect(await ask(store, 1, { tries: undefined })).toBe('too_many_requests')
    store.refuse = undefined
    const ofKey = { tries: undefined }
    expect(await ask(store, 1, { ...ofKey, bodyHash: 'other' })).toBe('job 1')
    expect(await ask(store, 1, ofKey)).toBe('idempotency_key_reused')
  }))

test('a job is remembered as long as its client may come back, after every try anew', () =>
  withStore('patience', async (store) => {
    expect(await ask(store, 0)).toBe('job 1')
    store.now = 729_000
    expect(await ask(store, 1)).toBe('job 1')
    store.now = 2 * 729_000
    expect(await ask(store, 2)).toBe('job 1')
    store.now = 2 * 729_000 + 731_000
    expect(await ask(store, 1)).toBe('job 2')
  }))

test('the account of a caller who left is told what was cancelled for it', () =>
  withStore('told', async (store) => {
    expect(await ask(store, 0, { request: 'who leaves' })).toBe('job 1')
    await store.book.end('who leaves', 'left')
    store.now = 10_000
    await store.book.tidy()
    expect(store.cancelled).toEqual(['job 1'])
    expect(store.told).toEqual([['alice', ['job 1']]])
  }))

/** Two equal orders that somebody may still wait for. */
async function orderTwice(store: WebhookDependencies): Promise<void> {
  expect(await ask(store, 0, { request: 'one' })).toBe('job 1')
  expect(await ask(store, 0, { request: 'other' })).toBe('job 2')
}

test('a try that waits to see whose it is has the order of the later try of its client', () =>
  withStore('overtaken while it waits', async (store) => {
    await orderTwice(store)
    const waiting = ask(store, 1)
    const later = ask(store, 2)
    await store.book.end('other', 'left')
    expect([await waiting, await later]).toEqual(['job 2', 'job 2'])
    // Nobody else has taken what is left.
    expect(await ask(store, 1)).toBe('job 1')
  }))

test('a try that comes after a later one of its client is no new order', () =>
  withStore('overtaken on its way', async (store) => {
    expect(await ask(store, 0)).toBe('job 1')
    expect(await ask(store, 2)).toBe('job 1')
    expect(await ask(store, 1)).toBe('job 1')
    expect(await ask(store, 3)).toBe('job 1')
  }))

test('a try that was left while it waited keeps no order from another', () =>
  withStore('left while it waits', async (store) => {
    await orderTwice(store)
    const left = ask(store, 1, { request: 'left' })
    await store.book.end('left', 'left')
    expect(await left).toBe('cancelled')
    const waiting = ask(store, 1)
    await store.book.end('other', 'left')
    expect(await waiting).toBe('job 2')
  }))
