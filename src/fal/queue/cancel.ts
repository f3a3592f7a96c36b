import { callFal, type FalAccess } from '../fal-call.ts'
import type { QueuedRequest } from './queued-request.ts'

/** Of the 30 s that `waitUntil` grants after the caller has gone. */
const CANCEL_TIMEOUT_MS = 10_000

/**
 * Takes a request out of fal's queue. Best effort: one that has begun runs on and is charged.
 *
 * @returns whether fal has taken it out or promised to
 */
export async function cancel(access: FalAccess, request: QueuedRequest): Promise<boolean> {
  try {
    const response = await callFal(access, {
      method: 'PUT',
      url: request.cancelUrl,
      key: request.key.value,
      signal: AbortSignal.timeout(CANCEL_TIMEOUT_MS),
    })
    await response.body?.cancel()
    return response.ok
  } catch {
    return false
  }
}
