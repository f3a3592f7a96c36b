import { fetchMedia, openMedia } from '../fal/files/open-media.ts'
import { createFalStorage } from '../fal/files/storage.ts'
import { createKeyPool, type KeyPool } from '../fal/key-pool.ts'
import { createEndpointSchemas } from '../fal/platform/endpoint-schema.ts'
import { createPrices } from '../fal/platform/prices.ts'
import { createFalQueue } from '../fal/queue/fal-queue.ts'
import { createTracedQueue } from '../fal/queue/traced-queue.ts'
import type { FoundJob } from '../job/found-job.ts'
import type { JobClaims } from '../job/job-claims.ts'
import type { BaseMade, ResultOf } from '../job/job-result.ts'
import type { Reader } from '../job/medium.ts'
import { findTrackedJob } from '../jobs/find-tracked-job.ts'
import { createKnownUploads, type KnownUploads } from '../jobs/known-uploads.ts'
import { createRecentFailures } from '../jobs/recent-failures.ts'
import { runTrackedJob, type Tracking } from '../jobs/run-tracked-job.ts'
import { createToldOf } from '../jobs/told-of.ts'
import type { Log } from '../lib/log.ts'
import { isLoopback } from '../lib/public-url.ts'
import { createMediaCopies } from '../media/copy-media.ts'
import { createDelivery } from '../media/images/deliver-images.ts'
import { createMediaLinks } from '../media/media-links.ts'
import { createRetiredEndpoints } from '../models/catalogue/retired-endpoints.ts'
import type { FetchMedia, OpenMedia } from '../ports/opened-media.ts'
import { callersOf } from '../request/authenticate.ts'
import type { RequestContext } from '../request/request-context.ts'
import type { ResponseService } from '../routes/responses/serve-response.ts'
import type { AccountService } from '../routes/serve-account.ts'
import type { LinkService } from '../routes/serve-link.ts'
import { cancelJob, followJob } from '../run-job/find-job.ts'
import type { JobTools } from '../run-job/job-tools.ts'
import { quoteJob } from '../run-job/quote-job.ts'
import type { Settings } from '../settings/read-settings.ts'
import { createFileIds } from '../tokens/file-id.ts'
import { createJobIds } from '../tokens/job-id.ts'
import { createWebhookStates } from '../tokens/webhook-state.ts'
import { createMedia, type Media } from './media/media.ts'
import { refuseUnbound } from './refuse-unbound.ts'
import type { World } from './world.ts'

/** What every route is served with; what a medium alone needs is in a service of its own. */
export interface Services
  extends ResponseService, LinkService, AccountService, Pick<Media, 'catalogueOf' | 'readerOf'> {
  readonly bound: World['bound']
  readonly videoMedia: Media['videoMedia']
  readonly audioMedia: Media['audioMedia']
  readonly tracking: Tracking
  readonly open: OpenMedia
  /** A job by its claims, as a medium reads it. */
  readonly findWith: <Made extends BaseMade>(
    claims: JobClaims,
    reader: Reader<Made>,
    context: Pick<RequestContext, 'request' | 'waitUntil'>,
  ) => Promise<FoundJob<ResultOf<Made>>>
  /** fal's description of an endpoint. */
  readonly schemaOf: (endpoint: string) => Promise<unknown>
}

/** @throws ProblemError `not_configured` when the settings do not fit together */
export function createServices(settings: Settings, world: World, log: Log): Services {
  const { now, ledger } = world
  refuseUnbound(settings, world)
  const pool = createKeyPool(settings.falKeys, now)
  const tools = createTools(settings, world, pool, log)
  const uploads = createKnownUploads()
  const tracking = {
    tools,
    ledger,
    jobIds: createJobIds(settings.signingSecret),
    webhookStates: createWebhookStates(settings.signingSecret),
    publicUrl: settings.publicUrl,
    resultSeconds: settings.resultLifetimeSeconds,
  }
  const media = createMedia(settings)
  const { readerOf } = media
  const findWith: Services['findWith'] = (claims, reader, { request: { signal }, waitUntil }) =>
    findTrackedJob(claims, reader, { tools, ledger, signal, waitUntil })
  return {
    bound: world.bound,
    tracking,
    ...media,
    run: (job, medium, request) => runTrackedJob(job, medium, request, tracking),
    quote: (job, medium) => quoteJob(job, medium, tools),
    mediumOf: (name, caller) => media.mediumOf(name, caller, (id) => tools.schemas.find(id)),
    async *follow(claims, hangUp) {
      return yield* followJob(claims, readerOf(claims.medium), tools, hangUp)
    },
    knowsRepeats: ledger !== undefined,
    failures: createRecentFailures({ now, nameOf: uploads.nameOf, toldOf: createToldOf(tracking) }),
    accountOf: ledger === undefined ? undefined : (caller) => ledger.accountOf(caller),
    callers: () => callersOf(settings.accessKeys),
    ...createFiles(settings, world, pool, uploads),
    hearsFal: ledger !== undefined && settings.publicUrl !== undefined,
    findWith,
    find: async (claims, context) => findWith(claims, readerOf(claims.medium), context),
    schemaOf: (endpoint) => tools.schemas.find(endpoint),
    cancel: (claims) => cancelJob(claims, tools),
    jobIds: tracking.jobIds,
  }
}

/** Where files are kept, and how what was made reaches the caller. */
function createFiles(
  settings: Settings,
  { fetch, bucket }: World,
  pool: KeyPool,
  uploads: KnownUploads,
) {
  const { hosts, imageUrls } = settings
  const loopback = isLoopback(new URL(hosts.queueUrl).hostname)
  const source = { fetch, loopback }
  const open: OpenMedia = (url, signal, offset) => openMedia(source, url, signal, offset)
  const links = createMediaLinks(settings.signingSecret)
  const fetchFile: FetchMedia = (url, init, signal) => fetchMedia(source, url, init, signal)
  return {
    loopback,
    fetchMedia: fetchFile,
    deliver: createDelivery({ imageUrls, open, links, bucket }),
    copyMedia:
      imageUrls === 'r2' && bucket ? createMediaCopies(bucket, links, fetchFile) : undefined,
    bucket,
    links,
    open,
    ownUrls: imageUrls !== 'fal',
    storage: uploads.watch(createFalStorage({ fetch, hosts }, pool, loopback)),
    fileIds: createFileIds(settings.signingSecret),
  }
}

function createTools(
  settings: Settings,
  { fetch, cache, now, tracer }: World,
  pool: KeyPool,
  log: Log,
): JobTools {
  const { hosts } = settings
  return {
    queue: createTracedQueue(createFalQueue({ fetch, hosts }, pool), tracer),
    schemas: createEndpointSchemas({ fetch, hosts, cache, now }, pool),
    prices: createPrices({ fetch, hosts }, pool, now),
    retired: createRetiredEndpoints(now),
    timeoutSeconds: settings.jobTimeoutSeconds,
    log,
    now,
  }
}
