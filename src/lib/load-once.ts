/**
 * A value whose code is loaded when it is first asked for. Kept is the value, not the promise of it: what one
 * request waits for, another must not.
 *
 * @param load imports the code, and hands out what makes the value
 */
export function loadOnce<Value>(load: () => Promise<() => Value>): () => Promise<Value> {
  let made: { readonly value: Value } | undefined
  return async () => {
    if (made !== undefined) return made.value
    const make = await load()
    made ??= { value: make() }
    return made.value
  }
}
