/** A signal that aborts by itself, unless it is lifted first. */
export interface Deadline {
  readonly signal: AbortSignal
  /** Lets go of the timer. */
  lift(): void
}

/**
 * @param ms until the signal aborts, in milliseconds
 * @param toReason what every wait on the signal throws then; an error is dear, and most are never needed
 */
export function createDeadline(ms: number, toReason: () => Error): Deadline {
  const controller = new AbortController()
  const timer = setTimeout(() => {
    controller.abort(toReason())
  }, ms)
  return {
    signal: controller.signal,
    lift: () => {
      clearTimeout(timer)
    },
  }
}
