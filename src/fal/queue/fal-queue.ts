import type { JobPart } from '../../job/job-result.ts'
import type { Preferences } from '../../job/preferences.ts'
import { ProblemError } from '../../job/problem.ts'
import type { FalAccess } from '../fal-call.ts'
import type { KeyPool } from '../key-pool.ts'
import { cancel } from './cancel.ts'
import { openDirectStream, type DirectOrder, type DirectStream } from './direct-stream.ts'
import type { FalStatus } from './fal-status.ts'
import { askStatus, follow, stillWaits } from './follow.ts'
import { appOf, fromJobPart, toJobPart, type QueuedRequest } from './queued-request.ts'
import { fetchResult, type Charge, type FalResult } from './result.ts'
import { submitAll } from './submit.ts'

/** fal's queue, as the line uses it. Each function documents what it raises. */
export interface FalQueue {
  /** How each submit ended; the first one was accepted. */
  submitAll(
    job: {
      readonly endpoint: string
      readonly inputs: readonly unknown[]
      /** What names a later step of a job; undefined: its first. */
      readonly step?: string
      /** Where fal tells that a request has ended; undefined: nowhere. */
      readonly webhook?: string | undefined
      /** absent: as fal treats any. */
      readonly preferences?: Preferences
    },
    hangUp: AbortSignal,
  ): Promise<readonly PromiseSettledResult<QueuedRequest>[]>
  /** Past the queue: a model that shows its images while it works; undefined: not accepted. */
  stream(job: DirectOrder, signal: AbortSignal): Promise<DirectStream | undefined>
  follow(request: QueuedRequest, signal: AbortSignal): AsyncGenerator<FalStatus, void, void>
  status(request: QueuedRequest, signal: AbortSignal): Promise<FalStatus | undefined>
  stillWaits(request: QueuedRequest): Promise<boolean>
  result(
    request: QueuedRequest,
    signal: AbortSignal,
    note: (charge: Charge) => void,
  ): Promise<FalResult>
  cancel(request: QueuedRequest): Promise<boolean>
  /** The fingerprints of the fal keys to try, the next in turn first. */
  keysInTurn(): Promise<readonly string[]>
  /** A key that was refused elsewhere rests for so many milliseconds. */
  restKey(keyFingerprint: string, ms: number): Promise<void>
  /** The part of a request that is known by its id alone. */
  partOf(endpoint: string, requestId: string): JobPart
  toPart(request: QueuedRequest): JobPart
  /** @throws ProblemError `job_not_found` when the key that submitted is no longer in the pool */
  find(part: JobPart, endpoint: string, keyFingerprint: string): Promise<QueuedRequest>
}

export function createFalQueue(access: FalAccess, pool: KeyPool): FalQueue {
  return {
    submitAll: (job, hangUp) => submitAll(access, pool, job, hangUp),
    stream: (job, signal) => openDirectStream(access, pool, job, signal),
    follow: (request, signal) => follow(access, request, signal),
    status: (request, signal) => askStatus(access, request, signal),
    stillWaits: (request) => stillWaits(access, request),
    result: (request, signal, note) => fetchResult(access, request, signal, note),
    cancel: (request) => cancel(access, request),
    keysInTurn: async () => (await pool.take()).map((key) => key.fingerprint),
    async restKey(keyFingerprint, ms) {
      const key = await pool.find(keyFingerprint)
      if (key !== undefined) pool.rest(key, ms)
    },
    partOf: (endpoint, requestId) => ({
      requestId,
      path: `${appOf(endpoint)}/requests/${requestId}`,
    }),
    toPart: (request) => toJobPart(request, access.hosts),
    async find(part, endpoint, keyFingerprint) {
      const key = await pool.find(keyFingerprint)
      if (key === undefined) throw new ProblemError({ kind: 'job_not_found' })
      return fromJobPart(part, endpoint, key, access.hosts)
    },
  }
}
