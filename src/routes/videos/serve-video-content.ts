import { invalidRequest, ProblemError } from '../../job/problem.ts'
import type { CutPreview, Preview } from '../../media/video/cut-preview.ts'
import { toVideoClaims } from '../../media/video/link-video.ts'
import type { RequestContext } from '../../request/request-context.ts'
import { handOnMedia, handOnPreview, type LinkService } from '../serve-link.ts'
import { finishedVideo, type VideoService } from './serve-videos.ts'
import { readVideoId, type KnownVideo } from './tell-video.ts'

/** What the bytes of videos are served with. */
export interface VideoContentService extends VideoService, LinkService {
  /** undefined: nothing is bound that makes previews. */
  readonly cutPreview: CutPreview | undefined
}

const VARIANTS = ['video', 'thumbnail', 'spritesheet'] as const

/**
 * `GET /v1/videos/{id}/content`: the bytes, handed on from fal or the bucket as they arrive.
 *
 * @throws ProblemError `invalid_request`, `job_not_found`, `job_expired`, `picture_not_found`,
 *   `upstream_failed`, `variant_not_found`
 */
export async function serveVideoContent(
  id: string,
  context: RequestContext,
  service: VideoContentService,
): Promise<Response> {
  const query = new URL(context.request.url).searchParams
  const asked = query.get('variant') ?? 'video'
  const variant = VARIANTS.find((one) => one === asked)
  if (variant === undefined) {
    throw invalidRequest('variant', `'variant' must be one of: ${VARIANTS.join(', ')}.`)
  }
  const index = Number(query.get('index') ?? 0)
  if (!Number.isInteger(index) || index < 0) {
    throw invalidRequest('index', "'index' must be an integer from 0 on.")
  }
  const known = await readVideoId(id, context, service)
  if (variant !== 'video') return servePreview({ known, index, variant }, context, service)
  const video = await finishedVideo(known, context, service, index)
  return handOnMedia(
    { ...toVideoClaims(video, context.nowSeconds), cache: 'private' },
    context,
    service,
  )
}

/** A picture of one of a job's videos. */
interface AskedPreview {
  readonly known: KnownVideo
  readonly index: number
  readonly variant: Preview
}

/** Cut out of the video; where that cannot be, the first frame that was sent stands for its thumbnail. */
async function servePreview(
  asked: AskedPreview,
  context: RequestContext,
  service: VideoContentService,
): Promise<Response> {
  const { variant, known } = asked
  const sent = known.claims.memo['frame']
  const frame = variant === 'thumbnail' && typeof sent === 'string' ? sent : undefined
  const { cutPreview } = service
  if (cutPreview === undefined && frame === undefined) {
    throw new ProblemError({ kind: 'variant_not_found', variant, why: 'unbound' })
  }
  const cut =
    cutPreview &&
    (await serveCut(asked, cutPreview, context, service).catch((error: unknown) => {
      if (frame === undefined) throw error
      return undefined
    }))
  return cut ?? serveFrame(frame ?? '', context, service)
}

async function serveCut(
  { known, index, variant }: AskedPreview,
  cutPreview: CutPreview,
  context: RequestContext,
  service: VideoContentService,
): Promise<Response> {
  const video = await finishedVideo(known, context, service, index)
  const { seconds } = video
  const make: Parameters<typeof handOnPreview>[1]['make'] = (name, open) =>
    cutPreview({ preview: variant, name, seconds, open }, (work) => {
      context.waitUntil(work)
    })
  const claims = { ...toVideoClaims(video, context.nowSeconds), cache: 'private' } as const
  return handOnPreview(claims, { part: variant, make }, context, service)
}

/** A picture that stays what it is. */
const FRAME_SECONDS = 24 * 3600

async function serveFrame(
  frame: string,
  context: RequestContext,
  service: VideoContentService,
): Promise<Response> {
  const claims = { source: frame, ending: '', expiresAt: context.nowSeconds + FRAME_SECONDS }
  return handOnMedia({ ...claims, cache: 'private' }, context, service)
}
