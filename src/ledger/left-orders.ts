import type { OrderRow } from './order-rows.ts'

/**
 * So long after a caller has gone its job is kept for a repeat of the request. The official clients wait
 * 0.5 to 8 s before they try again (openai-node, `calculateDefaultRetryTimeoutMillis`).
 */
const GRACE_MS = 10_000

/** From when on nobody comes back for an order; never: somebody waits for it, or it is to be kept. */
export function forsakenAt({ tries, state, taken }: OrderRow): number {
  const isLeft = tries.length > 0 && tries.every(({ end }) => end === 'left')
  if (!isLeft || state !== undefined || taken === undefined) return Infinity
  return Math.max(...tries.map(({ endedAt }) => endedAt)) + GRACE_MS
}

/** When an order is to be looked at again. */
export function nextLookAt(row: OrderRow): number {
  return Math.min(forsakenAt(row), row.expiresAt)
}
