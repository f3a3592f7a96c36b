import { delay } from '../lib/time/delay.ts'

/** What a repeat says of itself. */
export interface Repeat {
  /** The random name of the request. */
  readonly request: string
  /** How many its client made before. */
  readonly tries: number
  readonly patienceSeconds: number
}

/** Repeats that wait to see which of several equal orders is theirs. */
export interface UnclearRepeats {
  /** Other waiting repeats that say the same of themselves: none of them has the same order. */
  rivalsOf(repeat: Repeat): number
  /** A later try has come of the client of one that waits, which nobody waits for then: both have one order. */
  overtake(by: Repeat): void
  /** The later try of a client; undefined: there is none. */
  successorOf(request: string): string | undefined
  isWaiting(request: string): boolean
  /** Waits until something has changed, and no longer than so many milliseconds. */
  wait(repeat: Repeat, ms: number): Promise<void>
  /** It is clear whose it is, or nobody waits for it. */
  settle(request: string): void
  /** A request has ended, or come. */
  changed(): void
}

export function createUnclearRepeats(): UnclearRepeats {
  const waiting = new Map<string, Repeat>()
  /** By the request that was overtaken. */
  const successors = new Map<string, string>()
  let change = Promise.withResolvers<void>()
  const changed = (): void => {
    change.resolve()
    change = Promise.withResolvers()
  }
  const livingLike = ({ request, patienceSeconds }: Repeat): readonly Repeat[] =>
    [...waiting.values()].filter(
      (other) =>
        other.patienceSeconds === patienceSeconds &&
        other.request !== request &&
        !successors.has(other.request),
    )
  return {
    rivalsOf: (repeat) => livingLike(repeat).filter(({ tries }) => tries === repeat.tries).length,
    overtake(by) {
      const [last] = livingLike(by)
        .filter(({ tries }) => tries < by.tries)
        .toSorted((one, other) => other.tries - one.tries)
      if (last !== undefined) successors.set(last.request, by.request)
    },
    successorOf: (request) => successors.get(request),
    isWaiting: (request) => waiting.has(request),
    async wait(repeat, ms) {
      const isNew = !waiting.has(repeat.request)
      waiting.set(repeat.request, repeat)
      // With it there may be as many repeats as orders, and then each has its own.
      if (isNew) changed()
      await Promise.race([change.promise, delay(ms)])
    },
    settle(request) {
      waiting.delete(request)
      successors.delete(request)
      // Those that it has overtaken have waited for it.
      if ([...successors.values()].includes(request)) changed()
    },
    changed,
  }
}
