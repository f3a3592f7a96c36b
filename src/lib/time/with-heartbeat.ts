import { TIMED_OUT, withTimeout } from './with-timeout.ts'

/** Told whenever the generator has been silent for a while. */
export const HEARTBEAT: unique symbol = Symbol('tick')

/** Retells a generator, with a `TICK` after every `ms` milliseconds in which it said nothing. */
export async function* withHeartbeat<Event, Result>(
  generator: AsyncGenerator<Event, Result, void>,
  ms: number,
): AsyncGenerator<Event | typeof HEARTBEAT, Result, void> {
  let next = generator.next()
  for (;;) {
    const step = await withTimeout(next, ms)
    if (step === TIMED_OUT) {
      yield HEARTBEAT
      continue
    }
    if (step.done === true) return step.value
    yield step.value
    next = generator.next()
  }
}
