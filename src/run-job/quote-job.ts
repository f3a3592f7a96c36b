import type { BaseMade } from '../job/job-result.ts'
import type { BaseJob } from '../job/job.ts'
import type { Medium, Order } from '../job/medium.ts'
import type { Quote } from '../job/quote.ts'
import { roundUsd } from '../lib/usd.ts'
import type { JobTools } from './job-tools.ts'
import { firstChoice, planJob } from './submit-job.ts'

/**
 * What `runJob` would submit, and what that would probably cost: fal is asked for prices and descriptions
 * only.
 *
 * @throws ProblemError `model_not_found`; `invalid_request` when the model cannot do the job
 */
export async function quoteJob<Job extends BaseJob, Ordered extends Order, Made extends BaseMade>(
  job: Job,
  medium: Medium<Job, Ordered, Made>,
  tools: Pick<JobTools, 'schemas' | 'prices' | 'retired'>,
): Promise<Quote> {
  const plan = await planJob(job, medium, tools)
  const order = firstChoice(plan, tools).toOrder()
  const { endpoint, inputs, adjusted, quantity, further = [] } = order
  const [estimate, ...estimates] = await Promise.all(
    [{ endpoint, quantity }, ...further].map((work) =>
      tools.prices.estimate(work.endpoint, work.quantity),
    ),
  )
  const costs = [estimate, ...estimates].map((one) => one?.usd)
  const steps = further.reduce((sum, work) => sum + work.quantity.count, 0)
  return {
    model: job.model ?? plan.model,
    endpoint,
    requests: inputs.length + steps,
    estimate: estimate ?? {},
    ...(costs.every((usd) => usd !== undefined) && {
      usd: roundUsd(costs.reduce((sum, usd) => sum + usd, 0)),
    }),
    adjusted,
    input: inputs[0] ?? {},
    further: further.map((work, index) => ({ endpoint: work.endpoint, ...estimates[index] })),
  }
}
