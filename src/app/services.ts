import { fetchImage, openImage } from '../fal/files/open-image.ts'
import { createFalStorage } from '../fal/files/storage.ts'
import { createKeyPool, type KeyPool } from '../fal/key-pool.ts'
import { createEndpointSchemas } from '../fal/platform/endpoint-schema.ts'
import { createPrices } from '../fal/platform/prices.ts'
import { createFalQueue } from '../fal/queue/fal-queue.ts'
import { createTracedQueue } from '../fal/queue/traced-queue.ts'
import { createWebhookReader } from '../fal/webhook.ts'
import type { Caller } from '../job/caller.ts'
import type { ModelDetail, SpeechCard, TranscriptCard, VideoDetail } from '../job/model-card.ts'
import { findTrackedJob } from '../jobs/find-tracked-job.ts'
import { createKnownUploads, type KnownUploads } from '../jobs/known-uploads.ts'
import { receiveWebhook } from '../jobs/receive-webhook.ts'
import { createRecentFailures } from '../jobs/recent-failures.ts'
import { runTrackedJob, type Tracking } from '../jobs/run-tracked-job.ts'
import type { Log } from '../lib/log.ts'
import { isLoopback } from '../lib/public-url.ts'
import { createDelivery } from '../media/images/deliver-images.ts'
import { createImageLinks } from '../media/images/image-links.ts'
import { createVideoCopies } from '../media/video/copy-video.ts'
import { createPreviews } from '../media/video/cut-preview.ts'
import { createVideoMemory } from '../media/video/video-memory.ts'
import type { Catalogue } from '../models/catalogue/catalogue.ts'
import { resolveModel } from '../models/catalogue/resolve-model.ts'
import { createRetiredEndpoints } from '../models/catalogue/retired-endpoints.ts'
import { toModelDetail } from '../models/model-cards.ts'
import { voicesOf } from '../models/speech/choose-voice.ts'
import { toSpeechCard } from '../models/speech/speech-card.ts'
import { toTranscriptCard } from '../models/transcripts/transcript-card.ts'
import { toVideoDetail } from '../models/videos/video-cards.ts'
import type { VideoCatalogue } from '../models/videos/video-catalogue.ts'
import { toWebhookEvent } from '../openai/webhook-event.ts'
import type { FetchImage, OpenImage } from '../ports/opened-image.ts'
import { callersOf, digestsOf } from '../request/authenticate.ts'
import type { AudioListService } from '../routes/audio/serve-audio-lists.ts'
import type { SpeechService } from '../routes/audio/serve-speech.ts'
import type { TranscriptService } from '../routes/audio/serve-transcript.ts'
import type { ResponseService } from '../routes/responses/serve-response.ts'
import type { AccountService } from '../routes/serve-account.ts'
import type { ImageService } from '../routes/serve-image.ts'
import type { WebhookService } from '../routes/serve-webhook.ts'
import type { VideoContentService } from '../routes/videos/serve-video-content.ts'
import type { VideoService } from '../routes/videos/serve-videos.ts'
import { cancelJob, followJob } from '../run-job/find-job.ts'
import type { JobTools } from '../run-job/job-tools.ts'
import { quoteJob } from '../run-job/quote-job.ts'
import type { Settings } from '../settings/read-settings.ts'
import { createCharacterIds } from '../tokens/character-id.ts'
import { createFileIds } from '../tokens/file-id.ts'
import { createJobIds } from '../tokens/job-id.ts'
import { createWebhookStates } from '../tokens/webhook-state.ts'
import { createMedia, type Media } from './media.ts'
import { refuseUnbound } from './refuse-unbound.ts'
import type { World } from './world.ts'

/** All that the routes are served with. */
export interface Services
  extends
    ResponseService,
    ImageService,
    AccountService,
    WebhookService,
    VideoService,
    VideoContentService,
    SpeechService,
    TranscriptService,
    AudioListService {
  readonly bound: World['bound']
  /** The models with sound that a caller may use. */
  audioCardsOf(caller: Caller): readonly (SpeechCard | TranscriptCard)[]
  /** One of them by its name; undefined: the name means none. */
  audioCardOf(name: string, caller: Caller): SpeechCard | TranscriptCard | undefined
  /** What a caller may use. */
  catalogueOf(caller: Caller): Catalogue
  videoCatalogueOf(caller: Caller): VideoCatalogue
  /** undefined: no video model that is known here has this name. */
  findVideoModel(name: string, caller: Caller): Promise<VideoDetail | undefined>
  /** @throws ProblemError as `resolveModel` */
  findModel(name: string, caller: Caller): Promise<ModelDetail>
}

