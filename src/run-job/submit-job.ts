import type { QueuedRequest } from '../fal/queue/queued-request.ts'
import type { BaseMade } from '../job/job-result.ts'
import type { BaseJob } from '../job/job.ts'
import type { Choice, Medium, Order, Plan } from '../job/medium.ts'
import { ProblemError } from '../job/problem.ts'
import type { JobTools } from './job-tools.ts'

/**
 * By which endpoint a job would be done, and how: by the newest that is known of each.
 *
 * @throws ProblemError `model_not_found`; `invalid_request` when the model cannot do the job
 */
export function planJob<Job extends BaseJob, Ordered extends Order, Made extends BaseMade>(
  job: Job,
  medium: Medium<Job, Ordered, Made>,
  { schemas }: Pick<JobTools, 'schemas'>,
): Promise<Plan<Ordered>> {
  return medium.plan(
    job,
    (id) => schemas.find(id),
    (id) => schemas.known(id),
  )
}

/** What fal has taken of a job. */
export interface Submitted<Ordered extends Order> {
  readonly order: Ordered
  /** The model's name, as the caller said it. */
  readonly model: string
  /** Where the requests are: a repeat is served by the first request's job, wherever that went. */
  readonly endpoint: string
  /** At least one. */
  readonly requests: readonly QueuedRequest[]
  /** Requests that fal did not take while it took others. */
  readonly refused: readonly PromiseRejectedResult[]
}

/**
 * Submits to the model's endpoint, or, when fal has ended that, to the first successor that lives.
 *
 * @param model its name, as the caller said it
 * @throws ProblemError `model_retired` when none lives; `budget_spent`; why fal took none of the requests
 */
export async function submitToLiving<Ordered extends Order>(
  plan: Plan<Ordered>,
  model: string,
  tools: JobTools,
  hangUp: AbortSignal,
): Promise<Submitted<Ordered>> {
  for (const choice of living(plan, tools)) {
    try {
      return await submit(choice.toOrder(), model, tools, hangUp)
    } catch (error) {
      if (!(error instanceof ProblemError) || error.problem.kind !== 'model_retired') throw error
      const { endpoint } = choice
      tools.retired.add(endpoint)
      tools.log('warn', 'endpoint retired', { endpoint })
    }
  }
  throw new ProblemError({ kind: 'model_retired', model, endpoint: plan.choices[0].endpoint })
}

/** The endpoint that is tried first. */
export function firstChoice<Ordered extends Order>(
  plan: Plan<Ordered>,
  tools: Pick<JobTools, 'retired'>,
): Choice<Ordered> {
  return living(plan, tools)[0] ?? plan.choices[0]
}

function living<Ordered extends Order>(
  { choices }: Plan<Ordered>,
  { retired }: Pick<JobTools, 'retired'>,
): readonly Choice<Ordered>[] {
  const left = choices.filter(({ endpoint }) => !retired.has(endpoint))
  return left.length > 0 ? left : choices
}

async function submit<Ordered extends Order>(
  order: Ordered,
  model: string,
  tools: JobTools,
  hangUp: AbortSignal,
): Promise<Submitted<Ordered>> {
  const { endpoint, inputs, memo = {} } = order
  await tools.reserve?.(order, false)
  const webhook = await tools.webhookOf?.({ endpoint, model, parts: inputs.length, memo })
  const ends = await tools.queue.submitAll({ endpoint, inputs, webhook }, hangUp)
  const requests = ends.flatMap((end) => (end.status === 'fulfilled' ? [end.value] : []))
  const refused = ends.filter((end) => end.status === 'rejected')
  return { order, model, endpoint: requests[0]?.endpoint ?? endpoint, requests, refused }
}
