import type { Charge } from '../fal/queue/result.ts'
import { problemOf } from '../job/problem.ts'
import { roundUsd } from '../lib/usd.ts'
import type { JobTools } from './job-tools.ts'

/** A request that may be charged; undefined: fal has not said what it charges. */
export interface Charged {
  readonly charge: Charge | undefined
}

/** What requests cost together in USD; undefined: not known of each of them. */
export function costOf(
  requests: readonly Charged[],
  { prices }: Pick<JobTools, 'prices'>,
): number | undefined {
  const costs = requests.map(({ charge }) => charge && prices.costUsd(charge))
  return costs.every((cost) => cost !== undefined)
    ? roundUsd(costs.reduce((sum, cost) => sum + cost, 0))
    : undefined
}

/** fal's billable units of requests to one endpoint; undefined: not known of each of them. */
export function unitsOf(requests: readonly Charged[]): number | undefined {
  const units = requests.map(({ charge }) => charge?.units)
  return units.every((one) => one !== undefined)
    ? units.reduce((sum, one) => sum + one, 0)
    : undefined
}

/** Submits whose answers were lost: fal may have taken them, and what they cost is never known. */
export function toLost(refused: readonly PromiseRejectedResult[]): readonly Charged[] {
  return refused.flatMap(({ reason }) => (isLost(reason) ? [{ charge: undefined }] : []))
}

/** Whether a submit's answer was lost. */
export function isLost(error: unknown): boolean {
  const problem = problemOf(error)
  return problem.kind === 'upstream_failed' && problem.charged === 'unknown'
}
