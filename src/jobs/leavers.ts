import { withTimeout } from '../lib/time/with-timeout.ts'

/** Requests whose callers have left, while it is not known yet what is left of their jobs. */
export interface Leavers {
  isEmpty(): boolean
  /** @param ended when nothing of the request is at work any more */
  add(key: Promise<string>, ended: Promise<void>): void
  /** Until nothing is at work any more of those with this key. */
  wait(key: string): Promise<void>
}

/** Two questions to fal, whether a job still waits and to cancel it, take a part of a second. */
const LEAVING_MS = 5000

/** @param most beyond so many none is added: a hint is lost then, and nothing else */
export function createLeavers(most: number): Leavers {
  const leavers = new Set<{ readonly key: Promise<string>; readonly ended: Promise<void> }>()
  return {
    isEmpty: () => leavers.size === 0,
    add(key, ended) {
      if (leavers.size >= most) return
      const leaver = { key, ended }
      leavers.add(leaver)
      void ended.finally(() => leavers.delete(leaver))
    },
    async wait(key) {
      for (const leaver of leavers) {
        if ((await leaver.key) !== key) continue
        await withTimeout(leaver.ended, LEAVING_MS)
        // Once is enough for one whose end nobody hears of.
        leavers.delete(leaver)
      }
    },
  }
}
