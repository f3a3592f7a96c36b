/** The caller's hanging up, which a stream's reader can bring about too. */
export interface HangUp {
  readonly signal: AbortSignal
  readonly abort: () => void
}

/** @param reason what the abort says, whoever brings it about */
export function listenForHangUp({ signal }: Request, reason: string | undefined): HangUp {
  const controller = new AbortController()
  const abort = (): void => {
    controller.abort(reason)
  }
  if (signal.aborted) abort()
  else signal.addEventListener('abort', abort)
  return { signal: controller.signal, abort }
}

/** Calls a listener when the caller has gone, at once when it has already. */
export function onAbort({ signal }: HangUp, listener: () => void): void {
  if (signal.aborted) listener()
  else signal.addEventListener('abort', listener)
}
