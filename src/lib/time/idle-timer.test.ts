import { afterEach, beforeEach, test, vi } from 'vitest'

import { createIdleTimer } from './idle-timer.ts'

beforeEach(() => {
  vi.useFakeTimers()
})

afterEach(() => {
  vi.useRealTimers()
})

test('a silence is told once, when it has lasted', async ({ expect }) => {
  const onSilence = vi.fn<() => void>()
  createIdleTimer(1000, onSilence)
  await vi.advanceTimersByTimeAsync(999)
  expect(onSilence).not.toHaveBeenCalled()
  await vi.advanceTimersByTimeAsync(5000)
  expect(onSilence).toHaveBeenCalledOnce()
})

test('whatever is heard begins the time anew, with no other timer', async ({ expect }) => {
  const onSilence = vi.fn<() => void>()
  const idle = createIdleTimer(1000, onSilence)
  for (let words = 0; words < 4; words += 1) {
    await vi.advanceTimersByTimeAsync(900)
    idle.heard()
    expect(vi.getTimerCount()).toBe(1)
  }
  await vi.advanceTimersByTimeAsync(999)
  expect(onSilence).not.toHaveBeenCalled()
  await vi.advanceTimersByTimeAsync(1)
  expect(onSilence).toHaveBeenCalledOnce()
})

test('a timer that was stopped tells nothing', async ({ expect }) => {
  const onSilence = vi.fn<() => void>()
  createIdleTimer(1000, onSilence).stop()
  await vi.advanceTimersByTimeAsync(5000)
  expect(onSilence).not.toHaveBeenCalled()
  expect(vi.getTimerCount()).toBe(0)
})
