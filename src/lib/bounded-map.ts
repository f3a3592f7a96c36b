/** A map that forgets what was written first when it has more entries than it may. */
export interface BoundedMap<Value> {
  readonly size: number
  get(key: string): Value | undefined
  /** What was there under the key counts as written anew. */
  set(key: string, value: Value): void
  delete(key: string): void
  entries(): IterableIterator<[string, Value]>
}

export function createBoundedMap<Value>(most: number): BoundedMap<Value> {
  const map = new Map<string, Value>()
  return {
    get size() {
      return map.size
    },
    get: (key) => map.get(key),
    set(key, value) {
      map.delete(key)
      map.set(key, value)
      const [oldest] = map.keys()
      if (map.size > most && oldest !== undefined) map.delete(oldest)
    },
    delete(key) {
      map.delete(key)
    },
    entries: () => map.entries(),
  }
}
