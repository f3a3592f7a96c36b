import type { SourceImage } from '../job/image/source-image.ts'
import { invalidRequest, ProblemError } from '../job/problem.ts'
import { toDataUri } from '../media/data-uri.ts'
import { readImageHeader } from '../media/images/image-header.ts'
import type { MediaStorage } from '../ports/media-storage.ts'
import { addTo, arrivingFile, sendOn, sendParts, type ArrivingFile } from './stored-file.ts'

/** Takes images in while they arrive. */
export interface ImageIntake {
  /** An image begins; the function takes its bytes, and `null` at its end. */
  begin(part: 'image' | 'mask'): (chunk: Uint8Array | null) => void
  /**
   * Takes care of what has come so far.
   *
   * @throws ProblemError when an image is refused or cannot be stored
   */
  settle(): Promise<void>
  finish(): Promise<{ images: readonly SourceImage[]; mask: string | undefined }>
}

/** As at OpenAI. */
export const MAX_IMAGE_BYTES = 50_000_000
export const MAX_IMAGES_GIVEN = 16
/** A mask is read whole to be turned, and black-and-white images are small. */
const MAX_MASK_BYTES = 16_000_000
/** So much in all goes into the request itself as data URIs; beyond it fal advises to upload. */
export const INLINE_BYTES = 4 * 1024 * 1024

/** Images that have arrived whole and wait to be put into the request or into the storage. */
interface Held {
  readonly place: number
  readonly file: ArrivingFile
  readonly image: Omit<SourceImage, 'url'> & { readonly contentType: string }
}

/** The image that is arriving. */
interface Arriving extends ArrivingFile {
  readonly part: 'image' | 'mask'
  readonly place: number
  image: Held['image'] | undefined
}

/** What has been taken in so far. */
interface Taken {
  readonly storage: MediaStorage
  readonly inlineBytes: number
  readonly images: SourceImage[]
  waiting: Held[]
  mask: string | undefined
}

/** @param inlineBytes so much in all stays in the request as data URIs; 0: everything is stored */
export function createImageIntake(storage: MediaStorage, inlineBytes = INLINE_BYTES): ImageIntake {
  const taken: Taken = { storage, inlineBytes, images: [], waiting: [], mask: undefined }
  const queue: Arriving[] = []
  let count = 0
  const settle = async (): Promise<void> => {
    for (const one of queue) await settleOne(one, taken)
    while (queue[0]?.ended === true) queue.shift()
  }
  return {
    begin(part) {
      if (part === 'image') count += 1
      if (count > MAX_IMAGES_GIVEN) throw tooMany()
      const one: Arriving = { ...arrivingFile(), part, place: count - 1, image: undefined }
      queue.push(one)
      return (chunk) => {
        addTo(one, chunk)
      }
    },
    settle,
    async finish() {
      await settle()
      for (const { place, file, image } of taken.waiting) {
        taken.images[place] = { url: toData(file, image.contentType), pixels: image.pixels }
      }
      return { images: taken.images, mask: taken.mask }
    },
  }
}

async function settleOne(one: Arriving, taken: Taken): Promise<void> {
  check(one)
  const { part, image, ended } = one
  if (part === 'mask') {
    if (ended) taken.mask = toData(one, image?.contentType ?? '')
    return
  }
  if (image === undefined) return
  await sendParts(one, image.contentType, taken.storage)
  if (!ended) return
  if (one.parts === undefined) await keep({ place: one.place, file: one, image }, taken)
  else await store({ place: one.place, file: one, image }, taken)
}

/** A small image waits: perhaps all of them are. */
async function keep(held: Held, taken: Taken): Promise<void> {
  taken.waiting.push(held)
  const size = taken.waiting.reduce((sum, { file }) => sum + file.total, 0)
  if (size <= taken.inlineBytes) return
  for (const one of taken.waiting) await store(one, taken)
  taken.waiting = []
}

async function store({ place, file, image }: Held, taken: Taken): Promise<void> {
  const url = await sendOn(file, image.contentType, taken.storage)
  if (url !== undefined) taken.images[place] = { url, pixels: image.pixels, bytes: file.total }
}

function toData({ bytes, total }: ArrivingFile, contentType: string): string {
  return toDataUri(bytes.head(total), contentType)
}

/** Enough to find the size in any header but that of a JPEG with a large preview in it. */
const HEADER_BYTES = 64 * 1024

function check(one: Arriving): void {
  const limit = one.part === 'mask' ? MAX_MASK_BYTES : MAX_IMAGE_BYTES
  if (one.total > limit) {
    const what = `The file of the part '${one.part}'`
    throw new ProblemError({ kind: 'too_large', what, limitBytes: limit })
  }
  if (one.image !== undefined || (one.total < HEADER_BYTES && !one.ended)) return
  if (one.total === 0)
    throw invalidRequest(one.part, `The file of the part '${one.part}' is empty.`)
  const header = readImageHeader(one.bytes.head(HEADER_BYTES))
  if (header === undefined) {
    throw invalidRequest(
      one.part,
      `The file of the part '${one.part}' is no PNG, JPEG, WebP or GIF picture, whatever its name says.`,
    )
  }
  one.image = header
}

function tooMany(): ProblemError {
  return invalidRequest('image', `More than ${MAX_IMAGES_GIVEN} pictures were sent.`)
}
