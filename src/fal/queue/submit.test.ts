import { describe, expect, inject, test } from 'vitest'

import { createKeyPool, REJECTED_KEY_REST_MS } from '../key-pool.ts'
import { submitAll } from './submit.ts'

const fal = inject('falUrl')
const never = new AbortController().signal

/** Submits to the pretend fal with a pool of keys, and a clock that stands still until it is set. */
function submitter(keys: readonly string[]) {
  const clock = { ms: 0 }
  const pool = createKeyPool(keys, () => clock.ms)
  const used: string[] = []
  const access = {
    hosts: { queueUrl: `${fal}/queue`, runUrl: fal, restUrl: fal, apiUrl: fal },
    async fetch(url: string, init?: RequestInit) {
      const key = new Headers(init?.headers).get('authorization') ?? ''
      used.push(/^Key ([^:]+):/.exec(key)?.[1] ?? '')
      return globalThis.fetch(url, init)
    },
  }
  return {
    clock,
    /** The ids of the keys that one job tried, in order. */
    submit: async (prompt = 'a cat'): Promise<readonly string[]> => {
      used.length = 0
      const job = { endpoint: 'fal-ai/flux/dev', inputs: [{ prompt }] }
      await submitAll(access, pool, job, never)
      return [...used]
    },
    used: (): readonly string[] => [...used],
  }
}

test('keys take turns', async () => {
  const { submit } = submitter(['a:x', 'b:x', 'c:x'])
  const used: string[] = []
  for (let count = 0; count < 6; count += 1) used.push(...(await submit()))
  expect(used).toEqual(['a', 'b', 'c', 'a', 'b', 'c'])
})

describe('a key that fal refuses hands the same job to the next, and rests', () => {
  test.for([
    ['bad:x', REJECTED_KEY_REST_MS],
    ['forbidden:x', REJECTED_KEY_REST_MS],
    ['locked:x', REJECTED_KEY_REST_MS],
    // The pretend fal says `Retry-After: 2`.
    ['limited:x', 2000],
  ] as const)('%s for %d ms', async ([key, restMs]) => {
    const id = key.slice(0, key.indexOf(':'))
    const { clock, submit } = submitter([key, 'good:x'])
    expect(await submit()).toEqual([id, 'good'])
    clock.ms = restMs - 1
    for (let count = 0; count < 4; count += 1) expect(await submit()).toEqual(['good'])
    clock.ms = restMs
    const after = [await submit(), await submit()].flat()
    expect(after.filter((one) => one === id)).toEqual([id])
  })
})

test('when all rest all are tried, because the owner may have mended one', async () => {
  const { submit, used } = submitter(['bad-1:x', 'bad-2:x'])
  for (let count = 0; count < 2; count += 1) {
    await expect(submit()).rejects.toMatchObject({ problem: { kind: 'upstream_auth_failed' } })
    expect(used().toSorted()).toEqual(['bad-1', 'bad-2'])
  }
})

test.for(['[[submit:cut-after]]', '[[submit:500]]', '[[submit:504]]'])(
  '%s may have been accepted: the job does not move on to another key',
  async (fault) => {
    const { submit, used } = submitter(['a:x', 'b:x'])
    await expect(submit(`a cat ${fault}`)).rejects.toMatchObject({
      problem: { kind: 'upstream_failed', charged: 'unknown' },
    })
    expect(used()).toEqual(['a'])
  },
)
