import { invalidRequest, ProblemError } from '../../job/problem.ts'
import type { RequestContext } from '../../request/request-context.ts'
import { handOnMedia, type ImageService } from '../serve-image.ts'
import { finishedVideo, type VideoService } from './serve-videos.ts'
import { readVideoId, toLinkClaims } from './tell-video.ts'

/** What the bytes of videos are served with. */
export interface VideoContentService extends VideoService, ImageService {}

const VARIANTS = ['video', 'thumbnail', 'spritesheet'] as const

/**
 * `GET /v1/videos/{id}/content`: the bytes, handed on from fal or the bucket as they arrive.
 *
 * @throws ProblemError `invalid_request`, `job_not_found`, `job_expired`, `picture_not_found`,
 *   `upstream_failed`
 */
export async function serveVideoContent(
  id: string,
  context: RequestContext,
  service: VideoContentService,
): Promise<Response> {
  const query = new URL(context.request.url).searchParams
  const variant = query.get('variant') ?? 'video'
  if (!VARIANTS.some((one) => one === variant)) {
    throw invalidRequest('variant', `'variant' must be one of: ${VARIANTS.join(', ')}.`)
  }
  const index = Number(query.get('index') ?? 0)
  if (!Number.isInteger(index) || index < 0) {
    throw invalidRequest('index', "'index' must be an integer from 0 on.")
  }
  const known = await readVideoId(id, context, service)
  if (variant !== 'video') return serveFrame(known.claims.memo['frame'], variant, context, service)
  const video = await finishedVideo(known, context, service, index)
  return handOnMedia({ ...toLinkClaims(video, context), cache: 'private' }, context, service)
}

/** A picture that stays what it is. */
const FRAME_SECONDS = 24 * 3600

/** The first frame that was sent stands for one that would have to be cut out. */
async function serveFrame(
  frame: string | number | undefined,
  variant: string,
  context: RequestContext,
  service: VideoContentService,
): Promise<Response> {
  if (variant !== 'thumbnail' || typeof frame !== 'string') {
    throw new ProblemError({ kind: 'variant_not_found', variant })
  }
  const claims = { source: frame, ending: '', expiresAt: context.nowSeconds + FRAME_SECONDS }
  return handOnMedia({ ...claims, cache: 'private' }, context, service)
}
