import { describe, expect, test } from 'vitest'

import { readAccessKeys } from './access-keys.ts'

const HASH = 'ab'.repeat(32)

test('callers are read with their keys and limits', () => {
  const text = JSON.stringify({
    alice: {
      sha256: HASH.toUpperCase(),
      models: ['flux*'],
      requests_per_minute: 20,
      budget_usd: 5,
    },
    'team-b.2_x': { key: 'sk-b' },
  })
  expect(readAccessKeys(text, [])).toEqual({
    keys: [
      {
        name: 'alice',
        models: ['flux*'],
        requestsPerMinute: 20,
        budgetUsd: 5,
        owner: false,
        secret: { sha256: HASH },
      },
      {
        name: 'team-b.2_x',
        models: undefined,
        requestsPerMinute: undefined,
        budgetUsd: undefined,
        owner: false,
        secret: { key: 'sk-b' },
      },
    ],
  })
})

function faultOf(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  const read = readAccessKeys(text, ['boss'])
  return 'fault' in read ? read.fault : ''
}

describe('a fault points into the JSON', () => {
  const key = 'sk-a'
  test.for<[unknown, string | RegExp]>([
    ['{"alice":', 'it is not JSON'],
    ['{"alice":{"key":"sk-a"},}', /^it is not JSON at position 24 \(line 1 column 25\)$/],
    ['[]', /^expected an object of callers, such as \{"alice":/],
    ['"sk-a"', /^expected an object of callers/],
    [{}, /^expected an object of callers/],
    [{ alice: { key, sha256: HASH } }, /^at "alice": expected an object with sha256 or key,/],
    [{ alice: { key: 'sk a' } }, 'at "alice.key": expected a key: text without blanks'],
    [{ alice: { key: '' } }, /^at "alice.key": /],
    [{ alice: { sha256: 'ab' } }, /^at "alice.sha256": expected the SHA-256 of the key, 64 hex/],
    [{ alice: { key, models: 'flux*' } }, /^at "alice.models": expected a list of globs/],
    [{ alice: { key, models: [] } }, /^at "alice.models": /],
    [{ alice: { key, models: ['a', ' '] } }, /^at "alice.models.1": /],
    [
      { alice: { key, requests_per_minute: 0 } },
      /^at "alice.requests_per_minute": expected a whole/,
    ],
    [{ alice: { key, requests_per_minute: 1.5 } }, /^at "alice.requests_per_minute": /],
    [
      { alice: { key, budget_usd: '5' } },
      /^at "alice.budget_usd": expected an amount of US dollars/,
    ],
    [{ alice: { key, budget_usd: -1 } }, /^at "alice.budget_usd": /],
    [{ alice: { key, budget: 5 } }, /^at "alice.budget": there is no such key; expected an object/],
    [{ 'al ice': { key } }, /^at "caller 1": a name has 1 to 64 of/],
    [{ 'ali\r\nce': { key } }, /^at "caller 1": a name has/],
    [{ '': { key } }, /^at "caller 1": a name has/],
    [{ ab12cd34: { key } }, /^at "caller 1": a name has .* not 8 hexadecimal digits$/],
    [{ a: { key: 'sk-b' }, boss: { key } }, 'at "boss": a key in WORKER_ACCESS_KEY has this name'],
    [{ alice: { key }, bob: { key } }, 'at "bob": another caller has the same key'],
  ])('%j: %s', ([value, fault]) => {
    if (typeof fault === 'string') expect(faultOf(value)).toBe(fault)
    else expect(faultOf(value)).toMatch(fault)
  })
})

test.for([
  { 'sk-secret': 'alice' },
  { 'sk-secret': { name: 'alice' } },
  { alice: { 'sk-secret': true, key: 'x' } },
  { alice: 'sk-secret' },
  { alice: { sha256: 'sk-secret' } },
  { alice: { key: 'sk-secret or not' } },
  { alice: { key: 'sk-secret' }, bob: { key: 'sk-secret' } },
  '{"alice":sk-secret}',
  '{"alice":{"key":"sk-secret"}',
  'sk-secret',
])('%j: no fault repeats what may be a key', (value) => {
  expect(faultOf(value)).not.toBe('')
  expect(faultOf(value)).not.toContain('secret')
})
