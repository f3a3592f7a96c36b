import type { GeneratedImage } from '../job/image-result.ts'
import type { OpenPicture } from '../job/opened-picture.ts'
import { linkEnd, type PictureLinks } from './picture-links.ts'
import { openPictures, type PictureSupply } from './reply-writer.ts'

/** How the caller wants the pictures of one answer. */
interface PictureWish {
  readonly form: 'url' | 'b64_json' | 'both'
  /** Our own address as callers know it, without a slash at the end. */
  readonly publicUrl: string
  /** Seconds since 1970. */
  readonly nowSeconds: number
  /** Until when they are wanted. */
  readonly signal: AbortSignal
}

/** The pictures of an answer, ready to be told. */
export interface DeliveredPictures extends PictureSupply {
  /** With the URLs that the caller gets, and what the pictures that were opened say of themselves. */
  readonly images: readonly GeneratedImage[]
  /** What could not be done as the owner set it, in ASCII. */
  readonly adjusted: readonly string[]
}

/**
 * The one place where a picture's URL changes on its way from fal to the caller.
 *
 * @throws ProblemError `upstream_failed` when a picture that is written into the answer cannot be had
 */
export type DeliverPictures = (
  images: readonly GeneratedImage[],
  wish: PictureWish,
) => Promise<DeliveredPictures>

/** What pictures are delivered with. */
export interface DeliveryTools {
  /** Where the URLs in answers point: to fal, or to us, who pass the pictures on. */
  readonly imageUrls: 'fal' | 'proxy'
  readonly open: OpenPicture
  readonly links: PictureLinks
}

/** So long results can be looked up too (`JOB_ID_SECONDS`). */
const PROXY_DAYS = 30

export function createDelivery({ imageUrls, open, links }: DeliveryTools): DeliverPictures {
  return async (made, { form, publicUrl, nowSeconds, signal }) => {
    const opened = form === 'url' ? undefined : await openPictures(made, open, signal)
    const delivered = {
      images: opened?.images ?? made,
      take: async (index: number) => opened?.take(index),
      adjusted: [],
    }
    if (imageUrls === 'fal' || form === 'b64_json') return delivered
    const expiresAt = linkEnd(nowSeconds, PROXY_DAYS)
    const images = delivered.images.map(async (image) => {
      if (!isLinkable(image)) return image
      const claims = { source: image.url, ending: endingOf(image), expiresAt }
      return { ...image, url: `${publicUrl}/images/${await links.sign(claims)}` }
    })
    return { ...delivered, images: await Promise.all(images) }
  }
}

/** A URL that is too long for a link of ours stays as it is, and so does a picture written out in one. */
const MAX_SOURCE_LETTERS = 4096

function isLinkable({ url }: GeneratedImage): boolean {
  return /^https?:/i.test(url) && url.length <= MAX_SOURCE_LETTERS
}

function endingOf({ contentType, url }: GeneratedImage): string {
  const told = /^image\/([a-z]{1,8})/.exec(contentType ?? '')?.[1]
  const ending = told ?? /\.(png|jpe?g|webp|gif|svg)(?:$|\?)/i.exec(url)?.[1]?.toLowerCase() ?? ''
  return ending === 'jpg' ? 'jpeg' : ending
}
