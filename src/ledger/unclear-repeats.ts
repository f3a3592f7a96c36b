import { delay } from '../lib/time/delay.ts'

/** Repeats that wait to see which of several equal orders is theirs. */
export interface UnclearRepeats {
  /** Other waiting repeats that say the same of themselves: none of them has the same order. */
  rivalsOf(request: string, said: string): number
  /** Waits until something has changed, and no longer than so many milliseconds. */
  wait(request: string, said: string, ms: number): Promise<void>
  /** It is clear whose it is. */
  settle(request: string): void
  /** A request has ended, or come. */
  changed(): void
}

export function createUnclearRepeats(): UnclearRepeats {
  const waiting = new Map<string, string>()
  let change = Promise.withResolvers<void>()
  const changed = (): void => {
    change.resolve()
    change = Promise.withResolvers()
  }
  return {
    rivalsOf: (request, said) =>
      [...waiting].filter(([other, saying]) => saying === said && other !== request).length,
    async wait(request, said, ms) {
      const isNew = !waiting.has(request)
      waiting.set(request, said)
      // With it there may be as many repeats as orders, and then each has its own.
      if (isNew) changed()
      await Promise.race([change.promise, delay(ms)])
    },
    settle(request) {
      waiting.delete(request)
    },
    changed,
  }
}
