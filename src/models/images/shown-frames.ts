/** Chooses among unfinished images while they come, not knowing how many there will be. */
export interface ShownFrames<Frame> {
  /** Takes the next one; returns the one that is to be shown now; undefined: none. */
  add(frame: Frame): Frame | undefined
  /** Those to be shown when there are no more. */
  rest(): readonly Frame[]
}

/** Sooner after each other nobody can look at them; doubled each time, as later ones differ less. */
const FIRST_GAP_MS = 1000

/**
 * As many frames as are wanted, or all when there are fewer. Some models send one a step, dozens in a second,
 * others three in half a minute: so they are spread over the time, and for every place that is left one of the
 * latest is kept, to fill it when the end comes.
 *
 * @param wanted 1 to 3
 * @param now milliseconds
 */
export function createShownFrames<Frame>(wanted: number, now: () => number): ShownFrames<Frame> {
  let waiting: readonly Frame[] = []
  let places = wanted
  let gap = FIRST_GAP_MS
  // The first frame is noise: the better only one comes later.
  let dueAt = now() + (wanted === 1 ? gap : 0)
  return {
    add(frame) {
      if (places === 0) return undefined
      waiting = [...waiting, frame].slice(-places)
      if (now() < dueAt) return undefined
      dueAt = now() + gap
      gap *= 2
      places -= 1
      const [shown, ...later] = waiting
      waiting = later
      return shown
    },
    rest: () => waiting,
  }
}
