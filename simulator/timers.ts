type Stop = () => void

export interface Timers {
  /** Runs the task after that many milliseconds; 0 means as soon as the current work is done. */
  after(milliseconds: number, task: () => void): Stop
  every(milliseconds: number, task: () => void): Stop
  /** Never ends when the simulator closes before. */
  readonly pause: (milliseconds: number) => Promise<void>
  stopAll(): void
}

function schedule(milliseconds: number, run: () => void): Stop {
  if (milliseconds <= 0) {
    const immediate = setImmediate(run)
    return () => clearImmediate(immediate)
  }
  const timeout = setTimeout(run, milliseconds)
  return () => clearTimeout(timeout)
}

/** All clocks of one simulator, so that closing it leaves none behind. */
export function createTimers(): Timers {
  const running = new Set<Stop>()
  const keep = (stop: Stop): Stop => {
    const forget = () => {
      running.delete(forget)
      stop()
    }
    running.add(forget)
    return forget
  }
  const after: Timers['after'] = (milliseconds, task) => {
    const run = () => {
      stop()
      task()
    }
    const stop = keep(schedule(milliseconds, run))
    return stop
  }
  return {
    after,
    pause: (milliseconds) => new Promise((resolve) => void after(milliseconds, resolve)),
    every(milliseconds, task) {
      const interval = setInterval(task, milliseconds)
      return keep(() => clearInterval(interval))
    },
    stopAll() {
      for (const stop of running) stop()
    },
  }
}
