import { mayBeTaken, type Problem } from '../job/problem.ts'
import type { FoundPart, Taken, TakenPart } from '../ports/idempotency-store.ts'

/** The submit's answer never came: fal may have the job, but nobody knows its id. */
export const OUTCOME_LOST: Problem = {
  kind: 'upstream_failed',
  charged: 'unknown',
  reason: 'the answer to the submit was lost',
}

const LOST: TakenPart = { refused: OUTCOME_LOST }

/** What fal has taken, with a request that fal has told of; undefined: that is no news. */
export function withFound(
  taken: Taken | undefined,
  { endpoint, keyFingerprint, parts: count, part, index }: Omit<FoundPart, 'request' | 'ok'>,
): Taken | undefined {
  const parts = taken?.parts ?? Array.from({ length: count }, () => LOST)
  if (parts.some((one) => 'part' in one && one.part.requestId === part.requestId)) return undefined
  const place = index ?? parts.findIndex(isLost)
  const there = parts[place]
  if (there === undefined || 'part' in there) return undefined
  return { endpoint, keyFingerprint, ...taken, parts: parts.with(place, { part }) }
}

/** What the submit says was taken; what fal told of before stays as it may have been given out. */
export function withKnown(taken: Taken, known: Taken | undefined): Taken {
  const parts = taken.parts.map((one, index) => {
    const found = known?.parts[index]
    return found !== undefined && 'part' in found ? found : one
  })
  return { ...taken, parts }
}

/** Whether fal may have requests of it that nobody knows. */
export function isIncomplete({ parts }: Taken): boolean {
  return parts.some(isLost)
}

function isLost(one: TakenPart): boolean {
  return 'refused' in one && mayBeTaken(one.refused)
}
