import { afterEach, beforeEach, expect, test, vi } from 'vitest'

import { fetchMedia } from './open-media.ts'

beforeEach(() => {
  vi.useFakeTimers()
  // By the clock that the test winds, as every other wait.
  vi.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => {
    const controller = new AbortController()
    setTimeout(() => {
      controller.abort()
    }, ms)
    return controller.signal
  })
})
afterEach(() => {
  vi.restoreAllMocks()
  vi.useRealTimers()
})

const VIDEO = 'https://fal.media/files/a.mp4'
const HOUR_MS = 3_600_000
const open = async (fetch: (signal: AbortSignal | null | undefined) => Promise<Response>) =>
  fetchMedia(
    { fetch: async (_, init) => fetch(init?.signal), loopback: false },
    VIDEO,
    {},
    new AbortController().signal,
  )

test('a download that has begun is not cut, however long it takes', async () => {
  let signal: AbortSignal | null | undefined
  await open(async (given) => {
    signal = given
    return new Response('bytes')
  })
  await vi.advanceTimersByTimeAsync(HOUR_MS)
  expect(signal?.aborted).toBe(false)
  expect(vi.getTimerCount()).toBe(0)
})

test('one that never begins is given up', async () => {
  const opening = open(
    (signal) =>
      new Promise((_, reject) => {
        signal?.addEventListener('abort', () => {
          reject(new Error('aborted'))
        })
      }),
  )
  const failed = expect(opening).rejects.toMatchObject({ problem: { kind: 'upstream_failed' } })
  await vi.advanceTimersByTimeAsync(HOUR_MS)
  await failed
})
