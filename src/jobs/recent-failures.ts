import type { JobClaims } from '../job/job-claims.ts'
import type { BaseJob } from '../job/job.ts'
import { mayBeTaken, ProblemError, problemOf, type Problem } from '../job/problem.ts'
import { createBoundedMap } from '../lib/bounded-map.ts'
import { sha256 } from '../lib/bytes/sha256.ts'
import { createLeavers } from './leavers.ts'

/** What is left of a job: where it is, or why nobody knows. */
interface LeftJob {
  left: { readonly claims: JobClaims } | { readonly problem: Problem; readonly request: string }
  /** In milliseconds. */
  readonly until: number
  /** Whether a request is being served by it. */
  isUsed: boolean
}

/**
 * Jobs that may be paid for and gave their callers nothing, for a moment. The AI SDK, LangChain and others
 * send such a request again whatever the answer says, and do not say that it is a repeat: without this each
 * of them would be a new job. It is the isolate's memory, so it is only ever a hint.
 */
export interface RecentFailures {
  /**
   * The caller has left, and it is not known yet what of the job is left: an equal request that comes meanwhile
   * waits for that.
   *
   * @param ended when nothing of the request is at work any more
   */
  leaving(wish: Wish, ended: Promise<void>): void
  /** @param claims where the job is; undefined: fal has not said that it took it */
  note(wish: Wish, failure: Failure): Promise<void>
  /**
   * Of several equal requests each left its own: one that serves no other goes first.
   *
   * @returns where the job is that an equal request left behind; undefined when none has failed just now
   * @throws ProblemError the failure of one that fal may have taken, and has not told yet where it is
   */
  find(wish: Wish): Promise<JobClaims | undefined>
  /** A repeat has been answered by a job: an equal request is somebody who wants another. */
  forget(claims: JobClaims): void
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
  /** The random name of the request that failed. */
  readonly request: string
}

/**
 * The AI SDK comes back after 2 and 4 s, LangChain after 1, 2, 4 and 8 s. Not longer, because somebody who
 * asks again by hand wants a new job in place of one that failed for good.
 */
const KEEP_MS = 20_000
const MOST = 200

/** What recent failures are remembered with. */
interface FailureMemory {
  /** Milliseconds. */
  readonly now: () => number
  /** What names the bytes at an address that is another at each upload; undefined: the address does. */
  readonly nameOf: (url: string) => string | undefined
  /** What fal has told of a request whose submit was not answered; undefined: nothing yet. */
  readonly toldOf: (callerName: string, request: string) => Promise<JobClaims | undefined>
}

export function createRecentFailures({ now, nameOf, toldOf }: FailureMemory): RecentFailures {
  const remembered = createBoundedMap<readonly LeftJob[]>(MOST)
  const keep = (key: string, jobs: readonly LeftJob[]): void => {
    if (jobs.length > 0) remembered.set(key, jobs)
    else remembered.delete(key)
  }
  const tidy = (): void => {
    for (const [key, jobs] of remembered.entries()) {
      const living = jobs.filter(({ until }) => until > now())
      if (living.length < jobs.length) keep(key, living)
    }
  }
  const leavers = createLeavers(MOST)
  return {
    leaving(wish, ended) {
      leavers.add(keyOf(wish, nameOf), ended)
    },
    async note(wish, failure) {
      const left = toLeft(failure)
      if (left === undefined) return
      const key = await keyOf(wish, nameOf)
      tidy()
      const jobs = remembered.get(key) ?? []
      const known = jobs.find((job) => isSame(job.left, left))
      // From the first failure on: a repeat that fails as well must not keep it for ever.
      if (known !== undefined) known.isUsed = false
      else keep(key, [...jobs, { left, until: now() + KEEP_MS, isUsed: false }])
    },
    async find(wish) {
      // Nearly always there is none, and the request need not be hashed.
      if (remembered.size === 0 && leavers.isEmpty()) return undefined
      const key = await keyOf(wish, nameOf)
      await leavers.wait(key)
      tidy()
      const jobs = remembered.get(key)
      for (const job of jobs ?? []) {
        if ('claims' in job.left) continue
        const claims = await toldOf(wish.caller, job.left.request).catch(() => undefined)
        if (claims !== undefined) job.left = { claims }
      }
      const [next] = (jobs ?? []).toSorted((one, other) => rankOf(one) - rankOf(other))
      if (next === undefined) return undefined
      if ('problem' in next.left) throw new ProblemError(next.left.problem)
      next.isUsed = true
      return next.left.claims
    },
    forget(claims) {
      for (const [key, jobs] of remembered.entries()) {
        const others = jobs.filter(({ left }) => !isSame(left, { claims }))
        if (others.length < jobs.length) keep(key, others)
      }
    },
  }
}

/** What serves nobody first, what nobody knows where it is last. */
function rankOf({ left, isUsed }: LeftJob): number {
  if ('problem' in left) return 2
  return isUsed ? 1 : 0
}

function isSame(one: LeftJob['left'], other: LeftJob['left']): boolean {
  const idsOf = (left: LeftJob['left']): string =>
    'claims' in left ? left.claims.parts.map(({ requestId }) => requestId).join(' ') : left.request
  return idsOf(one) === idsOf(other)
}

/** @returns undefined: nothing that could be paid for twice */
function toLeft({ error, claims, request }: Failure): LeftJob['left'] | undefined {
  const problem = problemOf(error)
  const goesOn = mayBeTaken(problem) || problem.kind === 'timed_out'
  // A job of no parts was made on one connection, and cannot be found again.
  if (goesOn && claims !== undefined && claims.parts.length > 0) return { claims }
  // Who left before fal answered has heard of no failure.
  return problem.kind === 'upstream_failed' && problem.charged !== 'no'
    ? { problem, request }
    : undefined
}

async function keyOf(
  { caller, medium, job }: Wish,
  nameOf: (url: string) => string | undefined,
): Promise<string> {
  const toName = (_: string, value: unknown): unknown =>
    typeof value === 'string' ? (nameOf(value) ?? value) : value
  return (await sha256(JSON.stringify([caller, medium, job], toName))).toHex()
}
