import type { Tracer } from '../fal/queue/traced-queue.ts'
import type { LedgerClient } from '../ledger/ledger-client.ts'
import type { Fetcher } from '../lib/fetcher.ts'
import type { WebCache } from '../lib/web-cache.ts'
import type { MediaBucket } from '../ports/media-bucket.ts'
import type { UsageSink } from '../ports/usage-sink.ts'
import type { VideoCutter } from '../ports/video-cutter.ts'
import type { LimitBindings } from '../request/rate-limits.ts'

/** The outside world, as arguments. */
export interface World {
  readonly fetch: Fetcher
  /** undefined: finished jobs are not counted. */
  readonly usage: UsageSink | undefined
  readonly tracer: Tracer
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** Keeps what fal's platform says of its endpoints. */
  readonly cache: WebCache
  /** What outlives a request; undefined: the owner has bound none. */
  readonly ledger: LedgerClient | undefined
  /** Where copies of what was made are kept; undefined: the owner has bound none. */
  readonly bucket: MediaBucket | undefined
  /** Makes previews of videos; undefined: the owner has bound none. */
  readonly cutter: VideoCutter | undefined
  readonly limits: LimitBindings
  /** Which bindings there are, by their names in small letters. */
  readonly bound: Readonly<Record<string, boolean>>
}
