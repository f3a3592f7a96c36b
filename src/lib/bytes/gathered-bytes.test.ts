import { expect, test } from 'vitest'

import { gatherBytes } from './gathered-bytes.ts'

/** Bytes that tell where they stand. */
function numbered(length: number, from = 0): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length }, (_, index) => (from + index) % 251)
}

test.for([0, 1, 255_999, 262_144, 262_145, 700_000])(
  'what is added comes back in order, after so many were dropped: %i',
  (count) => {
    const all = numbered(700_000)
    const gathered = gatherBytes()
    for (let at = 0; at < all.byteLength; at += 65_536) gathered.add(all.subarray(at, at + 65_536))
    expect(gathered.size()).toBe(700_000)
    gathered.drop(count)
    gathered.add(numbered(300_000, 700_000))
    expect(gathered.size()).toBe(1_000_000 - count)
    const rest = numbered(1_000_000).subarray(count)
    expect(gathered.head(2_000_000)).toEqual(rest)
    const pieces = gathered.pieces(262_150)
    expect(pieces.reduce((sum, { byteLength }) => sum + byteLength, 0)).toBe(262_150)
    expect(gathered.head(262_150)).toEqual(rest.subarray(0, 262_150))
  },
)

test('blocks are used again, and given up when all is forgotten', () => {
  const gathered = gatherBytes()
  gathered.add(numbered(10))
  const [first] = gathered.pieces()
  gathered.drop(10)
  gathered.add(numbered(10, 10))
  expect(gathered.pieces()[0]?.buffer).toBe(first?.buffer)
  gathered.clear()
  expect([gathered.size(), gathered.pieces()]).toEqual([0, []])
})
