import { expect, test } from 'vitest'

import { UNLIMITED, type Caller } from '../job/caller.ts'
import { createLog } from '../lib/log.ts'
import type { Admission, RateLimitState } from '../ports/rate-limit.ts'
import { limitHeaders } from '../reply/headers.ts'
import { checkLimits, type LimitBindings } from './rate-limits.ts'

const log = createLog('error')
const owner: Caller = { ...UNLIMITED, name: 'boss', owner: true }
const alice: Caller = { ...UNLIMITED, name: 'alice', owner: false, requestsPerMinute: 2 }

const TIMES = { retrySeconds: 42, resetSeconds: 60 }

/** Counts in memory, as the ledger does in its storage; the minute never ends. */
function countingAdmission(): Admission {
  const counts = new Map<string, number>()
  return {
    async countRequest({ name, requestsPerMinute: limit = 0 }) {
      const ok = (counts.get(name) ?? 0) < limit
      if (ok) counts.set(name, (counts.get(name) ?? 0) + 1)
      return { ok, limit, remaining: limit - (counts.get(name) ?? 0), ...TIMES }
    },
  }
}

async function pass(caller: Caller, limits: LimitBindings): Promise<RateLimitState | undefined> {
  let told: RateLimitState | undefined
  await checkLimits(caller, limits, log, (count) => {
    told = count
  })
  return told
}

test('where no limit is bound nobody is kept out, and the owner is never counted', async () => {
  expect(await pass(alice, { rateLimiter: undefined, admission: undefined })).toBeUndefined()
  const admission = countingAdmission()
  for (let count = 0; count < 5; count += 1) {
    expect(await pass(owner, { rateLimiter: undefined, admission })).toBeUndefined()
  }
})

test('a caller is told how it stands, also when it is refused', async () => {
  const limits = { rateLimiter: undefined, admission: countingAdmission() }
  expect(await pass(alice, limits)).toMatchObject({ limit: 2, remaining: 1 })
  expect(await pass(alice, limits)).toMatchObject({ remaining: 0 })
  let told: RateLimitState | undefined
  const third = checkLimits(alice, limits, log, (count) => {
    told = count
  })
  await expect(third).rejects.toMatchObject({
    problem: { kind: 'too_many_requests', retryAfterSeconds: 42 },
  })
  expect(told).toMatchObject({ remaining: 0, ...TIMES })
})

test('the cheap guard goes first, and by the caller’s name', async () => {
  const asked: string[] = []
  const rateLimiter = {
    limit: async ({ key }: { readonly key: string }) => {
      asked.push(key)
      return { success: false }
    },
  }
  const admission = countingAdmission()
  await expect(pass(alice, { rateLimiter, admission })).rejects.toMatchObject({
    problem: { kind: 'too_many_requests', retryAfterSeconds: 10 },
  })
  expect(asked).toEqual(['alice'])
  expect(await pass(alice, { rateLimiter: undefined, admission })).toMatchObject({ remaining: 1 })
})

test('the cheap guard keeps nobody out when it is out of order; the exact one does', async () => {
  const rateLimiter = { limit: () => Promise.reject(new Error('down')) }
  const admission = {
    ...countingAdmission(),
    countRequest: () => Promise.reject(new Error('down')),
  }
  expect(await pass(alice, { rateLimiter, admission: undefined })).toBeUndefined()
  await expect(pass(alice, { rateLimiter, admission })).rejects.toThrow('down')
})

test.for([
  [0.2, '1s'],
  [42, '42s'],
  [60, '1m0s'],
  [75.5, '1m16s'],
] as const)('%d s until all are free again are %s', ([resetSeconds, text]) => {
  expect(
    limitHeaders({ ok: true, limit: 20, remaining: 0, retrySeconds: 0, resetSeconds }),
  ).toEqual({
    'x-ratelimit-limit-requests': '20',
    'x-ratelimit-remaining-requests': '0',
    'x-ratelimit-reset-requests': text,
  })
})
