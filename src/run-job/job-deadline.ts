import { ProblemError } from '../job/problem.ts'
import { createDeadline, type Deadline } from '../lib/time/deadline.ts'
import type { JobTools } from './job-tools.ts'

/** Ends every wait of a job that takes longer than the owner allows: `timed_out`. */
export function createJobDeadline({ timeoutSeconds: seconds }: JobTools): Deadline {
  return createDeadline(seconds * 1000, () => new ProblemError({ kind: 'timed_out', seconds }))
}
