/** One event of one of several generators: which of them it came from, and what it said. */
export interface MergedEvent<Event> {
  readonly index: number
  readonly event: Event
}

interface Step<Event, Result> {
  readonly index: number
  readonly next: PromiseSettledResult<IteratorResult<Event, Result>>
}

/**
 * Runs several async generators side by side and retells their events as they come. Returns how each of
 * them ended, in the order given; one that throws does not stop the others.
 *
 * At most `limit` of them are under way at a time; the rest begin as places become free. To stop them
 * early, abort the signal they wait on: `return` would queue behind their pending `next`.
 *
 * One alone is retold without the race that several need: so it is with nearly every job.
 */
export function mergeGenerators<Event, Result>(
  generators: readonly AsyncGenerator<Event, Result, void>[],
  limit: number,
): MergedGenerator<Event, Result> {
  const [only, ...others] = generators
  return only !== undefined && others.length === 0 ? retell(only) : merge(generators, limit)
}

type MergedGenerator<Event, Result> = AsyncGenerator<
  MergedEvent<Event>,
  PromiseSettledResult<Result>[],
  void
>

async function* merge<Event, Result>(
  generators: readonly AsyncGenerator<Event, Result, void>[],
  limit: number,
): MergedGenerator<Event, Result> {
  const outcomes = new Map<number, PromiseSettledResult<Result>>()
  const underWay = new Map<number, Promise<Step<Event, Result>>>()
  const unbegun = generators.entries()
  const begin = (): void => {
    while (underWay.size < limit) {
      const { value, done } = unbegun.next()
      if (done === true) return
      underWay.set(value[0], step(value[1], value[0]))
    }
  }
  begin()
  while (underWay.size > 0) {
    const { index, next } = await Promise.race(underWay.values())
    const generator = generators[index]
    if (generator !== undefined && next.status === 'fulfilled' && next.value.done !== true) {
      underWay.set(index, step(generator, index))
      yield { index, event: next.value.value }
    } else {
      underWay.delete(index)
      if (next.status === 'rejected') outcomes.set(index, next)
      else if (next.value.done === true) {
        outcomes.set(index, { status: 'fulfilled', value: next.value.value })
      }
      begin()
    }
  }
  return [...outcomes].toSorted(([a], [b]) => a - b).map(([, outcome]) => outcome)
}

async function* retell<Event, Result>(
  generator: AsyncGenerator<Event, Result, void>,
): MergedGenerator<Event, Result> {
  try {
    let coming = generator.next()
    for (;;) {
      const next = await coming
      if (next.done === true) return [{ status: 'fulfilled', value: next.value }]
      coming = generator.next()
      // Its failure is seen when the event has been told.
      coming.catch(() => undefined)
      yield { index: 0, event: next.value }
    }
  } catch (reason) {
    return [{ status: 'rejected', reason }]
  }
}

async function step<Event, Result>(
  generator: AsyncGenerator<Event, Result, void>,
  index: number,
): Promise<Step<Event, Result>> {
  const [next] = await Promise.allSettled([generator.next()])
  return { index, next }
}
