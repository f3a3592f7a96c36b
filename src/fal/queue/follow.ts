import { ProblemError } from '../../job/problem.ts'
import { delay } from '../../lib/time/delay.ts'
import { readFalFailure, toProblem } from '../failure.ts'
import { callFal, type FalAccess } from '../fal-call.ts'
import { readFalStatus, type FalStatus } from './fal-status.ts'
import type { QueuedRequest } from './queued-request.ts'
import { followStatusStream } from './status-stream.ts'

const FIRST_POLL_MS = 250
const SLOWEST_POLL_MS = 2000
/**
 * After so many polls (some 12 s) the stream is tried again: one subrequest instead of one every two
 * seconds, of the 50 that the free plan allows.
 */
const POLLS_IN_A_ROW = 10

/**
 * Follows a request until fal says that it is over: by the status stream, and by polling while that
 * cannot be had. Every different status is told once.
 *
 * @throws ProblemError when fal no longer knows the request or the key; the signal's reason when it aborts
 */
export async function* follow(
  access: FalAccess,
  request: QueuedRequest,
  signal: AbortSignal,
): AsyncGenerator<FalStatus, void, void> {
  let last: FalStatus | undefined
  const isNew = (status: FalStatus): boolean =>
    status.status !== last?.status || status.position !== last.position
  for (;;) {
    for await (const status of followStatusStream(access, request, signal)) {
      if (isNew(status)) yield status
      last = status
      if (status.status === 'COMPLETED') return
    }
    for await (const status of poll(access, request, signal)) {
      if (isNew(status)) yield status
      last = status
      if (status.status === 'COMPLETED') return
    }
  }
}

async function* poll(
  access: FalAccess,
  request: QueuedRequest,
  signal: AbortSignal,
): AsyncGenerator<FalStatus, void, void> {
  let pause = FIRST_POLL_MS
  for (let polls = 0; polls < POLLS_IN_A_ROW; polls += 1) {
    const status = await askStatus(access, request, signal)
    if (status !== undefined) yield status
    if (status?.status === 'COMPLETED') return
    await delay(pause, signal)
    pause = Math.min(pause * 1.5, SLOWEST_POLL_MS)
  }
}

/** Whether a request still waits to be begun. When fal cannot be asked, it is taken to wait. */
export async function stillWaits(access: FalAccess, request: QueuedRequest): Promise<boolean> {
  const { signal } = new AbortController()
  const now = await askStatus(access, request, signal).catch(() => undefined)
  return (now?.status ?? 'IN_QUEUE') === 'IN_QUEUE'
}

/** A poll that hangs is given up after so long, and the next one asked. */
const POLL_TIMEOUT_MS = 10_000

/**
 * @returns undefined when there is no answer worth anything: reads are simply repeated
 * @throws ProblemError when the answer is final: unknown request, refused key
 */
export async function askStatus(
  access: FalAccess,
  request: QueuedRequest,
  signal: AbortSignal,
): Promise<FalStatus | undefined> {
  try {
    const response = await callFal(access, {
      method: 'GET',
      url: request.statusUrl,
      key: request.key.value,
      signal: AbortSignal.any([signal, AbortSignal.timeout(POLL_TIMEOUT_MS)]),
    })
    const text = await response.text()
    if (response.ok) return readFalStatus(text)
    if (![401, 403, 404].includes(response.status)) return undefined
    throw new ProblemError(
      toProblem(readFalFailure(response.status, response.headers, text), 'maybe'),
    )
  } catch (error) {
    signal.throwIfAborted()
    if (error instanceof ProblemError) throw error
    return undefined
  }
}
