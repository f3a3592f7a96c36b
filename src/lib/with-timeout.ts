/** What `within` returns when the time is over first. */
export const TIME_IS_OVER: unique symbol = Symbol('time is over')

/** The promise's value, or `TIME_IS_OVER` after `ms` milliseconds; the promise itself goes on. */
export async function within<Value>(
  promise: Promise<Value>,
  ms: number,
): Promise<Value | typeof TIME_IS_OVER> {
  const { promise: over, resolve } = Promise.withResolvers<typeof TIME_IS_OVER>()
  const timer = setTimeout(
    () => {
      resolve(TIME_IS_OVER)
    },
    Math.max(0, ms),
  )
  try {
    return await Promise.race([promise, over])
  } finally {
    clearTimeout(timer)
  }
}
