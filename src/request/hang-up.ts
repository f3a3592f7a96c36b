/** The caller's hanging up, which a stream's reader can bring about too. */
export interface HangUp {
  readonly signal: AbortSignal
  readonly abort: () => void
  /** Who is told, in this order: a listener at the signal costs as much as a timer. */
  readonly listeners: (() => void)[]
}

/** @param reason what the abort says, whoever brings it about */
export function listenForHangUp({ signal }: Request, reason: string | undefined): HangUp {
  const controller = new AbortController()
  const listeners: (() => void)[] = []
  const abort = (): void => {
    if (controller.signal.aborted) return
    controller.abort(reason)
    for (const listener of listeners) listener()
  }
  if (signal.aborted) abort()
  else signal.addEventListener('abort', abort)
  return { signal: controller.signal, abort, listeners }
}

/** Calls a listener when the caller has gone, at once when it has already. */
export function onAbort({ signal, listeners }: HangUp, listener: () => void): void {
  if (signal.aborted) listener()
  else listeners.push(listener)
}
