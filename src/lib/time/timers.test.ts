import { afterEach, beforeEach, describe, test, vi } from 'vitest'

import { createDeadline } from './deadline.ts'
import { delay } from './delay.ts'
import { HEARTBEAT, withHeartbeat } from './with-heartbeat.ts'
import { TIMED_OUT, withTimeout } from './with-timeout.ts'

beforeEach(() => {
  vi.useFakeTimers()
})

afterEach(() => {
  vi.useRealTimers()
})

/** How a promise stands now: `pending`, or how it ended. */
async function stateOf(promise: Promise<unknown>): Promise<unknown> {
  const ended = promise.then(
    (value) => ({ value }),
    (reason: unknown) => ({ reason }),
  )
  return Promise.race([ended, vi.advanceTimersByTimeAsync(0).then(() => 'pending')])
}

describe('a delay', () => {
  test('lasts as long as it says', async ({ expect }) => {
    const waiting = delay(1000)
    await vi.advanceTimersByTimeAsync(999)
    expect(await stateOf(waiting)).toBe('pending')
    await vi.advanceTimersByTimeAsync(1)
    expect(await stateOf(waiting)).toEqual({ value: undefined })
  })

  test('ends with the signal’s reason, and leaves no timer', async ({ expect }) => {
    const controller = new AbortController()
    const reason = new Error('hung up')
    const waiting = stateOf(delay(1000, controller.signal))
    controller.abort(reason)
    expect(await waiting).toEqual({ reason })
    expect(vi.getTimerCount()).toBe(0)
  })

  test('does not begin when the signal is aborted already', async ({ expect }) => {
    const reason = new Error('hung up before')
    expect(await stateOf(delay(1000, AbortSignal.abort(reason)))).toEqual({ reason })
    expect(vi.getTimerCount()).toBe(0)
  })

  test('ends with an error even if the signal’s reason is none', async ({ expect }) => {
    const ended = await stateOf(delay(1000, AbortSignal.abort('a text')))
    expect(ended).toMatchObject({ reason: { name: 'AbortError' } })
  })

  test('lets go of the signal when it is over', async ({ expect }) => {
    const { signal } = new AbortController()
    const removed = vi.spyOn(signal, 'removeEventListener')
    const waiting = delay(5, signal)
    await vi.advanceTimersByTimeAsync(5)
    await waiting
    expect(removed).toHaveBeenCalledTimes(1)
  })
})

describe('within a time', () => {
  test('a promise that is quick gives its value, and leaves no timer', async ({ expect }) => {
    expect(await withTimeout(Promise.resolve('soon'), 1000)).toBe('soon')
    expect(vi.getTimerCount()).toBe(0)
  })

  test('a promise that is slow goes on', async ({ expect }) => {
    const late = delay(50).then(() => 'late')
    const first = withTimeout(late, 10)
    await vi.advanceTimersByTimeAsync(10)
    expect(await first).toBe(TIMED_OUT)
    const second = withTimeout(late, 100)
    await vi.advanceTimersByTimeAsync(40)
    expect(await second).toBe('late')
  })

  test('a promise that fails fails', async ({ expect }) => {
    await expect(withTimeout(Promise.reject(new Error('broken')), 1000)).rejects.toThrow('broken')
    expect(vi.getTimerCount()).toBe(0)
  })

  test('a negative time is none', async ({ expect }) => {
    const over = withTimeout(new Promise<never>(() => undefined), -5)
    await vi.advanceTimersByTimeAsync(0)
    expect(await over).toBe(TIMED_OUT)
  })
})

describe('a deadline', () => {
  test('aborts with its reason when the time is over', async ({ expect }) => {
    const reason = new Error('too late')
    const { signal } = createDeadline(1000, () => reason)
    await vi.advanceTimersByTimeAsync(999)
    expect(signal.aborted).toBe(false)
    await vi.advanceTimersByTimeAsync(1)
    expect(signal).toMatchObject({ aborted: true, reason })
  })

  test('that was lifted never aborts', async ({ expect }) => {
    const deadline = createDeadline(1000, () => new Error('too late'))
    deadline.lift()
    await vi.advanceTimersByTimeAsync(5000)
    expect(deadline.signal.aborted).toBe(false)
    expect(vi.getTimerCount()).toBe(0)
  })
})

async function* slow(waits: readonly number[]): AsyncGenerator<number, string, void> {
  for (const ms of waits) {
    await delay(ms)
    yield ms
  }
  await delay(5)
  return 'done'
}

async function* broken(): AsyncGenerator<number, string, void> {
  yield 1
  await delay(15)
  throw new Error('broken')
}

async function collect(waits: readonly number[]) {
  const told: (number | 'tick')[] = []
  const events = withHeartbeat(slow(waits), 10)
  for (;;) {
    const next = await events.next()
    if (next.done === true) return { told, result: next.value }
    told.push(next.value === HEARTBEAT ? 'tick' : next.value)
  }
}

describe('ticks', () => {
  test('fill every silence, and nothing is lost or told twice', async ({ expect }) => {
    const collected = collect([5, 25, 5, 35])
    await vi.advanceTimersByTimeAsync(100)
    expect(await collected).toEqual({
      told: [5, 'tick', 'tick', 25, 5, 'tick', 'tick', 'tick', 35],
      result: 'done',
    })
    expect(vi.getTimerCount()).toBe(0)
  })

  test('stop with the failure of the generator', async ({ expect }) => {
    const events = withHeartbeat(broken(), 10)
    expect(await events.next()).toEqual({ done: false, value: 1 })
    const tick = events.next()
    await vi.advanceTimersByTimeAsync(10)
    expect(await tick).toEqual({ done: false, value: HEARTBEAT })
    const end = expect(events.next()).rejects.toThrow('broken')
    await vi.advanceTimersByTimeAsync(10)
    await end
  })
})
