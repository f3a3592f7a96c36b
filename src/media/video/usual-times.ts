import type { FoundJob } from '../../job/found-job.ts'
import { createBoundedMap } from '../../lib/bounded-map.ts'

/** A look at a job. */
interface Look {
  readonly jobId: string
  readonly endpoint: string
  readonly status: FoundJob<unknown>['status']
  /** Seconds since 1970, both. */
  readonly createdAt: number
  readonly nowSeconds: number
}

/** How long endpoints usually take, as far as somebody has watched. */
export interface UsualTimes {
  saw(look: Look): void
  /** From an order to its end, in seconds; undefined: nobody has watched one. */
  of(endpoint: string): number | undefined
}

/** Who looks that seldom has not seen when it ended. */
const MOST_BETWEEN_LOOKS_SECONDS = 30
const MOST_WATCHED = 500
const MOST_ENDPOINTS = 500
/** The latest: endpoints become faster and slower. */
const MOST_TIMES = 7

/** Remembers as long as the isolate lives. */
export function createUsualTimes(): UsualTimes {
  /** When those under way were looked at last. */
  const watched = createBoundedMap<number>(MOST_WATCHED)
  const times = createBoundedMap<readonly number[]>(MOST_ENDPOINTS)
  return {
    saw({ jobId, endpoint, status, createdAt, nowSeconds }) {
      const last = watched.get(jobId)
      watched.delete(jobId)
      if (status === 'queued' || status === 'in_progress') {
        watched.set(jobId, nowSeconds)
      } else if (
        status === 'completed' &&
        last !== undefined &&
        nowSeconds - last <= MOST_BETWEEN_LOOKS_SECONDS
      ) {
        const known = times.get(endpoint) ?? []
        const latest = [...known, Math.max(1, nowSeconds - createdAt)].slice(-MOST_TIMES)
        times.set(endpoint, latest)
      }
    },
    of(endpoint) {
      const known = times.get(endpoint)?.toSorted((one, other) => one - other)
      return known?.[Math.floor(known.length / 2)]
    },
  }
}
