import type { EndpointSchemas } from '../fal/endpoint-schema.ts'
import type { FalQueue } from '../fal/fal-queue.ts'
import type { Prices } from '../fal/prices.ts'
import type { Log } from '../lib/log.ts'
import type { Catalogue } from '../models/catalogue.ts'
import type { RetiredEndpoints } from '../models/retired-endpoints.ts'

/** What the line works with. */
export interface ImageLine {
  readonly catalogue: Catalogue
  readonly queue: FalQueue
  readonly schemas: EndpointSchemas
  readonly prices: Prices
  readonly retired: RetiredEndpoints
  readonly timeoutSeconds: number
  readonly log: Log
  /** Milliseconds. */
  readonly now: () => number
}
