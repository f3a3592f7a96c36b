/** How soon after its parent a program ends. */
const LOOK_MS = 500

/**
 * Ends a program when whoever started it is gone. npm runs scripts through a shell that hands no signal on,
 * so ending npm would leave the program behind.
 *
 * @param end what to do then
 */
export function endWithParent(end: () => void): void {
  const parent = process.ppid
  const timer = setInterval(() => {
    if (process.ppid !== parent) end()
  }, LOOK_MS)
  timer.unref()
}
