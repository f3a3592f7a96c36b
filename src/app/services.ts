import { fetchImage, openImage } from '../fal/files/open-image.ts'
import { createFalStorage } from '../fal/files/storage.ts'
import { createKeyPool, type KeyPool } from '../fal/key-pool.ts'
import { createEndpointSchemas } from '../fal/platform/endpoint-schema.ts'
import { createPrices, type Prices } from '../fal/platform/prices.ts'
import { createFalQueue } from '../fal/queue/fal-queue.ts'
import { createTracedQueue, type Tracer } from '../fal/queue/traced-queue.ts'
import { createWebhookReader } from '../fal/webhook.ts'
import type { Caller } from '../job/caller.ts'
import type { ModelDetail } from '../job/model-card.ts'
import { ProblemError } from '../job/problem.ts'
import { findTrackedJob } from '../jobs/find-tracked-job.ts'
import { receiveWebhook } from '../jobs/receive-webhook.ts'
import { createRecentFailures } from '../jobs/recent-failures.ts'
import { runTrackedJob, type MakeJob } from '../jobs/run-tracked-job.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { Fetcher } from '../lib/fetcher.ts'
import type { Log } from '../lib/log.ts'
import { isLoopback } from '../lib/public-url.ts'
import type { WebCache } from '../lib/web-cache.ts'
import { createDelivery } from '../media/deliver-images.ts'
import { createImageLinks } from '../media/image-links.ts'
import { createAllowedCatalogues } from '../models/catalogue/allowed-catalogue.ts'
import { createCatalogue, type Catalogue } from '../models/catalogue/catalogue.ts'
import { createRetiredEndpoints } from '../models/catalogue/retired-endpoints.ts'
import { toModelDetail } from '../models/model-cards.ts'
import { toWebhookEvent } from '../openai/webhook-event.ts'
import type { ImageBucket } from '../ports/image-bucket.ts'
import type { OpenImage } from '../ports/opened-image.ts'
import type { UsageSink } from '../ports/usage-sink.ts'
import { callersOf, digestsOf } from '../request/authenticate.ts'
import type { LimitBindings } from '../request/rate-limits.ts'
import type { AccountService } from '../routes/serve-account.ts'
import type { ImageService } from '../routes/serve-image.ts'
import type { ResponseService } from '../routes/serve-response.ts'
import type { WebhookService } from '../routes/serve-webhook.ts'
import { cancelImageJob, followImageJob, resumeImageJob } from '../run-job/find-image-job.ts'
import type { JobTools } from '../run-job/job-tools.ts'
import { resolveModel } from '../run-job/resolve-model.ts'
import { runImageJob } from '../run-job/run-image-job.ts'
import type { Settings } from '../settings/read-settings.ts'
import { createFileIds } from '../tokens/file-id.ts'
import { createJobIds } from '../tokens/job-id.ts'
import { createWebhookStates } from '../tokens/webhook-state.ts'

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
  readonly ledger: Ledger | undefined
  /** Where copies of images are kept; undefined: the owner has bound none. */
  readonly bucket: ImageBucket | undefined
  readonly limits: LimitBindings
  /** Which bindings there are, by their names in small letters. */
  readonly bound: Readonly<Record<string, boolean>>
}

/** All that the routes are served with. */
export interface Services extends ResponseService, ImageService, AccountService, WebhookService {
  readonly bound: World['bound']
  /** What a caller may use. */
  catalogueOf(caller: Caller): Catalogue
  /** @throws ProblemError as `resolveModel` */
  findModel(name: string, caller: Caller): Promise<ModelDetail>
}

