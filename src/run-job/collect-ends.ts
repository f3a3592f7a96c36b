import type { Output } from '../job/medium.ts'
import { problemOf, type Problem } from '../job/problem.ts'

type Ends = readonly PromiseSettledResult<Output>[]

/** Why a job's requests cannot all be read just now; undefined: they can. */
export function unreadOf(ends: Ends): Extract<Problem, { kind: 'unreadable' }> | undefined {
  for (const end of ends) {
    const problem = end.status === 'rejected' ? problemOf(end.reason) : undefined
    if (problem?.kind === 'unreadable') return problem
  }
  return undefined
}

/**
 * What a job's requests made. When it was nothing, the reason that may pass is told before one that is final:
 * the images of a request that cannot be read have been paid for.
 *
 * @throws ProblemError as `collect`
 */
export function collectEnds<Made>(ends: Ends, collect: () => Made): Made {
  try {
    return collect()
  } catch (error) {
    const unread = ends.find(
      (end) => end.status === 'rejected' && problemOf(end.reason).kind === 'unreadable',
    )
    throw unread?.status === 'rejected' && unread.reason instanceof Error ? unread.reason : error
  }
}
