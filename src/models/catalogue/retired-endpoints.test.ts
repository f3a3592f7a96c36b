import { test } from 'vitest'

import { createRetiredEndpoints } from './retired-endpoints.ts'

const HOUR = 3_600_000

test('an endpoint that is gone is remembered for an hour, then asked again', ({ expect }) => {
  let now = 0
  const retired = createRetiredEndpoints(() => now)
  expect(retired.has('fal-ai/a')).toBe(false)
  retired.add('fal-ai/a')
  expect([retired.has('fal-ai/a'), retired.has('fal-ai/b')]).toEqual([true, false])
  now = HOUR - 1
  expect(retired.has('fal-ai/a')).toBe(true)
  now = HOUR
  expect(retired.has('fal-ai/a')).toBe(false)
})

test('being gone again starts the hour anew', ({ expect }) => {
  let now = 0
  const retired = createRetiredEndpoints(() => now)
  retired.add('fal-ai/a')
  now = HOUR - 1
  retired.add('fal-ai/a')
  now = HOUR + 1
  expect(retired.has('fal-ai/a')).toBe(true)
})

test('no more than a hundred are remembered: the one not seen for longest is forgotten', ({
  expect,
}) => {
  const retired = createRetiredEndpoints(() => 0)
  for (let index = 0; index < 100; index++) retired.add(`fal-ai/${index}`)
  retired.add('fal-ai/0')
  retired.add('fal-ai/100')
  expect(['0', '1', '2', '100'].map((name) => retired.has(`fal-ai/${name}`))).toEqual([
    true,
    false,
    true,
    true,
  ])
})
