import type { Endpoint } from '../endpoints/endpoints.ts'
import type { JsonObject } from '../json.ts'
import type { Timers } from '../timers.ts'
import type { Faults } from './faults.ts'
import type { JobRecord, JournalJob } from './journal.ts'
import { toFailure, type Outcome } from './outcome.ts'
import type { Preferences } from './preferences.ts'

export interface LogEntry {
  readonly message: string
  readonly timestamp: string
  readonly level: 'INFO'
  readonly source: 'stdout'
}

export interface JobOrder {
  readonly id: string
  readonly endpoint: Endpoint
  readonly input: JsonObject
  /** The prompt without fault words. */
  readonly prompt: string
  readonly faults: Faults
  readonly record: JobRecord
  readonly queueMs: number
  readonly runMs: number
  /** Pretended jobs ahead at the start; they are worked off while this one waits. */
  readonly ahead: number
  readonly preferences: Preferences
  /** How long after its end the job is still known, in ms; for ever when absent. */
  readonly forgetMs: number | undefined
  /** The host that the job's URLs name instead of ours (fault `urls`). */
  readonly otherHost: string | undefined
  makeOutcome(job: Job): Promise<Outcome>
}

export interface Job extends JobOrder {
  readonly logs: readonly LogEntry[]
  readonly state: JournalJob['state']
  /** Present once COMPLETED. */
  readonly outcome: Outcome | undefined
  /** How the job will end, known soon after it began to run. */
  readonly made: Promise<Outcome>
  /** Its result is not kept any more. */
  readonly forgotten: boolean
  /** How long it ran. */
  readonly seconds: number
  queuePosition(): number
  /** Called at every change of state, position or logs, until the returned function is called. */
  watch(changed: () => void): () => void
  finished(): Promise<Outcome>
  /** `ignored`: the answer is the usual one, but a job that runs goes on. */
  cancel(ignored: boolean): 'OK' | 'CANCELLATION_REQUESTED' | 'ALREADY_COMPLETED'
}

/** The jobs of one app that wait, in order; those of low priority behind all others. */
export interface Line {
  enter(id: string, priority: Preferences['priority']): void
  leave(id: string): void
  /** Calls back when nobody of normal priority waits any more, which may be at once. */
  whenQuiet(callBack: () => void): void
  positionOf(id: string): number
}

/** What changes while the job goes its way. */
interface Progress {
  outcome: Outcome | undefined
  ahead: number
  began: number
  ended: number
  seconds: number
  readonly logs: LogEntry[]
  readonly stops: (() => void)[]
  readonly watchers: Set<() => void>
}

/** Log lines between start and end; a very short run has none. */
const STEPS = [0.25, 0.5, 0.75]
const SHORT_RUN_MS = 100

function changed({ watchers }: Progress): void {
  for (const watcher of watchers) watcher()
}

function log({ logs }: Progress, message: string): void {
  const timestamp = new Date().toISOString().replace('Z', '000Z')
  logs.push({ message, timestamp, level: 'INFO', source: 'stdout' })
}

async function makeSafely(job: Job): Promise<Outcome> {
  try {
    return await job.makeOutcome(job)
  } catch (error) {
    const body = { detail: `Simulator error: ${String(error)}` }
    return { status: 500, headers: {}, readBody: () => Promise.resolve(body) }
  }
}

