import { splitEndpointId } from '../endpoints/endpoints.ts'
import type { Timers } from '../timers.ts'
import { createJob, type Job, type JobOrder, type Line } from './job.ts'

interface CountedLine extends Line {
  readonly length: number
}

export interface Jobs {
  start(order: JobOrder): Job
  find(id: string): Job | undefined
  /** How many jobs of the app wait in the queue. */
  waiting(app: string): number
}

const MAX_JOBS = 20_000

function createLine(): CountedLine {
  const normal = new Set<string>()
  const low = new Set<string>()
  const patient: (() => void)[] = []
  return {
    enter: (id, priority) => (priority === 'low' ? low : normal).add(id),
    leave(id) {
      normal.delete(id)
      low.delete(id)
      while (normal.size === 0 && patient.length > 0) patient.shift()?.()
    },
    whenQuiet(callBack) {
      if (normal.size === 0) callBack()
      else patient.push(callBack)
    },
    positionOf: (id) => Math.max(0, [...normal, ...low].indexOf(id)),
    get length() {
      return normal.size + low.size
    },
  }
}

/** Runs jobs through IN_QUEUE, IN_PROGRESS and COMPLETED, each on its own clock. */
export function createJobs(timers: Timers): Jobs {
  const jobs = new Map<string, Job>()
  const lines = new Map<string, CountedLine>()
  const lineOf = (app: string): CountedLine => {
    const line = lines.get(app) ?? createLine()
    lines.set(app, line)
    return line
  }
  return {
    start(order) {
      const job = createJob(order, timers, lineOf(splitEndpointId(order.endpoint.id).app))
      jobs.set(order.id, job)
      const [oldest] = jobs.keys()
      if (jobs.size > MAX_JOBS && oldest !== undefined) jobs.delete(oldest)
      return job
    },
    find: (id) => jobs.get(id),
    waiting: (app) => lines.get(app)?.length ?? 0,
  }
}
