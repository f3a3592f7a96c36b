import { expect, test } from 'vitest'

import { handThrough } from '../../bench/videos.ts'

// What a Worker takes that hands the same bytes through and does nothing else (bench/hand-through-worker.js) is the
// measure of CPU: both in turn on the same machine, and of several rounds the one that was disturbed least. Measured:
// 1.0 to 1.3.
const MEGABYTES = 100
const ROUNDS = 3
const MOST_CPU = 2
const MOST_MEMORY_MB = 16
const ATTEMPTS = 3

test(
  'a video of 100 MB passes with less than 16 MB, and the CPU of handing it through',
  { timeout: 180_000 },
  async () => {
    const found: { readonly ratio: number; readonly memory: number }[] = []
    const isWithin = ({ ratio, memory }: (typeof found)[number]): boolean =>
      ratio <= MOST_CPU && memory < MOST_MEMORY_MB
    while (found.length < ATTEMPTS && !found.some(isWithin)) {
      const { 'this gateway': ours, floor } = await handThrough(MEGABYTES, ROUNDS)
      const ratio = Math.min(...ours.cpu) / Math.min(...floor.cpu)
      found.push({ ratio, memory: Math.min(...ours.memory) })
    }
    const told = found.map(
      ({ ratio, memory }) => `${ratio.toFixed(2)} × the floor's, ${memory.toFixed(1)} MB`,
    )
    process.stdout.write(`CPU and memory of a video of ${MEGABYTES} MB: ${told.join('; ')}\n`)
    expect(found.some(isWithin)).toBe(true)
  },
)
