import { expect, test } from 'vitest'

import { createShownFrames } from './shown-frames.ts'

/** Frames come at these times, in milliseconds; those that are shown at once, and those at the end. */
function show(wanted: number, times: readonly number[]): [number[], readonly number[]] {
  let now = 0
  const shown = createShownFrames<number>(wanted, () => now)
  const live = times.flatMap((time, index) => {
    now = time
    return shown.add(index + 1) ?? []
  })
  return [live, shown.rest()]
}

function every(ms: number, count: number): number[] {
  return Array.from({ length: count }, (_, index) => ms * (index + 1))
}

test.for<[string, number, number[], [number[], number[]]]>([
  ['dozens in three seconds are spread over them', 3, every(100, 28), [[1, 10], [28]]],
  ['three in half a minute are shown as they come', 3, every(9000, 3), [[1, 2, 3], []]],
  ['a single one is not the first noise', 1, every(100, 28), [[10], []]],
  ['a single one of a slow model comes at once', 1, every(9000, 3), [[1], []]],
  ['all are shown when there are fewer', 3, every(100, 2), [[1], [2]]],
  ['a quick model’s last ones fill the places', 2, every(10, 4), [[1], [4]]],
  ['none is none', 3, [], [[], []]],
])('%s', ([, wanted, times, shown]) => {
  expect(show(wanted, times)).toEqual(shown)
})
