import type { GeneratedVideo } from '../../job/video/video-result.ts'
import { resultLinkEnd, type LinkClaims, type LinkFacts, type MediaLinks } from '../media-links.ts'
import { endingAmong } from '../media-type.ts'

/**
 * An address of ours for a video, with an ending by which clients know it; never fal's, for clients send their
 * key along.
 */
export async function linkVideo(
  video: Pick<GeneratedVideo, 'url' | 'contentType'>,
  { publicUrl, nowSeconds }: LinkFacts,
  links: Pick<MediaLinks, 'sign'>,
): Promise<string> {
  return `${publicUrl}/videos/${await links.sign(toVideoClaims(video, nowSeconds))}`
}

/** What such an address stands for. */
export function toVideoClaims(
  { url, contentType }: Pick<GeneratedVideo, 'url' | 'contentType'>,
  nowSeconds: number,
): LinkClaims {
  const told = /^video\/(mp4|webm)/.exec(contentType ?? '')?.[1]
  const ending = told ?? endingAmong(url, ENDINGS) ?? 'mp4'
  return { source: url, ending, expiresAt: resultLinkEnd(nowSeconds) }
}

const ENDINGS = ['mp4', 'webm', 'mov', 'gif']
