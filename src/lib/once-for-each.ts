/**
 * As `once`, for values that differ by a key: each is made when its key is first asked for, and kept. For keys of
 * which there are few: nothing is ever let go.
 */
export function onceForEach<Key, Value>(make: (key: Key) => Value): (key: Key) => Value {
  const made = new Map<Key, Value>()
  return (key) => {
    const known = made.get(key)
    if (known !== undefined) return known
    const value = make(key)
    made.set(key, value)
    return value
  }
}
