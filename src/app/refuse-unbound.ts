import { ProblemError } from '../job/problem.ts'
import type { Settings } from '../settings/read-settings.ts'
import type { World } from './world.ts'

/**
 * What is set must be bound as well.
 *
 * @throws ProblemError `not_configured`
 */
export function refuseUnbound(
  settings: Settings,
  { limits, bucket }: Pick<World, 'limits' | 'bucket'>,
): void {
  if (limits.admission === undefined) refuseLimits(settings)
  if (settings.imageUrls === 'r2' && bucket === undefined) {
    throw notConfigured(
      'IMAGE_URLS is wrong (r2 needs an R2 bucket, bound as IMAGES_BUCKET; proxy needs none)',
    )
  }
}

/** A limit that nobody keeps is worse than none: its owner would rely on it. */
function refuseLimits({ accessKeys }: Settings): void {
  const limited = accessKeys.find(
    ({ requestsPerMinute, budgetUsd }) => (requestsPerMinute ?? budgetUsd) !== undefined,
  )
  if (limited === undefined) return
  const field = limited.budgetUsd === undefined ? 'requests_per_minute' : 'budget_usd'
  throw notConfigured(
    `ACCESS_KEYS is wrong (at "${limited.name}.${field}": it needs the binding LEDGER, which counts)`,
  )
}

function notConfigured(fault: string): ProblemError {
  const message = `This gateway is not configured: its variable ${fault}.`
  return new ProblemError({ kind: 'not_configured', message })
}
