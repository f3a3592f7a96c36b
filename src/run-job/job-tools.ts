import type { EndpointSchemas } from '../fal/platform/endpoint-schema.ts'
import type { Prices } from '../fal/platform/prices.ts'
import type { FalQueue } from '../fal/queue/fal-queue.ts'
import type { JobMemo } from '../job/job.ts'
import type { Order } from '../job/medium.ts'
import type { Log } from '../lib/log.ts'
import type { RetiredEndpoints } from '../models/catalogue/retired-endpoints.ts'

/** What jobs are run with. */
export interface JobTools {
  readonly queue: FalQueue
  readonly schemas: EndpointSchemas
  readonly prices: Prices
  readonly retired: RetiredEndpoints
  readonly timeoutSeconds: number
  readonly log: Log
  /**
   * Sets money aside before something is submitted, second steps included; undefined: nobody counts it.
   *
   * @param isDirect whether it goes past fal's queue
   * @throws ProblemError `budget_spent`
   */
  readonly reserve?: (
    order: Pick<Order, 'endpoint' | 'quantity' | 'further'>,
    isDirect: boolean,
  ) => Promise<void>
  /** Where fal tells that a request of this job has ended; undefined: nowhere. */
  readonly webhookOf?: (facts: {
    readonly endpoint: string
    readonly model: string
    readonly parts: number
    readonly memo: JobMemo
  }) => Promise<string>
  /** Milliseconds. */
  readonly now: () => number
}
