/**
 * A value that is made when it is first asked for, and kept. So are schemas: an isolate's first caller needs a few
 * of a hundred, and zod takes its time to make one.
 */
export function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined
  return () => (made ??= { value: make() }).value
}