function createSteps(order: JobOrder, timers: Timers, line: Line, progress: Progress) {
  const settled = Promise.withResolvers<Outcome>()
  const later = (milliseconds: number, task: () => void): void => {
    progress.stops.push(timers.after(milliseconds, task))
  }
  const finish = (outcome: Outcome): void => {
    if (progress.outcome) return
    for (const stop of progress.stops) stop()
    line.leave(order.id)
    progress.outcome = outcome
    order.record.state = 'COMPLETED'
    progress.ended = performance.now()
    order.record.outcome = outcome.status
    if (outcome.failure) order.record.errorType = outcome.failure.error_type
    settled.resolve(outcome)
    changed(progress)
  }
  const complete = async (): Promise<void> => {
    const outcome = await settled.promise
    if (progress.outcome) return
    progress.seconds = Math.max(0.001, (performance.now() - progress.began) / 1000)
    log(progress, 'Finished')
    finish(outcome)
  }
  const begin = (job: Job): void => {
    line.leave(order.id)
    order.record.state = 'IN_PROGRESS'
    progress.began = performance.now()
    log(progress, 'Started')
    settled.resolve(makeSafely(job))
    for (const step of order.runMs < SHORT_RUN_MS ? [] : STEPS) {
      later(order.runMs * step, () => {
        log(progress, `Progress ${step * 100}%`)
        changed(progress)
      })
    }
    later(order.runMs, () => void complete())
    changed(progress)
  }
  const moveUp = (): void => {
    progress.ahead -= 1
    changed(progress)
  }
  return { made: settled.promise, later, finish, begin, moveUp }
}

type Steps = ReturnType<typeof createSteps>

function startClock(job: Job, line: Line, { later, begin, moveUp, finish }: Steps): void {
  for (let step = 1; step <= job.ahead; step += 1) {
    later((job.queueMs * step) / (job.ahead + 1), moveUp)
  }
  const { queueMs, preferences } = job
  const { startTimeoutMs, priority } = preferences
  if (startTimeoutMs !== undefined && startTimeoutMs !== queueMs) {
    const timeout = toFailure('request_timeout', { 'x-fal-request-timeout-type': 'user' })
    later(startTimeoutMs, () => {
      if (job.state === 'IN_QUEUE') finish(timeout)
    })
  }
  const start = (): void => {
    if (job.state === 'IN_QUEUE') begin(job)
  }
  later(queueMs, () => (priority === 'low' ? line.whenQuiet(start) : start()))
}

interface Cancelling extends Pick<Steps, 'finish' | 'later'> {
  readonly record: JobRecord
}

function cancel(progress: Progress, { record, finish, later }: Cancelling, ignored: boolean) {
  record.cancels += 1
  if (progress.outcome) return 'ALREADY_COMPLETED'
  if (record.state === 'IN_QUEUE') {
    finish(toFailure('client_cancelled'))
    return 'OK'
  }
  if (!ignored) later(0, () => finish(toFailure('client_cancelled')))
  return 'CANCELLATION_REQUESTED'
}

function createWatching(progress: Progress): Pick<Job, 'watch' | 'finished'> {
  const watch: Job['watch'] = (watcher) => {
    progress.watchers.add(watcher)
    return () => progress.watchers.delete(watcher)
  }
  return {
    watch,
    finished: () =>
      new Promise((resolve) => {
        const look = (): void => {
          if (!progress.outcome) return
          stop()
          resolve(progress.outcome)
        }
        const stop = watch(look)
        look()
      }),
  }
}

/** Puts a job into the line and starts its clock. */
export function createJob(order: JobOrder, timers: Timers, line: Line): Job {
  const progress: Progress = {
    outcome: undefined,
    ahead: order.ahead,
    began: performance.now(),
    ended: Number.POSITIVE_INFINITY,
    seconds: 0,
    logs: [],
    stops: [],
    watchers: new Set(),
  }
  const steps = createSteps(order, timers, line, progress)
  const job: Job = {
    ...order,
    ...createWatching(progress),
    logs: progress.logs,
    made: steps.made,
    get state() {
      return order.record.state
    },
    get outcome() {
      return progress.outcome
    },
    get forgotten() {
      const { forgetMs } = order
      return forgetMs !== undefined && performance.now() > progress.ended + forgetMs
    },
    get seconds() {
      return progress.seconds
    },
    queuePosition: () => line.positionOf(order.id) + progress.ahead,
    cancel: (ignored) => cancel(progress, { ...steps, record: order.record }, ignored),
  }
  line.enter(order.id, order.preferences.priority)
  startClock(job, line, steps)
  return job
}
