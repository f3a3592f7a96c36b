import { afterEach, beforeEach, test, vi } from 'vitest'

import { createWatch } from './idle-timeout.ts'

beforeEach(() => {
  vi.useFakeTimers()
})

afterEach(() => {
  vi.useRealTimers()
})

test('a silence is told once, when it has lasted', async ({ expect }) => {
  const onSilence = vi.fn<() => void>()
  createWatch(1000, onSilence)
  await vi.advanceTimersByTimeAsync(999)
  expect(onSilence).not.toHaveBeenCalled()
  await vi.advanceTimersByTimeAsync(5000)
  expect(onSilence).toHaveBeenCalledOnce()
})

test('whatever is heard begins the time anew, with no other timer', async ({ expect }) => {
  const onSilence = vi.fn<() => void>()
  const watch = createWatch(1000, onSilence)
  for (let words = 0; words < 4; words += 1) {
    await vi.advanceTimersByTimeAsync(900)
    watch.heard()
    expect(vi.getTimerCount()).toBe(1)
  }
  await vi.advanceTimersByTimeAsync(999)
  expect(onSilence).not.toHaveBeenCalled()
  await vi.advanceTimersByTimeAsync(1)
  expect(onSilence).toHaveBeenCalledOnce()
})

test('a watch that was stopped tells nothing', async ({ expect }) => {
  const onSilence = vi.fn<() => void>()
  createWatch(1000, onSilence).stop()
  await vi.advanceTimersByTimeAsync(5000)
  expect(onSilence).not.toHaveBeenCalled()
  expect(vi.getTimerCount()).toBe(0)
})
