import type { EndpointSchemas } from '../fal/platform/endpoint-schema.ts'
import type { Prices } from '../fal/platform/prices.ts'
import type { FalQueue } from '../fal/queue/fal-queue.ts'
import type { Log } from '../lib/log.ts'
import type { Catalogue } from '../models/catalogue/catalogue.ts'
import type { RetiredEndpoints } from '../models/catalogue/retired-endpoints.ts'

/** What the line works with. */
export interface JobTools {
  readonly catalogue: Catalogue
  readonly queue: FalQueue
  readonly schemas: EndpointSchemas
  readonly prices: Prices
  readonly retired: RetiredEndpoints
  readonly timeoutSeconds: number
  readonly log: Log
  /**
   * Sets money aside before something is submitted; undefined: nobody counts it.
   *
   * @throws ProblemError `budget_spent`
   */
  readonly reserve?: (order: {
    readonly endpoint: string
    readonly images: number
    readonly size: string | undefined
  }) => Promise<void>
  /** Where fal tells that a request of this job has ended; undefined: nowhere. */
  readonly webhookOf?: (facts: {
    readonly endpoint: string
    readonly model: string
    readonly parts: number
  }) => Promise<string>
  /** Milliseconds. */
  readonly now: () => number
}