/** @throws ProblemError `not_configured` when the settings do not fit together */
export function createServices(settings: Settings, world: World, log: Log): Services {
  const { fetch, now, ledger } = world
  refuseUnbound(settings, world)
  const { hosts } = settings
  const pool = createKeyPool(settings.falKeys, now)
  const tools = createTools(settings, world, pool, log)
  const uploads = createKnownUploads()
  const webhooks = createWebhookReader({ fetch, hosts }, now)
  const tracking = {
    tools,
    ledger,
    jobIds: createJobIds(settings.signingSecret),
    webhookStates: createWebhookStates(settings.signingSecret),
    publicUrl: settings.publicUrl,
    resultSeconds: settings.resultLifetimeSeconds,
  }
  const media = createMedia(settings)
  const { catalogueOf, readerOf } = media
  const secretsOf = (caller: string) => digestsOf(settings.accessKeys, caller)
  return {
    bound: world.bound,
    ...media,
    run: (job, medium, request) => runTrackedJob(job, medium, request, tracking),
    quote: (job, medium) => quoteJob(job, medium, tools),
    follow: (claims, hangUp) => followJob(claims, readerOf(claims.medium), tools, hangUp),
    knowsRepeats: ledger !== undefined,
    failures: createRecentFailures(now, uploads.nameOf),
    accountOf: ledger === undefined ? undefined : (caller) => ledger.accountOf(caller),
    callers: () => callersOf(settings.accessKeys),
    webhookStates: tracking.webhookStates,
    readWebhook: (headers, body) => webhooks.read(headers, body, now()),
    ...createFiles(settings, world, pool, uploads),
    hearsFal: ledger !== undefined && settings.publicUrl !== undefined,
    async arrived(state, from, event) {
      if (ledger === undefined) return
      const told = { readerOf: media.anyReaderOf, toEvent: toWebhookEvent, secretsOf }
      await receiveWebhook({ state, ...from, event }, { ...tracking, ...told, ledger, fetch })
    },
    ...createLookUps(media, tracking),
    ...createVideos(settings, media, tracking),
    ...createAudioLists(media, (endpoint) => tools.schemas.find(endpoint)),
    findModel: async (name, caller) =>
      toModelDetail(
        await resolveModel(name, catalogueOf(caller), (endpoint) => tools.schemas.find(endpoint)),
      ),
    cancel: (claims) => cancelJob(claims, tools),
    jobIds: tracking.jobIds,
  }
}

/** Jobs that are looked up by their ids. */
function createLookUps(
  { readerOf, anyReaderOf }: Media,
  { tools, ledger }: Pick<Tracking, 'tools' | 'ledger'>,
): Pick<Services, 'find' | 'findAny'> {
  return {
    find: (claims, { request: { signal }, waitUntil }) =>
      findTrackedJob(claims, readerOf(claims.medium), { tools, ledger, signal, waitUntil }),
    findAny: (claims, { request: { signal }, waitUntil }) =>
      findTrackedJob(claims, anyReaderOf(claims.medium), { tools, ledger, signal, waitUntil }),
  }
}

/** What menus are filled with, as the owner allows it: whoever asks may have no key. */
function createAudioLists(
  { speechModelsOf, transcriptModelsOf }: Media,
  schemaOf: (endpoint: string) => Promise<unknown>,
): AudioListService & Pick<Services, 'audioCardsOf' | 'audioCardOf'> {
  const speech = speechModelsOf({ models: undefined })
  return {
    speakers: () =>
      speech.models.filter(({ sound }) => sound === 'speech').map(({ names: [name] }) => name),
    voicesOf: async (name) => voicesOf(await speech.resolve(name, schemaOf)),
    audioCardsOf: (caller) => [
      ...speechModelsOf(caller).models.map(toSpeechCard),
      ...transcriptModelsOf(caller).models.map(toTranscriptCard),
    ],
    audioCardOf(name, caller) {
      const speaker = speechModelsOf(caller).find(name)
      if (speaker !== undefined) return toSpeechCard(speaker)
      const writer = transcriptModelsOf(caller).find(name)
      return writer && toTranscriptCard(writer)
    },
  }
}

/** What is served of videos alone. */
function createVideos(
  { signingSecret }: Settings,
  { videoCatalogueOf, videoReader }: Media,
  { tools, ledger }: Pick<Tracking, 'tools' | 'ledger'>,
): Pick<Services, 'findVideo' | 'videoMemory' | 'characterIds' | 'findVideoModel'> {
  return {
    findVideo: (claims, { request, waitUntil }) =>
      findTrackedJob(claims, videoReader, { tools, ledger, signal: request.signal, waitUntil }),
    videoMemory: createVideoMemory(),
    characterIds: createCharacterIds(signingSecret),
    async findVideoModel(name, caller) {
      const videos = videoCatalogueOf(caller)
      if (!videos.has(name)) return undefined
      return toVideoDetail(await videos.find(name, (endpoint) => tools.schemas.find(endpoint)))
    },
  }
}

/** Where images are kept, and how they reach the caller. */
function createFiles(
  settings: Settings,
  { fetch, bucket, cutter }: World,
  pool: KeyPool,
  uploads: KnownUploads,
) {
  const { hosts, imageUrls } = settings
  const loopback = isLoopback(new URL(hosts.queueUrl).hostname)
  const source = { fetch, loopback }
  const open: OpenImage = (url, signal, offset) => openImage(source, url, signal, offset)
  const links = createImageLinks(settings.signingSecret)
  const fetchFile: FetchImage = (url, init, signal) => fetchImage(source, url, init, signal)
  return {
    loopback,
    fetchImage: fetchFile,
    deliver: createDelivery({ imageUrls, open, links, bucket }),
    copyVideo:
      imageUrls === 'r2' && bucket ? createVideoCopies(bucket, links, fetchFile) : undefined,
    cutPreview: cutter && createPreviews(cutter, imageUrls === 'r2' ? bucket : undefined),
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
