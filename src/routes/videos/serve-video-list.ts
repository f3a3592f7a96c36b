import type { FoundJob } from '../../job/found-job.ts'
import { invalidRequest, ProblemError } from '../../job/problem.ts'
import type { VideoResult } from '../../job/video/video-result.ts'
import { toVideoId } from '../../openai/videos/video-ids.ts'
import { toVideoList, type VideoObject } from '../../openai/videos/video-object.ts'
import type { ListedJob } from '../../ports/account.ts'
import type { RequestContext } from '../../request/request-context.ts'
import type { VideoService } from './serve-videos.ts'
import { tellVideo, type KnownVideo } from './tell-video.ts'

const USUAL_PAGE = 20
const MOST_ON_PAGE = 100

/**
 * `GET /v1/videos`: the caller's latest videos, a page at a time.
 *
 * @throws ProblemError `ledger_missing`, `invalid_request`
 */
export async function serveVideoList(
  context: RequestContext,
  service: VideoService,
): Promise<Response> {
  const { accountOf } = service
  if (accountOf === undefined) throw new ProblemError({ kind: 'ledger_missing' })
  const { after, limit, order } = readPage(new URL(context.request.url).searchParams)
  const jobs = await accountOf(context.caller.name).jobs()
  const all = await Promise.all(jobs.map((job) => toKnown(job, context, service)))
  const videos = all.flatMap((one) => one ?? [])
  const sorted = order === 'asc' ? videos.toReversed() : videos
  const from = after === undefined ? 0 : sorted.findIndex(({ id }) => id === after) + 1
  if (after !== undefined && from === 0) {
    throw invalidRequest('after', 'There is no video of yours with this id on the list.')
  }
  const page = sorted.slice(from, from + limit)
  const told = await Promise.all(page.map((one) => tellListed(one, context, service)))
  return Response.json(toVideoList(told, from + limit < sorted.length))
}

interface Page {
  readonly after: string | undefined
  readonly limit: number
  readonly order: 'asc' | 'desc'
}

function readPage(query: URLSearchParams): Page {
  const limit = Number(query.get('limit') ?? USUAL_PAGE)
  if (!Number.isInteger(limit) || limit < 1 || limit > MOST_ON_PAGE) {
    throw invalidRequest('limit', `'limit' must be an integer from 1 to ${MOST_ON_PAGE}.`)
  }
  const order = query.get('order') ?? 'desc'
  if (order !== 'asc' && order !== 'desc') {
    throw invalidRequest('order', "'order' must be 'asc' or 'desc'.")
  }
  return { after: query.get('after') ?? undefined, limit, order }
}

interface ListedVideo extends KnownVideo {
  readonly id: string
  readonly status: ListedJob['status']
}

/** undefined: it is no video, or its time is over. */
async function toKnown(
  { jobId, status }: ListedJob,
  { caller, nowSeconds }: RequestContext,
  { jobIds }: VideoService,
): Promise<ListedVideo | undefined> {
  const claims = await jobIds.read(jobId, caller.name, nowSeconds).catch(() => undefined)
  if (claims?.medium !== 'video') return undefined
  return { id: toVideoId(jobId), jobId, claims, status }
}

/** One whose end nobody has seen is asked for, and why one failed; the rest is told as it was seen. */
async function tellListed(
  one: ListedVideo,
  context: RequestContext,
  service: VideoService,
): Promise<VideoObject> {
  const found = isDone(one, service)
    ? ({ status: 'completed', result: service.videoMemory.find(one.jobId)?.result } as const)
    : await service.findVideo(one.claims, context).catch(toFailed)
  return (await tellVideo(one, found, context, service)).video
}

function isDone({ jobId, status }: ListedVideo, { videoMemory }: VideoService): boolean {
  return status === 'completed' || videoMemory.find(jobId) !== undefined
}

function toFailed(error: unknown): FoundJob<VideoResult> {
  if (!(error instanceof ProblemError)) throw error
  return { status: 'failed', problem: error.problem }
}
