/** What `withTimeout` returns when the time is over first. */
export const TIMED_OUT: unique symbol = Symbol('time is over')

/** The promise's value, or `TIMED_OUT` after `ms` milliseconds; the promise itself goes on. */
export async function withTimeout<Value>(
  promise: Promise<Value>,
  ms: number,
): Promise<Value | typeof TIMED_OUT> {
  const { promise: over, resolve } = Promise.withResolvers<typeof TIMED_OUT>()
  const timer = setTimeout(
    () => {
      resolve(TIMED_OUT)
    },
    Math.max(0, ms),
  )
  try {
    return await Promise.race([promise, over])
  } finally {
    clearTimeout(timer)
  }
}
