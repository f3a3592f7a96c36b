import type { FoundJob } from '../../job/found-job.ts'
import type { JobClaims } from '../../job/job-claims.ts'
import { ProblemError } from '../../job/problem.ts'
import type { VideoResult } from '../../job/video/video-result.ts'
import type { CopyMedia } from '../../media/copy-media.ts'
import type { MediaLinks } from '../../media/media-links.ts'
import { linkVideo } from '../../media/video/link-video.ts'
import type { UsualTimes } from '../../media/video/usual-times.ts'
import type { VideoMemory } from '../../media/video/video-memory.ts'
import { fromVideoId, toVideoId } from '../../openai/videos/video-ids.ts'
import {
  pollAfterMs,
  toVideo,
  type VideoFacts,
  type VideoObject,
} from '../../openai/videos/video-object.ts'
import type { Account } from '../../ports/account.ts'
import { toErrorReply } from '../../reply/error-reply.ts'
import { costHeader } from '../../reply/headers.ts'
import type { RequestContext } from '../../request/request-context.ts'
import { JOB_ID_SECONDS, type JobIds } from '../../tokens/job-id.ts'

/** What videos are told with. */
export interface TellService {
  readonly jobIds: JobIds
  readonly links: MediaLinks
  readonly videoMemory: VideoMemory
  readonly usualTimes: UsualTimes
  /** undefined: no copies are made. */
  readonly copyMedia: CopyMedia | undefined
  /** undefined: there is no ledger. */
  readonly accountOf: ((callerName: string) => Account) | undefined
}

/** A video by its id. */
export interface KnownVideo {
  /** As a job. */
  readonly jobId: string
  readonly claims: JobClaims
  /** absent: not kept. */
  readonly prompt?: string
}

/** @throws ProblemError `job_not_found`, `job_expired` */
export async function readVideoId(
  id: string,
  { caller, nowSeconds }: RequestContext,
  { jobIds }: Pick<TellService, 'jobIds'>,
): Promise<KnownVideo> {
  const jobId = fromVideoId(id)
  if (jobId === undefined) throw new ProblemError({ kind: 'job_not_found' })
  const claims = await jobIds.read(jobId, caller.name, nowSeconds)
  if (claims.medium !== 'video') throw new ProblemError({ kind: 'job_not_found' })
  return { jobId, claims }
}

/** How a video stands; a result that nobody has looked at lately is absent. */
type VideoState =
  | FoundJob<VideoResult>
  | { readonly status: 'completed'; readonly result: VideoResult | undefined }

/** What is told of a video, in OpenAI's words. */
export interface ToldVideo {
  readonly video: VideoObject
  readonly headers: Readonly<Record<string, string>>
}

/**
 * Tells a video.
 *
 * @throws never on purpose: what is not known is left open
 */
export async function tellVideo(
  known: KnownVideo,
  found: VideoState,
  context: RequestContext,
  service: TellService,
): Promise<ToldVideo> {
  const { jobId, claims } = known
  const result = found.status === 'completed' ? found.result : undefined
  const { usualTimes } = service
  const { endpoint, createdAt } = claims
  const { nowSeconds } = context
  usualTimes.saw({ jobId, endpoint, status: found.status, createdAt, nowSeconds })
  const facts: VideoFacts = {
    ...factsOf(known, context),
    usualSeconds: usualOf(claims, usualTimes),
    ...(result && (await resultFacts(known, result, context, service))),
    status: found.status,
    expiresAt: found.status === 'completed' ? claims.createdAt + JOB_ID_SECONDS : undefined,
    remixedFrom: await parentOf(claims, service),
    error: found.status === 'failed' ? toErrorReply(found.problem).error : undefined,
    queuePosition: found.status === 'queued' ? found.position : undefined,
  }
  const isOver = found.status === 'completed' || found.status === 'failed'
  return {
    video: toVideo(facts),
    headers: {
      'x-job-id': jobId,
      'x-fal-endpoint': claims.endpoint,
      ...(!isOver && { 'openai-poll-after-ms': String(pollAfterMs(facts)) }),
      ...(result && costHeader(result)),
    },
  }
}

/** What was made of it. */
async function resultFacts(
  { jobId }: KnownVideo,
  result: VideoResult,
  context: RequestContext,
  { videoMemory, links, copyMedia }: TellService,
): Promise<Partial<VideoFacts>> {
  if (copyMedia !== undefined && videoMemory.find(jobId) === undefined) {
    context.waitUntil(Promise.all(result.videos.map(({ url }) => copyMedia(url))))
  }
  const { seenAt } = videoMemory.note(jobId, result, context.nowSeconds)
  const [first] = result.videos
  const { seconds, size, costUsd } = result
  return {
    completedAt: seenAt,
    ...(seconds !== undefined && { seconds }),
    ...(size !== undefined && { size }),
    costUsd,
    url: first && (await linkVideo(first, context, links)),
  }
}

/** What the id itself tells; a prompt is told by the answer to its own request, and not kept. */
function factsOf(
  { jobId, claims, prompt }: KnownVideo,
  { nowSeconds }: RequestContext,
): Omit<VideoFacts, 'status' | 'usualSeconds'> {
  const { model, endpoint, createdAt, memo } = claims
  const { seconds, size } = memo
  return {
    id: toVideoId(jobId),
    model,
    endpoint,
    createdAt,
    nowSeconds,
    prompt,
    seconds: typeof seconds === 'number' ? seconds : undefined,
    size: typeof size === 'string' ? size : undefined,
    completedAt: undefined,
    expiresAt: undefined,
    remixedFrom: undefined,
    error: undefined,
    url: undefined,
    costUsd: undefined,
    queuePosition: undefined,
  }
}

/** As it was watched here, else as others measured it. */
function usualOf({ endpoint, memo }: JobClaims, usualTimes: UsualTimes): number | undefined {
  const { usual } = memo
  return usualTimes.of(endpoint) ?? (typeof usual === 'number' ? usual : undefined)
}

/** The id of the video that this is a remix of: the ledger knows it by its first request. */
async function parentOf(
  { memo, caller }: JobClaims,
  { accountOf }: TellService,
): Promise<string | undefined> {
  const { from } = memo
  if (typeof from !== 'string' || accountOf === undefined) return undefined
  const noted = await accountOf(caller).jobOf(from)
  return noted && toVideoId(noted.jobId)
}
