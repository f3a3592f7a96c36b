import type { JobPart } from './job-result.ts'
import type { JobMemo } from './job.ts'

/** Everything needed to find a job again, without any storage. */
export interface JobClaims {
  /** The name of the job's medium. */
  readonly medium: string
  readonly model: string
  readonly endpoint: string
  readonly parts: readonly JobPart[]
  readonly count: number
  /** Names the fal key that submitted. */
  readonly keyFingerprint: string
  /** Who asked; nobody else may read the job. */
  readonly caller: string
  /** Seconds since 1970. */
  readonly createdAt: number
  readonly memo: JobMemo
}
