import type { ImageBucket } from '../../ports/image-bucket.ts'
import type { FetchImage } from '../../ports/opened-image.ts'
import type { ImageLinks } from '../images/image-links.ts'

/** Copies a video of fal's into the bucket, where links look for it first. Nothing here fails. */
export type CopyVideo = (url: string) => Promise<void>

/** A video is not waited for: so long a request may go on after its answer. */
const COPY_MS = 30_000

export function createVideoCopies(
  bucket: ImageBucket,
  links: Pick<ImageLinks, 'nameOf'>,
  fetchVideo: FetchImage,
): CopyVideo {
  return async (url) => {
    try {
      const name = await links.nameOf(url)
      if ((await bucket.head(name)) !== null) return
      const init = { headers: { 'accept-encoding': 'identity' } }
      const { status, headers, body } = await fetchVideo(url, init, AbortSignal.timeout(COPY_MS))
      const isWhole = status === 200 && headers.has('content-length')
      // R2 takes no body of unknown length: such a video stays where it is.
      if (!isWhole || body === null) await body?.cancel()
      else await bucket.put(name, body, { httpMetadata: { contentType: typeOf(headers) } })
    } catch {
      // The link leads to fal then.
    }
  }
}

function typeOf(headers: Headers): string {
  const type = headers.get('content-type') ?? ''
  return type.startsWith('video/') ? type : 'video/mp4'
}
