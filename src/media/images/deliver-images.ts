import type { GeneratedImage } from '../../job/image/image-result.ts'
import type { MediaBucket } from '../../ports/media-bucket.ts'
import type { OpenMedia } from '../../ports/opened-media.ts'
import { isLinkable, linkEnd, type MediaLinks } from '../media-links.ts'
import { endingAmong } from '../media-type.ts'
import { copyImage, withCopy } from './image-copy.ts'
import { beginImage } from './image-reading.ts'
import { openImages, type ImageSupply } from './open-images.ts'

/** How the caller wants the images of one answer. */
interface ImageWish {
  readonly form: 'url' | 'b64_json' | 'both'
  /** Our own address as callers know it, without a slash at the end. */
  readonly publicUrl: string
  /** Seconds since 1970. */
  readonly nowSeconds: number
  /** Until when they are wanted. */
  readonly signal: AbortSignal
}

/** The images of an answer, ready to be told. */
interface DeliveredImages extends ImageSupply {
  /** With the URLs that the caller gets, and what the images that were opened say of themselves. */
  readonly images: readonly GeneratedImage[]
  /** What could not be done as the owner set it, in ASCII. */
  readonly adjusted: readonly string[]
}

/**
 * The one place where an image's URL changes on its way from fal to the caller.
 *
 * @throws ProblemError `upstream_failed` when an image that is written into the answer cannot be had
 */
export type DeliverImages = (
  images: readonly GeneratedImage[],
  wish: ImageWish,
) => Promise<DeliveredImages>

/** What images are delivered with. */
export interface DeliveryTools {
  /** Where the URLs in answers point: to fal, or to us, who hand the images on or keep copies. */
  readonly imageUrls: 'fal' | 'proxy' | 'r2'
  readonly open: OpenMedia
  readonly links: MediaLinks
  /** undefined: no copies are made. */
  readonly bucket: MediaBucket | undefined
}

/** So long results can be looked up too (`JOB_ID_SECONDS`). */
const PROXY_DAYS = 30
/** How long copies are kept is the bucket's own rule; a link need not end before. */
const COPY_DAYS = 365

export function createDelivery(tools: DeliveryTools): DeliverImages {
  const { imageUrls, open, links } = tools
  const bucket = imageUrls === 'r2' ? tools.bucket : undefined
  return async (made, { form, publicUrl, nowSeconds, signal }) => {
    const opened = form === 'url' ? undefined : await openImages(made, open, signal)
    const images = opened?.images ?? made
    const take: ImageSupply['take'] = async (index) => opened?.take(index)
    if (imageUrls === 'fal' || form === 'b64_json') return { images, take, adjusted: [] }
    const copies = bucket && createCopies(bucket, { open, opened, signal })
    const linked = images.map(async (image, index) => {
      if (!isLinkable(image.url)) return { image, copied: true }
      const name = await links.nameOf(image.url)
      const copy = (await copies?.make(image, index, name)) ?? { image, copied: false }
      const expiresAt = linkEnd(nowSeconds, copy.copied ? COPY_DAYS : PROXY_DAYS)
      const claims = { source: image.url, ending: kindOf(copy.image), expiresAt }
      const url = `${publicUrl}/images/${await links.sign(claims)}`
      return { image: { ...copy.image, url }, copied: copy.copied }
    })
    const ends = await Promise.all(linked)
    signal.throwIfAborted()
    return {
      images: ends.map(({ image }) => image),
      take: copies?.take ?? take,
      adjusted: bucket && !ends.every(({ copied }) => copied) ? ['image_urls=r2->proxy'] : [],
    }
  }
}

interface Copies {
  make(image: GeneratedImage, index: number, name: string): Promise<Copied>
  readonly take: ImageSupply['take']
}

interface Copied {
  readonly image: GeneratedImage
  /** Whether the bucket has it, or will when the image has been written into the answer. */
  readonly copied: boolean
}

/** So long an answer waits for its copies; then its links lead to fal. */
const COPY_MS = 60_000

/** The copies of one answer. An image that is written into the answer is copied meanwhile. */
function createCopies(
  bucket: MediaBucket,
  from: {
    readonly open: OpenMedia
    /** undefined: no image is written into the answer. */
    readonly opened: ImageSupply | undefined
    readonly signal: AbortSignal
  },
): Copies {
  const awaited = new Map<number, string>()
  return {
    async make(image, index, name) {
      const known = await bucket.head(name).catch(() => null)
      if (known !== null) return { image, copied: true }
      if (from.opened !== undefined) {
        awaited.set(index, name)
        return { image, copied: true }
      }
      try {
        const limited = AbortSignal.any([from.signal, AbortSignal.timeout(COPY_MS)])
        const reading = await beginImage(image, from.open, limited)
        return { image: reading.image, copied: await copyImage(reading, bucket, name) }
      } catch {
        return { image, copied: false }
      }
    },
    async take(index) {
      const reading = await from.opened?.take(index)
      const name = awaited.get(index)
      awaited.delete(index)
      return reading && name !== undefined ? withCopy(reading, bucket, name) : reading
    },
  }
}

const ENDINGS = ['png', 'jpg', 'jpeg', 'webp', 'gif', 'svg']

/** Empty: not known. */
function kindOf({ contentType, url }: GeneratedImage): string {
  const told = /^image\/([a-z]{1,8})/.exec(contentType ?? '')?.[1]
  const kind = told ?? endingAmong(url, ENDINGS) ?? ''
  return kind === 'jpg' ? 'jpeg' : kind
}
