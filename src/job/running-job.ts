import type { GeneratedImage } from './image/image-result.ts'
import type { JobPart } from './job-result.ts'
import type { JobMemo } from './job.ts'

/** fal has taken all parts of a job: from here on it may cost money. */
export interface AcceptedJob {
  readonly type: 'accepted'
  readonly medium: string
  readonly model: string
  readonly endpoint: string
  /** Where it can be found again; empty: nowhere, as it is made on one connection and not in fal's queue. */
  readonly parts: readonly JobPart[]
  /** What fal calls it in its own records; empty: not known yet. */
  readonly requestIds: readonly string[]
  /** Names the fal key that submitted, without showing it: only that key may read the result. */
  readonly keyFingerprint: string
  readonly adjusted: readonly string[]
  readonly memo: JobMemo
  /** When the first of the requests that it serves ordered it, in seconds since 1970; absent: this one, now. */
  readonly createdAt?: number
}

/** What happens to a job, in order: `accepted` first, then its way through fal's queue. */
export type JobEvent =
  | AcceptedJob
  /** position: how many are ahead; undefined: fal does not say. */
  | { readonly type: 'queued'; readonly position: number | undefined }
  | { readonly type: 'started' }
  /** An unfinished image, one of `ImageJob.partials`. */
  | { readonly type: 'partial'; readonly image: GeneratedImage }

/** A job under way is a value: it yields progress and returns the result, or throws a `ProblemError`. */
export type RunningJob<Result> = AsyncGenerator<JobEvent, Result, void>

/** Why a job is followed no longer although it is wanted: an abort for this reason cancels nothing at fal. */
export const JOB_GOES_ON = 'the job goes on'
