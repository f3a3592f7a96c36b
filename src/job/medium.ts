import type { BaseMade } from './job-result.ts'
import type { BaseJob, JobMemo, Quantity } from './job.ts'
import type { JobEvent } from './running-job.ts'

/** What an endpoint has answered. */
export interface Output {
  readonly body: unknown
  /** The body as it came, because a number beyond 2^53 is lost in JavaScript. */
  readonly text: string
}

/** What one endpoint will be asked for. */
export interface PlannedWork {
  readonly endpoint: string
  readonly quantity: Quantity
}

/** A job in an endpoint's words. */
export interface Order {
  readonly endpoint: string
  /** One for each request; they run side by side. */
  readonly inputs: readonly object[]
  readonly adjusted: readonly string[]
  readonly quantity: Quantity
  /** What second steps will be asked for; absent: there are none. */
  readonly further?: readonly PlannedWork[]
  /** undefined: nothing. */
  readonly memo?: JobMemo
}

/** An endpoint that can do a job, and how it is asked. */
export interface Choice<Ordered extends Order> {
  readonly endpoint: string
  /** @throws ProblemError `invalid_request` */
  toOrder(): Ordered
}

/** What a job can be done by. */
export interface Plan<Ordered extends Order> {
  /** The model's name where the caller said none. */
  readonly model: string
  /** The model's own endpoint first, then those that serve when it has ended. */
  readonly choices: readonly [Choice<Ordered>, ...Choice<Ordered>[]]
}

/** What is known of a job by its id alone. */
interface Asked {
  readonly count: number
  readonly memo: JobMemo
}

/** A job that has been run, and how it was ordered. */
export interface Ran<Job extends BaseJob, Ordered extends Order> {
  readonly job: Job
  readonly order: Ordered
}

/** A further request for what has been made. */
export interface SecondStep {
  /**
   * Submits one request and waits for its output; it is charged with the job.
   *
   * @param name what tells it from the job's other steps, the same whenever it is asked for
   * @returns undefined when it failed: what it was for has been paid for and stays
   */
  run(endpoint: string, input: object, name: string): Promise<Output | undefined>
  /** What its requests cost so far in USD; undefined: not known of each. */
  costUsd(): number | undefined
}

/** How the ends of a job's requests become what was made: all that a look-up needs of a medium. */
export interface Reader<Made extends BaseMade> {
  /** Stands in job ids: it never changes. */
  readonly name: string
  /** @throws ProblemError the failure of the first request, when nothing was made */
  collect(ends: readonly PromiseSettledResult<Output>[], asked: Asked): Made
}

/**
 * A medium is a value: how its jobs find an endpoint, are said in the endpoint's words, and are read back.
 * What all media share is in `run-job/` and `jobs/`, which know none.
 */
export interface Medium<Job extends BaseJob, Ordered extends Order, Made extends BaseMade> {
  readonly name: string
  /**
   * @param schemaOf fal's description of an endpoint that nobody described here
   * @param liveOf the newest that is known of fal's description of an endpoint, without waiting for it
   * @throws ProblemError `model_not_found`; `invalid_request` when the model cannot do the job
   */
  plan(
    job: Job,
    schemaOf: (endpoint: string) => Promise<unknown>,
    liveOf: (endpoint: string) => unknown,
  ): Promise<Plan<Ordered>>
  /**
   * @param ran undefined: the job was looked up by its id
   * @throws ProblemError the failure of the first request, when nothing was made
   */
  collect(
    ends: readonly PromiseSettledResult<Output>[],
    asked: Asked,
    ran?: Ran<Job, Ordered>,
  ): Made
  /** Works on what was made once more, where the order says so. */
  finish?(made: Made, ran: Ran<Job, Ordered>, step: SecondStep): Promise<Made>
  /**
   * Whether a job is made on one connection, past the queue, because it shows its work.
   *
   * @param order undefined: whether it may be, whatever endpoint it gets
   */
  isDirect?(job: Job, order?: Ordered): boolean
  /** Retells what a direct job shows; its last output is the result. `now` in milliseconds. */
  watch?(
    outputs: AsyncGenerator<Output, void, void>,
    ran: Ran<Job, Ordered>,
    now: () => number,
  ): AsyncGenerator<JobEvent, Made, void>
}
