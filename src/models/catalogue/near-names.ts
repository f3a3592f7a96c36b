/** At most so many suggestions: more is a list, not a hint. */
const SUGGESTIONS = 3

/** Below this two names have nothing to do with each other. */
const LEAST_LIKENESS = 0.2

/** The names nearest to a mistyped one, nearest first, at most three. */
export function nearNames(wanted: string, names: readonly string[]): readonly string[] {
  const plain = toPlain(wanted)
  return names
    .map((name) => ({ name, likeness: likeness(plain, toPlain(name)) }))
    .filter(({ likeness: value }) => value > LEAST_LIKENESS)
    .toSorted((a, b) => b.likeness - a.likeness)
    .slice(0, SUGGESTIONS)
    .map(({ name }) => name)
}

/** Letters and digits, without the owner of an endpoint id; enough of a long name to compare by. */
function toPlain(name: string): string {
  return name
    .slice(0, 100)
    .toLowerCase()
    .replace(/^[\w-]+\/(?=.)/, '')
    .replaceAll(/[^a-z0-9]+/g, '')
}

/**
 * Dice's coefficient of the pairs of neighbouring letters (twice the shared ones over all), and half as much
 * again for the same beginning: `imagen5` is a slip of `imagen4`, not of `qwen-image`.
 */
function likeness(a: string, b: string): number {
  const [ours, theirs] = [pairsOf(a), pairsOf(b)]
  if (ours.size + theirs.size === 0) return 0
  const shared = [...ours].filter((pair) => theirs.has(pair)).length
  const start = Array.from(a).findIndex((letter, at) => letter !== b[at])
  const same = start === -1 ? a.length : start
  return (2 * shared) / (ours.size + theirs.size) + same / (2 * Math.max(a.length, b.length))
}

function pairsOf(plain: string): ReadonlySet<string> {
  return new Set(
    Array.from({ length: Math.max(0, plain.length - 1) }, (_, at) => plain.slice(at, at + 2)),
  )
}
