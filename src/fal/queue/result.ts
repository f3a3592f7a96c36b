import { ProblemError, type Problem } from '../../job/problem.ts'
import { parseJson } from '../../lib/json.ts'
import { delay } from '../../lib/time/delay.ts'
import { readFalFailure, toProblem, type FalFailure } from '../failure.ts'
import { callFal, type FalAccess } from '../fal-call.ts'
import type { QueuedRequest } from './queued-request.ts'

/** What fal charges for one request, as its result says. */
export interface Charge {
  readonly endpoint: string
  /** The endpoint whose price holds, where that is another one. */
  readonly billedAs: string | undefined
  /** In the unit of the price; 0: nothing is charged. */
  readonly units: number
}

/** What the model returned. */
export interface FalResult {
  readonly body: unknown
  readonly text: string
}

/** Reads cost nothing, so they are repeated; a lost connection mends itself within so many tries. */
const ATTEMPTS = 4
const FIRST_PAUSE_MS = 250
const SLOWEST_PAUSE_MS = 2000
/** The longest one reading of a result may take; endpoints that answer with data URIs send megabytes. */
const RESULT_TIMEOUT_MS = 60_000

/**
 * Fetches what a finished request returned. The HTTP status and body are the model's own: here is where a
 * refusal or a bad input shows.
 *
 * @param note is told what fal charges, of a failure too; not called: fal did not say
 * @throws ProblemError with the model's failure; the signal's reason when it aborts
 */
export async function fetchResult(
  access: FalAccess,
  request: QueuedRequest,
  signal: AbortSignal,
  note: (charge: Charge) => void,
): Promise<FalResult> {
  let pause = FIRST_PAUSE_MS
  let failures = 0
  for (;;) {
    const outcome = await tryFetch(access, request, { signal, note })
    if ('text' in outcome) return outcome
    // Seen right after COMPLETED: the result is not stored yet. The deadline is the signal's.
    if (outcome.kind !== 'not_yet') failures += 1
    if (failures >= ATTEMPTS) throw new ProblemError(lost)
    await delay(pause, signal)
    pause = Math.min(pause * 2, SLOWEST_PAUSE_MS)
  }
}

const lost: Problem = {
  kind: 'unreadable',
  reason: 'the result could not be read',
  isLookUp: false,
}

/**
 * Not the model's word but that of something in between: asking again may help. What the model says has its
 * complaints, its type, or what is charged for it.
 */
function isPassing({ status, details, errorType }: FalFailure, hasCharge: boolean): boolean {
  const ofModel = details.length > 0 || errorType !== undefined || hasCharge
  return status === 429 || (status >= 500 && !ofModel)
}

/** fal API reference §3: the units stand on results only. */
function readCharge(headers: Headers, endpoint: string): Charge | undefined {
  const units = headers.get('x-fal-billable-units')
  if (units === null || !/^\d+(?:\.\d+)?$/.test(units.trim())) return undefined
  return { endpoint, billedAs: headers.get('x-fal-bill-as') ?? undefined, units: Number(units) }
}

async function tryFetch(
  access: FalAccess,
  request: QueuedRequest,
  { signal, note }: { readonly signal: AbortSignal; readonly note: (charge: Charge) => void },
): Promise<FalResult | { readonly kind: 'not_yet' | 'unreadable' }> {
  try {
    const response = await callFal(access, {
      method: 'GET',
      url: request.responseUrl,
      key: request.key.value,
      signal: AbortSignal.any([signal, AbortSignal.timeout(RESULT_TIMEOUT_MS)]),
    })
    const charge = readCharge(response.headers, request.endpoint)
    if (charge !== undefined) note(charge)
    const text = await response.text()
    if (response.ok) {
      const body = parseJson(text)
      return body === undefined ? { kind: 'unreadable' } : { body, text }
    }
    const failure = readFalFailure(response.status, response.headers, text)
    if (response.status === 400 && /still in progress/i.test(failure.detail ?? '')) {
      return { kind: 'not_yet' }
    }
    if (isPassing(failure, charge !== undefined)) return { kind: 'unreadable' }
    throw new ProblemError(toProblem(failure, 'maybe'))
  } catch (error) {
    signal.throwIfAborted()
    if (error instanceof ProblemError) throw error
    return { kind: 'unreadable' }
  }
}
