import { useLayoutEffect, useState } from 'preact/hooks'

/** A value that parts of the page watch. */
export interface Store<Value> {
  readonly get: () => Value
  set(value: Value): void
  /** Sets what is made of the old value. */
  change(make: (old: Value) => Value): void
  /** @returns what ends the watching */
  readonly watch: (told: () => void) => () => void
}

export function createStore<Value>(first: Value): Store<Value> {
  let value = first
  const watchers = new Set<() => void>()
  const set = (next: Value): void => {
    if (Object.is(next, value)) return
    value = next
    for (const told of watchers) told()
  }
  return {
    get: () => value,
    set,
    change(make) {
      set(make(value))
    },
    watch(told) {
      watchers.add(told)
      return () => watchers.delete(told)
    },
  }
}

/** The value of a store, drawn anew whenever it changes. */
export function useStore<Value>(store: Store<Value>): Value {
  const [, redraw] = useState({})
  const drawn = store.get()
  // As `useSyncExternalStore` of preact/compat does, which would also change how every field of a form is drawn:
  // what has changed between the drawing and the watching is drawn anew.
  useLayoutEffect(() => {
    const end = store.watch(() => redraw({}))
    if (!Object.is(store.get(), drawn)) redraw({})
    return end
  }, [store])
  return drawn
}
