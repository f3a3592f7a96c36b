import { expect, test } from 'vitest'

import { formatUsd, roundUsd } from './usd.ts'

test.for([
  [0, '0'],
  [0.0398, '0.0398'],
  [3 * 0.0398, '0.1194'],
  [100, '100'],
  [0.000_000_5, '0.0000005'],
  [0.000_000_000_01, '0'],
] as const)('%d is told as %s', ([usd, text]) => {
  expect(formatUsd(usd)).toBe(text)
  expect(roundUsd(usd)).toBe(Number(text))
})
