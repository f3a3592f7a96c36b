import type { Quantity } from '../job/job.ts'
import type { Order, PlannedWork } from '../job/medium.ts'
import { ProblemError } from '../job/problem.ts'
import type { Account } from '../ports/account.ts'
import type { ReservationOrder } from '../ports/idempotency-store.ts'
import type { JobTools } from '../run-job/job-tools.ts'

type Work = Pick<Order, 'endpoint' | 'quantity' | 'further'>

/** The money of one job, set aside before it is spent. */
export interface BudgetReservation {
  /**
   * Sets it aside now.
   *
   * @throws ProblemError `budget_spent`
   */
  reserve(work: Work): Promise<void>
  /** Leaves it to who submits, because only that one knows whether the job is a new one. */
  plan(work: Work): Promise<void>
  /** What is to be set aside at the submit; undefined: nothing. */
  planned(): ReservationOrder | undefined
  /**
   * It was not submitted there after all: sets aside now what was left to it.
   *
   * @throws ProblemError `budget_spent`
   */
  reservePlanned(): Promise<void>
  /** It has been set aside where the job was submitted, now or by an earlier request. */
  note(reservation: number | undefined): void
  /** What was set aside; undefined: nothing. */
  reservation(): number | undefined
}

/**
 * Set aside for each that is made where nobody can tell the price beforehand, as of endpoints that charge for
 * the seconds they run: more than most images cost. It stays spent for the day when the cost does not become
 * known.
 */
const ASSUMED_USD = 0.1
/** Of a video, where nobody can tell: what the dearest of the day cost at 1080p. */
const ASSUMED_USD_A_SECOND = 0.4
/** Of an image whose endpoint chooses the size and charges by megapixels. */
const ASSUMED_PIXELS = 2_000_000

export function createBudgetReservation(
  account: Account,
  budgetUsd: number,
  { prices, now }: Pick<JobTools, 'prices' | 'now'>,
): BudgetReservation {
  let held: number | undefined
  let planned: ReservationOrder | undefined
  const estimate = async ({ endpoint, quantity }: PlannedWork): Promise<number> => {
    const { count, pixels = ASSUMED_PIXELS, seconds = quantity.atMostSeconds } = quantity
    const wish: Quantity = { ...quantity, pixels, seconds }
    const assumed = count * Math.max(ASSUMED_USD, (seconds ?? 0) * ASSUMED_USD_A_SECOND)
    return (await prices.estimate(endpoint, wish)).usd ?? assumed
  }
  const plan = async (work: Work): Promise<ReservationOrder> => {
    const costs = await Promise.all([work, ...(work.further ?? [])].map(estimate))
    return { usd: costs.reduce((sum, usd) => sum + usd, 0), budgetUsd }
  }
  return {
    async reserve(work) {
      // What the endpoint before would have cost, which did not serve.
      if (held !== undefined) await account.releaseReservation(held)
      held = undefined
      held = await reserve(account, await plan(work), now)
    },
    async plan(work) {
      planned = await plan(work)
    },
    planned: () => planned,
    async reservePlanned() {
      if (planned !== undefined) held = await reserve(account, planned, now)
    },
    note(reservation) {
      held = reservation
    },
    reservation: () => held,
  }
}

/**
 * Sets money aside on a caller's account.
 *
 * @param now milliseconds
 * @throws ProblemError `budget_spent`
 */
export async function reserve(
  account: Account,
  { usd, budgetUsd }: ReservationOrder,
  now: () => number,
): Promise<number> {
  const held = await account.reserve(usd, budgetUsd)
  if (held !== undefined) return held
  throw new ProblemError({ kind: 'budget_spent', budgetUsd, resetsAt: nextMidnight(now()) })
}

const DAY_SECONDS = 24 * 3600

/** UTC, in seconds since 1970. */
function nextMidnight(ms: number): number {
  return (Math.floor(ms / 1000 / DAY_SECONDS) + 1) * DAY_SECONDS
}
