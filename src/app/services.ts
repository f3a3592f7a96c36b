import { createEndpointSchemas } from '../fal/endpoint-schema.ts'
import { createFalQueue } from '../fal/fal-queue.ts'
import { createKeyPool } from '../fal/key-pool.ts'
import { isLoopback, openPicture } from '../fal/picture-source.ts'
import { createFalStorage } from '../fal/storage.ts'
import { cancelImageJob, findImageJob } from '../find-image-job.ts'
import type { ResponseService } from '../http/serve-response.ts'
import { createFileIds } from '../job/file-id.ts'
import { createJobIds } from '../job/job-id.ts'
import type { ModelCard } from '../job/model-card.ts'
import type { OpenPicture } from '../job/opened-picture.ts'
import type { Fetcher } from '../lib/fetcher.ts'
import type { Log } from '../lib/log.ts'
import { createCatalogue, type Catalogue } from '../models/catalogue.ts'
import { toModelCard } from '../models/model-cards.ts'
import { createRetiredEndpoints } from '../models/retired-endpoints.ts'
import { runImageJob } from '../run-image-job.ts'
import type { ImageLine } from '../run-image-job/image-line.ts'
import { resolveModel } from '../run-image-job/resolve-model.ts'
import type { Settings } from '../settings.ts'

/** The outside world, as arguments. */
export interface World {
  readonly fetch: Fetcher
  /** Milliseconds since 1970. */
  readonly now: () => number
}

/** All that the routes are served with. */
export interface Services extends ResponseService {
  readonly catalogue: Catalogue
  /** @throws ProblemError as `resolveModel` */
  findModel(name: string): Promise<ModelCard>
}

export function createServices(settings: Settings, { fetch, now }: World, log: Log): Services {
  const catalogue = createCatalogue({
    defaultModel: settings.defaultModel,
    models: settings.models,
    allowed: settings.allowedModels,
  })
  const { hosts } = settings
  const loopback = isLoopback(new URL(hosts.queueUrl).hostname)
  const pool = createKeyPool(settings.falKeys, now)
  const open: OpenPicture = (url, signal, offset) =>
    openPicture({ fetch, loopback }, url, signal, offset)
  const line: ImageLine = {
    catalogue,
    queue: createFalQueue({ fetch, hosts }, pool),
    schemas: createEndpointSchemas({ fetch, hosts }, pool, now),
    retired: createRetiredEndpoints(now),
    timeoutSeconds: settings.jobTimeoutSeconds,
    log,
    now,
  }
  return {
    catalogue,
    run: (job, hangUp) => runImageJob(job, line, hangUp),
    find: (claims, signal) => findImageJob(claims, line, signal),
    findModel: async (name) => toModelCard(await resolveModel(name, line)),
    cancel: (claims) => cancelImageJob(claims, line),
    openPicture: open,
    storage: createFalStorage({ fetch, hosts }, pool, loopback),
    fileIds: createFileIds(settings.signingSecret),
    jobIds: createJobIds(settings.signingSecret),
  }
}
