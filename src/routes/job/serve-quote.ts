import type { BaseMade } from '../../job/job-result.ts'
import type { BaseJob } from '../../job/job.ts'
import type { Medium, Order } from '../../job/medium.ts'
import type { Quote } from '../../job/quote.ts'
import { toQuote } from '../../openai/quote.ts'

/** What quotes are served with. */
export interface QuoteService {
  quote<Job extends BaseJob, Ordered extends Order, Made extends BaseMade>(
    job: Job,
    medium: Medium<Job, Ordered, Made>,
  ): Promise<Quote>
}

/**
 * Answers what a job would be and cost, in the place of running it.
 *
 * @throws ProblemError as `quoteJob`
 */
export async function serveQuote<Job extends BaseJob, Ordered extends Order, Made extends BaseMade>(
  job: Job,
  medium: Medium<Job, Ordered, Made>,
  service: QuoteService,
): Promise<Response> {
  return Response.json(toQuote(await service.quote(job, medium)))
}
