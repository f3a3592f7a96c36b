import { TIME_IS_OVER, within } from './with-timeout.ts'

/** Told whenever the generator has been silent for a while. */
export const TICK: unique symbol = Symbol('tick')

/** Retells a generator, with a `TICK` after every `ms` milliseconds in which it said nothing. */
export async function* withTicks<Event, Result>(
  generator: AsyncGenerator<Event, Result, void>,
  ms: number,
): AsyncGenerator<Event | typeof TICK, Result, void> {
  let next = generator.next()
  for (;;) {
    const step = await within(next, ms)
    if (step === TIME_IS_OVER) {
      yield TICK
      continue
    }
    if (step.done === true) return step.value
    yield step.value
    next = generator.next()
  }
}
