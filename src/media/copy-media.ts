import type { MediaBucket } from '../ports/media-bucket.ts'
import type { FetchMedia } from '../ports/opened-media.ts'
import type { MediaLinks } from './media-links.ts'
import { endingOf, toMediaType } from './media-type.ts'

/** Copies a video or a sound of fal's into the bucket, where links look for it first. Nothing here fails. */
export type CopyMedia = (url: string) => Promise<void>

/** It is not waited for: so long a request may go on after its answer. */
const COPY_MS = 30_000

export function createMediaCopies(
  bucket: MediaBucket,
  links: Pick<MediaLinks, 'nameOf'>,
  fetchMedia: FetchMedia,
): CopyMedia {
  return async (url) => {
    try {
      const name = await links.nameOf(url)
      if ((await bucket.head(name)) !== null) return
      const init = { headers: { 'accept-encoding': 'identity' } }
      const { status, headers, body } = await fetchMedia(url, init, AbortSignal.timeout(COPY_MS))
      const isWhole = status === 200 && headers.has('content-length')
      // R2 takes no body of unknown length: such a one stays where it is.
      if (!isWhole || body === null) await body?.cancel()
      else await bucket.put(name, body, { httpMetadata: { contentType: typeOf(headers, url) } })
    } catch {
      // The link leads to fal then.
    }
  }
}

function typeOf(headers: Headers, url: string): string {
  return toMediaType(headers.get('content-type'), endingOf(url))
}