/** @throws ProblemError `not_configured` when the settings do not fit together */
export function createServices(settings: Settings, world: World, log: Log): Services {
  const { fetch, now, ledger, bucket } = world
  refuseUnbound(settings, world)
  const { hosts, imageUrls } = settings
  const loopback = isLoopback(new URL(hosts.queueUrl).hostname)
  const pool = createKeyPool(settings.falKeys, now)
  const source = { fetch, loopback }
  const open: OpenImage = (url, signal, offset) => openImage(source, url, signal, offset)
  const links = createImageLinks(settings.signingSecret)
  const tools = createTools(settings, world, pool, log)
  const webhooks = createWebhookReader({ fetch, hosts }, now)
  const tokens = {
    jobIds: createJobIds(settings.signingSecret),
    webhookStates: createWebhookStates(settings.signingSecret),
    publicUrl: settings.publicUrl,
  }
  const allowed = createAllowedCatalogues(tools.catalogue)
  const catalogueOf = ({ models }: Caller): Catalogue => allowed(models)
  const secretsOf = (caller: string) => digestsOf(settings.accessKeys, caller)
  const toolsOf = (caller: Caller): JobTools => ({ ...tools, catalogue: catalogueOf(caller) })
  return {
    bound: world.bound,
    catalogueOf,
    run: (job, hangUp, requester) => {
      const ofCaller = keepAlive(toolsOf(requester.caller), requester.waitUntil)
      const { earlier } = requester
      const make: MakeJob =
        earlier === undefined ? runImageJob : (_, ...how) => resumeImageJob(earlier, ...how)
      if (ledger === undefined) return make(job, ofCaller, hangUp, requester.report)
      return runTrackedJob(job, { tools: ofCaller, ledger, requester, hangUp, make, ...tokens })
    },
    follow: (claims, hangUp) => followImageJob(claims, tools, hangUp),
    knowsRepeats: ledger !== undefined,
    failed: createRecentFailures(now),
    accountOf: ledger === undefined ? undefined : (caller) => ledger.accountOf(caller),
    callers: () => callersOf(settings.accessKeys),
    webhookStates: tokens.webhookStates,
    readWebhook: (headers, body) => webhooks.read(headers, body, now()),
    hearsFal: ledger !== undefined && settings.publicUrl !== undefined,
    loopback,
    async arrived(state, key, event) {
      if (ledger === undefined) return
      await receiveWebhook(
        { state, key, event },
        { ledger, tools, fetch, toEvent: toWebhookEvent, secretsOf, ...tokens },
      )
    },
    find: (claims, { request, waitUntil }) =>
      findTrackedJob(claims, { tools, ledger, signal: request.signal, later: waitUntil }),
    findModel: async (name, caller) => toModelDetail(await resolveModel(name, toolsOf(caller))),
    cancel: (claims) => cancelImageJob(claims, tools),
    fetchImage: (url, init, signal) => fetchImage(source, url, init, signal),
    deliver: createDelivery({ imageUrls, open, links, bucket }),
    bucket,
    links,
    storage: createFalStorage({ fetch, hosts }, pool, loopback),
    fileIds: createFileIds(settings.signingSecret),
    jobIds: tokens.jobIds,
  }
}

function createTools(
  settings: Settings,
  { fetch, cache, now, tracer }: World,
  pool: KeyPool,
  log: Log,
): JobTools {
  const { hosts } = settings
  const catalogue = createCatalogue({
    defaultModel: settings.defaultModel,
    models: settings.models,
    allowed: settings.allowedModels,
  })
  return {
    catalogue,
    queue: createTracedQueue(createFalQueue({ fetch, hosts }, pool), tracer),
    schemas: createEndpointSchemas({ fetch, hosts, cache, now }, pool),
    prices: createPrices({ fetch, hosts }, pool, now),
    retired: createRetiredEndpoints(now),
    timeoutSeconds: settings.jobTimeoutSeconds,
    log,
    now,
  }
}

/** A job in the background is answered before fal has told its price: the question must outlive the answer. */
function keepAlive(tools: JobTools, waitUntil: (work: Promise<unknown>) => void): JobTools {
  const { prices } = tools
  const ask: Prices['ask'] = (endpoint) => {
    const asking = prices.ask(endpoint)
    waitUntil(asking)
    return asking
  }
  return { ...tools, prices: { ...prices, ask } }
}

/** What is set must be bound as well. */
function refuseUnbound(settings: Settings, { limits, bucket }: World): void {
  if (limits.admission === undefined) refuseLimits(settings)
  if (settings.imageUrls === 'r2' && bucket === undefined) {
    throw notConfigured(
      'IMAGE_URLS is wrong (r2 needs an R2 bucket, bound as IMAGES_BUCKET; proxy needs none)',
    )
  }
}

/** A limit that nobody keeps is worse than none: its owner would rely on it. */
function refuseLimits({ accessKeys }: Settings): void {
  const limited = accessKeys.find(
    ({ requestsPerMinute, budgetUsd }) => (requestsPerMinute ?? budgetUsd) !== undefined,
  )
  if (limited === undefined) return
  const field = limited.budgetUsd === undefined ? 'requests_per_minute' : 'budget_usd'
  throw notConfigured(
    `ACCESS_KEYS is wrong (at "${limited.name}.${field}": it needs the binding LEDGER, which counts)`,
  )
}

function notConfigured(fault: string): ProblemError {
  const message = `This gateway is not configured: its variable ${fault}.`
  return new ProblemError({ kind: 'not_configured', message })
}
