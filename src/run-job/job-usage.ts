import type { JobMeasures } from '../job/job-result.ts'
import type { Order } from '../job/medium.ts'
import { costOf, toLost, unitsOf, type Charged } from './cost.ts'
import type { JobTools } from './job-tools.ts'
import { toProgress, toTimings, type RequestProgress } from './request-progress.ts'
import type { Submitted } from './submit-job.ts'

/** What a job takes while it runs. */
export interface JobUsage {
  readonly requests: readonly RequestProgress[]
  /** The requests of a second step, which adds them itself. */
  readonly second: Charged[]
  /** Whether fal has taken all of it out of its queue. */
  cancelled: boolean
  /** Whether some of it could not be read. */
  isPartial: boolean
  /** What is known so far. */
  read(): JobMeasures
}

/** @param began when the job began, in milliseconds */
export function createJobUsage(
  { requests, refused }: Pick<Submitted<Order>, 'requests' | 'refused'>,
  began: number,
  tools: JobTools,
): JobUsage {
  const progress = requests.map((request) => toProgress(request, tools.now()))
  const first = [...progress, ...toLost(refused)]
  const second: Charged[] = []
  return {
    requests: progress,
    second,
    cancelled: false,
    isPartial: false,
    read() {
      return {
        timings: toTimings(began, progress),
        units: unitsOf(first),
        costUsd: costOf([...first, ...second], tools),
        ...(this.cancelled && { cancelled: true }),
        ...(this.isPartial && { isPartial: true }),
      }
    },
  }
}
