/** Tells when nothing was heard for so long. */
export interface IdleTimer {
  /** Something was heard: the time begins anew. */
  readonly heard: () => void
  /** Begins anew after a silence. */
  again(): void
  /** Lets go of the timer. */
  stop(): void
}

/**
 * One timer, however often is heard: it looks when the time may be over, not at every word.
 *
 * @param ms the longest silence, in milliseconds
 */
export function createIdleTimer(ms: number, onSilence: () => void): IdleTimer {
  let heardAt = Date.now()
  const look = (): void => {
    const left = heardAt + ms - Date.now()
    if (left <= 0) onSilence()
    else timer = setTimeout(look, left)
  }
  let timer = setTimeout(look, ms)
  return {
    heard() {
      heardAt = Date.now()
    },
    again() {
      heardAt = Date.now()
      timer = setTimeout(look, ms)
    },
    stop() {
      clearTimeout(timer)
    },
  }
}
