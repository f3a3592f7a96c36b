import type { Problem } from './problem.ts'

/** How a job stands that was looked up by its id. */
export type FoundJob<Result> =
  | { readonly status: 'queued'; readonly position: number | undefined }
  | { readonly status: 'in_progress' }
  | { readonly status: 'completed'; readonly result: Result }
  /** `costUsd`: what it was charged; absent: not known. */
  | { readonly status: 'failed'; readonly problem: Problem; readonly costUsd?: number | undefined }
