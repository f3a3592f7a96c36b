import { invalidRequest } from '../job/problem.ts'
import type { MediaLinks } from './media-links.ts'

/** What addresses of our own are recognised with. */
export interface OwnAddress {
  readonly links: MediaLinks
  /** Without a slash at the end. */
  readonly publicUrl: string
  /** Seconds since 1970. */
  readonly nowSeconds: number
}

/**
 * fal's URL in the place of one of ours, which a client sends back: fal could not reach a gateway on
 * loopback, and would fetch its own image through us. The signature tells, so that a gateway with two
 * names knows both, and a path without a host too. Any other URL stays as it is.
 *
 * @throws ProblemError `invalid_request` for an address of ours behind which there is no image any more
 */
export async function toFalUrl(
  url: string,
  { links, publicUrl, nowSeconds }: OwnAddress,
): Promise<string> {
  const [, room = '', signed] =
    /^(?:https?:\/\/[^?#]+)?\/(images|videos)\/([^/?#]+)$/i.exec(url) ?? []
  if (signed === undefined) return url
  const claims = await links.read(signed, nowSeconds)
  if (claims !== undefined) return claims.source
  if (!url.startsWith(`${publicUrl}/${room}/`)) return url
  throw room === 'videos'
    ? invalidRequest('video', 'The link to the video is no longer valid: send the video.')
    : invalidRequest('image', 'The link to the picture is no longer valid: send the picture.')
}
