import * as z from 'zod/mini'

/**
 * A schema that never refuses: whatever does not fit is read as `instead`. It says what `z.catch` says, which
 * brings the whole of zod's inner tools into the bundle (it names their namespace, 2.5 KB packed).
 */
export function orElse<Schema extends z.ZodMiniType, const Value>(schema: Schema, instead: Value) {
  return z.union([
    schema,
    z.pipe(
      z.unknown(),
      z.transform(() => instead),
    ),
  ])
}
