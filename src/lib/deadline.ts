/** A signal that aborts by itself, unless it is lifted first. */
export interface Deadline {
  readonly signal: AbortSignal
  /** Lets go of the timer. */
  lift(): void
}

/**
 * @param ms until the signal aborts, in milliseconds
 * @param reason what every wait on the signal throws then
 */
export function createDeadline(ms: number, reason: Error): Deadline {
  const controller = new AbortController()
  const timer = setTimeout(() => {
    controller.abort(reason)
  }, ms)
  return {
    signal: controller.signal,
    lift: () => {
      clearTimeout(timer)
    },
  }
}
