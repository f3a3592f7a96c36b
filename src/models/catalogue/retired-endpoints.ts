import { createBoundedMap } from '../../lib/bounded-map.ts'

/** Endpoints that fal has lately answered with 404, so that the next request need not ask again. */
export interface RetiredEndpoints {
  has(endpoint: string): boolean
  add(endpoint: string): void
}

/** An endpoint that comes back is found again after so long. */
const REMEMBERED_MS = 60 * 60_000
/** More than all models with successors; beyond it the oldest is forgotten. */
const MOST_REMEMBERED = 100

/**
 * Lives as long as the isolate; another isolate learns for itself.
 *
 * @param now milliseconds
 */
export function createRetiredEndpoints(now: () => number): RetiredEndpoints {
  const seenAt = createBoundedMap<number>(MOST_REMEMBERED)
  return {
    has(endpoint) {
      const seen = seenAt.get(endpoint)
      return seen !== undefined && now() - seen < REMEMBERED_MS
    },
    add(endpoint) {
      seenAt.set(endpoint, now())
    },
  }
}
