import { expect, test } from 'vitest'

import { createUsualTimes, type UsualTimes } from './usual-times.ts'

const ENDPOINT = 'fal-ai/veo3.1'

/** One that is watched from its order on. */
function watch(times: UsualTimes, jobId: string, seconds: number, between = 5): void {
  const look = { jobId, endpoint: ENDPOINT, createdAt: 1000 }
  for (let age = 0; age < seconds; age += between) {
    times.saw({ ...look, status: 'in_progress', nowSeconds: 1000 + age })
  }
  times.saw({ ...look, status: 'completed', nowSeconds: 1000 + seconds })
}

test('where nothing was watched nothing is known', () => {
  const times = createUsualTimes()
  expect(times.of(ENDPOINT)).toBeUndefined()
  const job = { jobId: 'a', endpoint: ENDPOINT, createdAt: 1000 }
  // Looked up when it had long been done, or had failed.
  times.saw({ ...job, status: 'completed', nowSeconds: 5000 })
  times.saw({ ...job, jobId: 'b', status: 'in_progress', nowSeconds: 1001 })
  times.saw({ ...job, jobId: 'b', status: 'failed', nowSeconds: 1002 })
  watch(times, 'c', 300, 100)
  expect(times.of(ENDPOINT)).toBeUndefined()
})

test('the middle of the latest is usual, and one that took long changes little', () => {
  const times = createUsualTimes()
  watch(times, 'a', 60)
  expect(times.of(ENDPOINT)).toBe(60)
  watch(times, 'b', 70)
  watch(times, 'c', 900)
  expect(times.of(ENDPOINT)).toBe(70)
  for (let one = 0; one < 7; one += 1) watch(times, `d${one}`, 30)
  expect(times.of(ENDPOINT)).toBe(30)
  expect(times.of('fal-ai/other')).toBeUndefined()
})

test('it is not zero', () => {
  const times = createUsualTimes()
  const job = { jobId: 'a', endpoint: ENDPOINT, createdAt: 1000, nowSeconds: 1000 }
  times.saw({ ...job, status: 'queued' })
  times.saw({ ...job, status: 'completed' })
  expect(times.of(ENDPOINT)).toBe(1)
})

test('what is remembered has an end', () => {
  const times = createUsualTimes()
  for (let one = 0; one < 600; one += 1) {
    const job = { jobId: `${one}`, endpoint: `e/${one}`, createdAt: 0, nowSeconds: 9 }
    times.saw({ ...job, status: 'in_progress' })
    times.saw({ ...job, status: 'completed' })
  }
  expect(times.of('e/0')).toBeUndefined()
  expect(times.of('e/599')).toBe(9)
})
