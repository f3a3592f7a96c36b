import type { JobMeasures } from '../job/image-result.ts'
import { costOf, toLost, unitsOf, type Charged } from './cost.ts'
import type { JobTools } from './job-tools.ts'
import { toPart, toTimings, type PartState } from './part.ts'
import type { Submitted } from './submit-job.ts'

/** What a job takes while it runs. */
export interface JobUsage {
  readonly parts: readonly PartState[]
  /** The requests of a second step, which adds them itself. */
  readonly second: Charged[]
  /** Whether fal has taken all of it out of its queue. */
  cancelled: boolean
  /** What is known so far. */
  read(): JobMeasures
}

/** @param began when the job began, in milliseconds */
export function createJobUsage(
  { requests, refused }: Submitted,
  began: number,
  tools: JobTools,
): JobUsage {
  const parts = requests.map((request) => toPart(request, tools.now()))
  const first = [...parts, ...toLost(refused)]
  const second: Charged[] = []
  return {
    parts,
    second,
    cancelled: false,
    read() {
      return {
        timings: toTimings(began, parts),
        units: unitsOf(first),
        costUsd: costOf([...first, ...second], tools),
        ...(this.cancelled && { cancelled: true }),
      }
    },
  }
}
