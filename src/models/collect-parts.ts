import type { Output } from '../job/medium.ts'
import { ProblemError, problemOf } from '../job/problem.ts'

/** What one request of a job says beside what it made. */
interface PartFacts {
  readonly seed: string | undefined
  readonly revisedPrompt: string | undefined
  /** How many fal's filter took out of it; absent: the endpoint has none, or does not say. */
  readonly flagged?: number
}

/** What all of a job's requests made. */
interface Collected<Item> {
  /** In order. */
  readonly items: readonly Item[]
  readonly seed: string | undefined
  readonly revisedPrompt: string | undefined
  readonly adjusted: readonly string[]
}

/** How a request ended for the medium: an output that cannot be read is a failure too. */
export function readEnd<Part>(
  end: PromiseSettledResult<Output>,
  read: (body: unknown, text: string) => Part,
): PromiseSettledResult<Part> {
  if (end.status === 'rejected') return end
  try {
    return { status: 'fulfilled', value: read(end.value.body, end.value.text) }
  } catch (reason) {
    return { status: 'rejected', reason }
  }
}

/**
 * Puts together what a job's requests made, in order. What was made is paid for, so it is returned even when
 * others failed; what is missing is named in `adjusted`.
 *
 * @param count how many were asked
 * @throws ProblemError the first request's failure, when none made anything
 */
export function collectParts<Item, Part extends PartFacts>(
  ends: readonly PromiseSettledResult<Part>[],
  count: number,
  itemsOf: (part: Part) => readonly Item[],
): Collected<Item> {
  const made = ends.flatMap((end) => (end.status === 'fulfilled' ? [end.value] : []))
  const failed = ends.flatMap((end) => (end.status === 'rejected' ? [end] : []))
  const [first] = made
  if (first === undefined) {
    const reason: unknown = failed[0]?.reason
    throw reason instanceof Error ? reason : new ProblemError({ kind: 'internal' })
  }
  const items = made.flatMap(itemsOf)
  const reasons = new Set([
    ...failed.map(({ reason }) => problemOf(reason).kind),
    ...(made.some(({ flagged = 0 }) => flagged > 0) ? ['flagged'] : []),
  ])
  const why = reasons.size === 0 ? '' : `:${[...reasons].join('+')}`
  return {
    items,
    seed: first.seed,
    revisedPrompt: first.revisedPrompt,
    adjusted: items.length < count ? [`n=${count}->${items.length}${why}`] : [],
  }
}
