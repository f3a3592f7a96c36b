import type { JobClaims } from '../job/job-claims.ts'
import type { BaseJob } from '../job/job.ts'
import { mayBeTaken, ProblemError, problemOf, type Problem } from '../job/problem.ts'
import { createBoundedMap } from '../lib/bounded-map.ts'
import { sha256 } from '../lib/sha256.ts'

/** What is left of a job: where it is, or why nobody knows. */
type LeftJob = { readonly claims: JobClaims } | { readonly problem: Problem }

/**
 * Jobs that may be paid for and gave their callers nothing, for a moment. The AI SDK, LangChain and others
 * send such a request again whatever the answer says, and do not say that it is a repeat: without this each
 * of them would be a new job. It is the isolate's memory, so it is only ever a hint.
 */
export interface RecentFailures {
  /** @param claims where the job is; undefined: fal has not said that it took it */
  note(wish: Wish, failure: Failure): Promise<void>
  /**
   * @returns where the job is that an equal request left behind; undefined when none has failed just now
   * @throws ProblemError the failure of one that fal may have taken without a word of where it is
   */
  find(wish: Wish): Promise<JobClaims | undefined>
  /** A repeat has been answered: an equal request is somebody who wants another. */
  forget(wish: Wish): Promise<void>
}

/** Who asked for what. */
interface Wish {
  readonly caller: string
  readonly medium: string
  readonly job: BaseJob
}

interface Failure {
  readonly error: unknown
  readonly claims: JobClaims | undefined
}

/**
 * The AI SDK comes back after 2 and 4 s, LangChain after 1, 2, 4 and 8 s. Not longer, because somebody who
 * asks again by hand wants a new job in place of one that failed for good.
 */
const KEEP_MS = 20_000
const MOST = 200

/** @param now milliseconds */
export function createRecentFailures(now: () => number): RecentFailures {
  const remembered = createBoundedMap<{ readonly left: LeftJob; readonly until: number }>(MOST)
  const tidy = (): void => {
    for (const [key, { until }] of remembered.entries()) if (until <= now()) remembered.delete(key)
  }
  return {
    async note(wish, { error, claims }) {
      const problem = problemOf(error)
      const left = toLeft(problem, claims)
      if (left === undefined) return
      const key = await keyOf(wish)
      tidy()
      // From the first failure on: a repeat that fails as well must not keep it for ever.
      if (remembered.get(key) !== undefined) return
      remembered.set(key, { left, until: now() + KEEP_MS })
    },
    async find(wish) {
      tidy()
      // Nearly always there is none, and the request need not be hashed.
      const left = remembered.size === 0 ? undefined : remembered.get(await keyOf(wish))?.left
      if (left === undefined || 'claims' in left) return left?.claims
      throw new ProblemError(left.problem)
    },
    async forget(wish) {
      if (remembered.size > 0) remembered.delete(await keyOf(wish))
    },
  }
}

/** @returns undefined: nothing that could be paid for twice */
function toLeft(problem: Problem, claims: JobClaims | undefined): LeftJob | undefined {
  const goesOn = mayBeTaken(problem) || problem.kind === 'timed_out'
  // A job of no parts was made on one connection, and cannot be found again.
  if (goesOn && claims !== undefined && claims.parts.length > 0) return { claims }
  // Who left before fal answered has heard of no failure.
  return problem.kind === 'upstream_failed' && problem.charged !== 'no' ? { problem } : undefined
}

async function keyOf({ caller, medium, job }: Wish): Promise<string> {
  return (await sha256(JSON.stringify([caller, medium, job]))).toHex()
}
