import { expect, test } from 'vitest'

import { createKeyPool } from './key-pool.ts'

async function taken(pool: ReturnType<typeof createKeyPool>): Promise<readonly string[]> {
  return (await pool.take()).map(({ value }) => value)
}

test('keys take turns', async () => {
  const pool = createKeyPool(['a', 'b', 'c'], () => 0)
  expect(await taken(pool)).toEqual(['a', 'b', 'c'])
  expect(await taken(pool)).toEqual(['b', 'c', 'a'])
  expect(await taken(pool)).toEqual(['c', 'a', 'b'])
  expect(await taken(pool)).toEqual(['a', 'b', 'c'])
})

test('a key rests for its time, and all are tried when all rest', async () => {
  let now = 0
  const pool = createKeyPool(['a', 'b'], () => now)
  const [a, b] = await pool.take()
  if (a === undefined || b === undefined) throw new Error('no keys')
  pool.rest(a, 1000)
  expect(await taken(pool)).toEqual(['b'])
  pool.rest(b, 500)
  expect(await taken(pool)).toHaveLength(2)
  now = 600
  expect(await taken(pool)).toEqual(['b'])
  now = 1000
  expect(await taken(pool)).toHaveLength(2)
})

test('a key is found by its fingerprint, which does not show it', async () => {
  const pool = createKeyPool(['id:secret'], () => 0)
  const [key] = await pool.take()
  expect(key?.fingerprint).toMatch(/^[0-9a-f]{8}$/)
  expect(await pool.find(key?.fingerprint ?? '')).toEqual(key)
  expect(await pool.find('00000000')).toBeUndefined()
})
