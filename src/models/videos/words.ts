/** `5`, `"5"`, `"8s"` and `"8 seconds"` are so many seconds; undefined: it names no length. */
export function secondsOf(value: string | number): number | undefined {
  if (typeof value === 'number') return value
  const match = /^(\d+(?:\.\d+)?)\s*(?:s|seconds?)?$/i.exec(value.trim())
  return match === null ? undefined : Number(match[1])
}

/**
 * The step of a list that is nearest to a wish without being dearer: the greatest that is not above it, else
 * the least of all.
 *
 * @param slack how much above it still counts as met: 704 lines are 720p to people
 */
export function notDearer<Step>(
  steps: readonly Step[],
  valueOf: (step: Step) => number,
  wish: number,
  slack = 1,
): Step | undefined {
  const ordered = steps.toSorted((a, b) => valueOf(a) - valueOf(b))
  return ordered.findLast((step) => valueOf(step) <= wish * slack) ?? ordered[0]
}
