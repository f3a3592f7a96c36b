import { createIdleTimer } from './idle-timer.ts'

/** Told whenever the generator has been silent for a while. */
export const HEARTBEAT: unique symbol = Symbol('tick')

/**
 * Retells a generator, with a `HEARTBEAT` after every `ms` milliseconds in which it said nothing. One timer for
 * many events: it is set again when it strikes, not at each of them.
 */
export async function* withHeartbeat<Event, Result>(
  generator: AsyncGenerator<Event, Result, void>,
  ms: number,
): AsyncGenerator<Event | typeof HEARTBEAT, Result, void> {
  let beat = Promise.withResolvers<typeof HEARTBEAT>()
  const idle = createIdleTimer(ms, () => {
    beat.resolve(HEARTBEAT)
  })
  try {
    let next = generator.next()
    for (;;) {
      const step = await Promise.race([next, beat.promise])
      if (step === HEARTBEAT) {
        beat = Promise.withResolvers()
        idle.again()
        yield HEARTBEAT
        continue
      }
      if (step.done === true) return step.value
      yield step.value
      idle.heard()
      next = generator.next()
    }
  } finally {
    idle.stop()
  }
}
