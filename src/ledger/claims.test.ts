import { env, runInDurableObject } from 'cloudflare:test'
import { expect, test } from 'vitest'
import * as z from 'zod/mini'

import { ProblemError, type Problem } from '../job/problem.ts'
import type { Taken } from '../ports/idempotency-store.ts'
import { ClaimBook, type ClaimRequest } from './claim-book.ts'

const { LEDGER } = z.object({ LEDGER: z.custom<DurableObjectNamespace>() }).parse(env)

const LIMITED: Problem = { kind: 'too_many_requests', retryAfterSeconds: 1 }

/** A book on real storage, in front of a queue that takes what it is told to take. */
interface Desk {
  readonly book: ClaimBook
  /** What the queue says next; undefined: it takes the order. */
  refuse: Problem | undefined
  now: number
  readonly cancelled: string[]
  readonly told: unknown[]
}

async function atDesk(name: string, work: (desk: Desk) => Promise<void>): Promise<void> {
  await runInDurableObject(LEDGER.getByName(`claim ${name}`), async (_, { storage }) => {
    let count = 0
    const desk: Omit<Desk, 'book'> = { refuse: undefined, now: 0, cancelled: [], told: [] }
    const queue = {
      async submit() {
        if (desk.refuse !== undefined) throw new ProblemError(desk.refuse)
        count += 1
        return { taken: jobNamed(`job ${count}`), rested: [] }
      },
      async cancelWaiting(job: Taken) {
        desk.cancelled.push(nameOf(job))
        return true
      },
      async tellCancelled(...told: unknown[]) {
        desk.told.push(told)
      },
    }
    await work(Object.assign(desk, { book: new ClaimBook(storage, queue, () => desk.now) }))
  })
}

function jobNamed(requestId: string): Taken {
  return { endpoint: 'e', keyFingerprint: 'k', parts: [{ part: { requestId, path: 'p' } }] }
}

function nameOf({ parts: [part] }: Taken): string {
  return part !== undefined && 'part' in part ? part.part.requestId : ''
}

/** How many requests came before decides what a request says of itself; each is one of its own. */
async function ask({ book }: Desk, tries: number, more: Partial<ClaimRequest> = {}) {
  const answer = await book.claim({
    request: crypto.randomUUID(),
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
  atDesk('first', async (desk) => {
    expect(await ask(desk, 0)).toBe('job 1')
    expect(await ask(desk, 1)).toBe('job 1')
    expect(await ask(desk, 0)).toBe('job 2')
  }))

test('the repeat of a try that was refused is a new job, not the picture of an earlier one', () =>
  atDesk('refused', async (desk) => {
    expect(await ask(desk, 0)).toBe('job 1')
    desk.refuse = LIMITED
    expect(await ask(desk, 0)).toBe('too_many_requests')
    expect(desk.book.knows()).toBe(false)
    expect(await ask(desk, 1)).toBe('too_many_requests')
    desk.refuse = undefined
    expect(await ask(desk, 2)).toBe('job 2')
    // From here on job 2 is the latest.
    expect(await ask(desk, 1)).toBe('job 1')
  }))

test('but a job that its caller has left goes first', () =>
  atDesk('left', async (desk) => {
    expect(await ask(desk, 0)).toBe('job 1')
    await desk.book.release(1)
    desk.refuse = LIMITED
    expect(await ask(desk, 0)).toBe('too_many_requests')
    desk.refuse = undefined
    expect(await ask(desk, 1)).toBe('job 1')
    expect(desk.cancelled).toEqual([])
  }))

test('a refusal is forgotten in time: a later repeat belongs to the job that was taken', () =>
  atDesk('forgotten', async (desk) => {
    expect(await ask(desk, 0)).toBe('job 1')
    desk.refuse = LIMITED
    expect(await ask(desk, 0)).toBe('too_many_requests')
    desk.refuse = undefined
    desk.now = 131_000
    expect(await ask(desk, 1)).toBe('job 1')
  }))

test('a key whose first try was refused may come with another body', () =>
  atDesk('key', async (desk) => {
    desk.refuse = LIMITED
    expect(await ask(desk, 1)).toBe('too_many_requests')
    desk.refuse = undefined
    expect(await ask(desk, 1, { bodyHash: 'other' })).toBe('job 1')
    expect(await ask(desk, 1)).toBe('idempotency_key_reused')
  }))

test('a job is remembered as long as its client may come back, after every try anew', () =>
  atDesk('patience', async (desk) => {
    expect(await ask(desk, 0)).toBe('job 1')
    desk.now = 729_000
    expect(await ask(desk, 1)).toBe('job 1')
    desk.now = 2 * 729_000
    expect(await ask(desk, 2)).toBe('job 1')
    desk.now = 2 * 729_000 + 731_000
    expect(await ask(desk, 1)).toBe('job 2')
  }))

test('the account of a caller who left is told what was cancelled for it', () =>
  atDesk('told', async (desk) => {
    expect(await ask(desk, 0)).toBe('job 1')
    await desk.book.release(1)
    desk.now = 10_000
    await desk.book.tidy()
    expect(desk.cancelled).toEqual(['job 1'])
    expect(desk.told).toEqual([['alice', ['job 1']]])
  }))
