import { invalidRequest } from '../job/problem.ts'

/** A field, and what it says; undefined: nothing. */
export type Saying<Value> = readonly [field: string, value: Value | undefined]

/**
 * What fields say that stand for one thing. Of two that differ one would go unused, and nobody would be told.
 *
 * @throws ProblemError `invalid_request` that names both
 */
export function agreed<Value>(
  sayings: readonly Saying<Value>[],
  keyOf: (value: Value) => unknown = (value) => value,
): Value | undefined {
  let first: readonly [string, Value] | undefined
  for (const [field, value] of sayings) {
    if (value === undefined) continue
    first ??= [field, value]
    const [word, meant] = first
    if (keyOf(value) === keyOf(meant)) continue
    throw invalidRequest(
      field,
      word === field
        ? `'${field}' takes one, not several: send one of them.`
        : `'${word}' and '${field}' stand for the same and differ: send one of them.`,
    )
  }
  return first?.[1]
}
