import { env, runInDurableObject } from 'cloudflare:test'
import { expect, test } from 'vitest'
import * as z from 'zod/mini'

import type { Taken } from '../ports/idempotency-store.ts'
import { IdempotencyRecords } from './idempotency-records.ts'
import type { IdempotentSubmit } from './ledger-queue.ts'

const { LEDGER } = z.object({ LEDGER: z.custom<DurableObjectNamespace>() }).parse(env)

/** As it was until November 2026. */
const EARLIER = `CREATE TABLE jobs (
  id INTEGER PRIMARY KEY AUTOINCREMENT, request TEXT NOT NULL, step TEXT NOT NULL,
  body_hash TEXT NOT NULL, taken TEXT, attached INTEGER NOT NULL, released_at INTEGER,
  expires_at INTEGER NOT NULL)`

const DAY_MS = 24 * 3600 * 1000

const taken: Taken & { readonly caller: string } = {
  endpoint: 'e',
  keyFingerprint: 'k',
  parts: [{ part: { requestId: 'of yesterday', path: 'p' } }],
  caller: 'alice',
}

/** A row as it was written then; of a key, which is kept for a day. */
interface EarlierRow {
  readonly taken?: string | null
  readonly step?: string
  readonly released?: number | null
  readonly expires?: number
}

/** What happens to rows of the earlier layout in today's hands. */
async function withEarlier(
  name: string,
  rows: readonly EarlierRow[],
  work: (opened: {
    readonly records: IdempotencyRecords
    readonly submitted: IdempotentSubmit['step'][]
    readonly cancelled: unknown[]
    readonly told: unknown[]
    readonly ask: (more?: Partial<IdempotentSubmit>) => Promise<unknown>
  }) => Promise<void>,
): Promise<void> {
  await runInDurableObject(LEDGER.getByName(`claim ${name}`), async (_, { storage }) => {
    storage.sql.exec(EARLIER)
    for (const [index, row] of rows.entries()) {
      storage.sql.exec(
        `INSERT INTO jobs (request, step, body_hash, taken, attached, released_at, expires_at)
         VALUES (?, ?, 'same', ?, 1, ?, ?)`,
        `request ${index}`,
        row.step ?? '',
        row.taken === undefined ? JSON.stringify(taken) : row.taken,
        row.released ?? null,
        row.expires ?? DAY_MS,
      )
    }
    const submitted: string[] = []
    const cancelled: unknown[] = []
    const told: unknown[] = []
    const queue = {
      async submit({ step }: { readonly step: string }) {
        submitted.push(step)
        const part = { requestId: 'of today', path: 'p' }
        return { taken: { ...taken, parts: [{ part }] }, rested: [] }
      },
      async cancelWaiting(job: Taken) {
        cancelled.push(job)
        return true
      },
      reserve: async () => 1,
      releaseReservation: async () => undefined,
      async tellCancelled(...about: unknown[]) {
        told.push(about)
      },
    }
    const records = new IdempotencyRecords(storage, queue, () => 1000)
    const ask = async (more: Partial<IdempotentSubmit> = {}): Promise<unknown> => {
      const answer = await records.claim(orderWith(more))
      if (answer.kind === 'problem') return answer.problem.kind
      if (answer.kind === 'unavailable') return answer.kind
      const [first] = answer.taken.parts
      return first && 'part' in first ? first.part.requestId : undefined
    }
    await work({ records, submitted, cancelled, told, ask })
  })
}

function orderWith(more: Partial<IdempotentSubmit>): IdempotentSubmit {
  return {
    request: crypto.randomUUID(),
    tries: undefined,
    patienceSeconds: 600,
    reservation: undefined,
    createdAt: 1,
    caller: 'alice',
    bodyHash: 'same',
    attach: true,
    keepSeconds: 24 * 3600,
    endpoint: 'e',
    inputs: [{}],
    step: '',
    keys: ['k'],
    webhook: undefined,
    ...more,
  }
}

test('a key of before the deployment is the same order, again and again', () =>
  withEarlier('layout key', [{}], async ({ ask, submitted }) => {
    expect([await ask(), await ask()]).toEqual(['of yesterday', 'of yesterday'])
    expect(await ask({ bodyHash: 'other' })).toBe('idempotency_key_reused')
    expect(submitted).toEqual([])
  }))

test('a repeat that its client counts is served by its first try', () =>
  withEarlier('layout count', [{}], async ({ ask, submitted }) => {
    expect(await ask({ tries: 1 })).toBe('of yesterday')
    expect(submitted).toEqual([])
    expect(await ask({ tries: 0, attach: false })).toBe('of today')
  }))

test('its later steps are made once, too', () =>
  withEarlier('layout step', [{}, { step: 'second' }], async ({ ask, submitted }) => {
    expect([await ask(), await ask({ step: 'second' })]).toEqual(['of yesterday', 'of yesterday'])
    expect(submitted).toEqual([])
  }))

test('a submit without an answer is not made again, and is found when fal tells', () =>
  withEarlier('layout lost', [{ taken: null }], async ({ ask, records, submitted }) => {
    expect(await ask()).toBe('upstream_failed')
    const [first] = taken.parts
    if (first === undefined || !('part' in first)) throw new TypeError('no part')
    const { endpoint, keyFingerprint } = taken
    const found = { endpoint, keyFingerprint, parts: 1, index: undefined, ok: true, ...first }
    expect(records.found({ request: 'request 0', ...found })).toBe(true)
    expect(await ask()).toBe('of yesterday')
    expect(submitted).toEqual([])
  }))

test.for([
  [{ kind: 'rate_limited' }, 'of yesterday'],
  [{}, 'upstream_failed'],
  [null, 'upstream_failed'],
] as const)('one with a part that was refused by %j is %s', ([refused, told]) => {
  const read = JSON.stringify({ ...taken, parts: [...taken.parts, { refused }] })
  return withEarlier(
    `layout part ${JSON.stringify(refused)}`,
    [{ taken: read }],
    async ({ ask }) => {
      expect(await ask()).toBe(told)
    },
  )
})

test('one that was refused is submitted by its next try', () =>
  withEarlier('layout refused', [{ taken: 'refused' }], async ({ ask }) => {
    expect(await ask({ bodyHash: 'other' })).toBe('of today')
  }))

test('one that was left for good is cancelled in its time, and its caller’s account is told', () =>
  withEarlier('layout left', [{ released: -9000 }], async ({ records, cancelled, told }) => {
    await records.tidy()
    expect(cancelled).toHaveLength(1)
    expect(told).toEqual([['alice', ['of yesterday']]])
  }))

test('one whose time has passed is forgotten', () =>
  withEarlier('layout old', [{ expires: 1000 }], async ({ ask, submitted }) => {
    expect(await ask()).toBe('of today')
    expect(submitted).toEqual([''])
  }))
