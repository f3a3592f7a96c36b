import type { Quantity } from '../job/job.ts'
import { ProblemError } from '../job/problem.ts'
import type { Account } from '../ports/account.ts'
import type { JobTools } from '../run-job/job-tools.ts'

/** The money of one job, set aside before it is spent. */
export interface BudgetReservation {
  /** @throws ProblemError `budget_spent` */
  readonly reserve: NonNullable<JobTools['reserve']>
  /** What was set aside; undefined: nothing. */
  reservation(): number | undefined
}

/**
 * Set aside for each that is made where nobody can tell the price beforehand, as of endpoints that charge for
 * the seconds they run: more than most images cost. It stays spent for the day when the cost does not become
 * known.
 */
const ASSUMED_USD = 0.1
/** Of an image whose endpoint chooses the size and charges by megapixels. */
const ASSUMED_PIXELS = 2_000_000

export function createBudgetReservation(
  account: Account,
  budgetUsd: number,
  { prices, now }: Pick<JobTools, 'prices' | 'now'>,
): BudgetReservation {
  let held: number | undefined
  return {
    async reserve({ endpoint, quantity }) {
      // What the endpoint before would have cost, which did not serve.
      if (held !== undefined) await account.releaseReservation(held)
      const wish: Quantity = { ...quantity, pixels: quantity.pixels ?? ASSUMED_PIXELS }
      const estimate = await prices.estimateUsd(endpoint, wish)
      held = await account.reserve(estimate ?? quantity.count * ASSUMED_USD, budgetUsd)
      if (held !== undefined) return
      throw new ProblemError({ kind: 'budget_spent', budgetUsd, resetsAt: nextMidnight(now()) })
    },
    reservation: () => held,
  }
}

const DAY_SECONDS = 24 * 3600

/** UTC, in seconds since 1970. */
function nextMidnight(ms: number): number {
  return (Math.floor(ms / 1000 / DAY_SECONDS) + 1) * DAY_SECONDS
}
