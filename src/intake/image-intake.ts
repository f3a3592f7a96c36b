import type { SourceImage } from '../job/image/source-image.ts'
import { invalidRequest, ProblemError } from '../job/problem.ts'
import { toDataUri } from '../media/data-uri.ts'
import { readImageHeader } from '../media/images/image-header.ts'
import type { ImageStorage, StoredParts } from '../ports/image-storage.ts'

type Bytes = Uint8Array<ArrayBuffer>

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
/** fal's storage takes parts of this size (fal API reference §6); so much of an image is held at most. */
const PART_BYTES = 10 * 1024 * 1024

/** Images that have arrived whole and wait to be put into the request or into the storage. */
interface Held {
  readonly place: number
  readonly bytes: readonly Bytes[]
  readonly image: Omit<SourceImage, 'url'> & { readonly contentType: string }
}

/** The image that is arriving. */
interface Arriving {
  readonly part: 'image' | 'mask'
  readonly place: number
  pieces: Bytes[]
  held: number
  total: number
  image: Held['image'] | undefined
  stored: StoredParts | undefined
  ended: boolean
}

/** What has been taken in so far. */
interface Taken {
  readonly storage: ImageStorage
  readonly inlineBytes: number
  readonly images: SourceImage[]
  waiting: Held[]
  mask: string | undefined
}

/** @param inlineBytes so much in all stays in the request as data URIs; 0: everything is stored */
export function createImageIntake(storage: ImageStorage, inlineBytes = INLINE_BYTES): ImageIntake {
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
      const one = arriving(part, count - 1)
      queue.push(one)
      return (chunk) => {
        if (chunk === null) one.ended = true
        else add(one, chunk)
      }
    },
    settle,
    async finish() {
      await settle()
      for (const { place, bytes, image } of taken.waiting) {
        const url = toDataUri(join(bytes), image.contentType)
        taken.images[place] = { url, pixels: image.pixels }
      }
      return { images: taken.images, mask: taken.mask }
    },
  }
}

async function settleOne(one: Arriving, taken: Taken): Promise<void> {
  check(one)
  if (one.part === 'mask') {
    if (one.ended) taken.mask = toDataUri(join(one.pieces), one.image?.contentType ?? '')
    return
  }
  if (one.held >= PART_BYTES) await storePart(one, taken.storage)
  if (one.ended) await takeWhole(one, taken)
}

async function takeWhole(one: Arriving, taken: Taken): Promise<void> {
  const { image, place, stored } = one
  if (image === undefined) return
  if (stored !== undefined) {
    if (one.held > 0) await stored.add(one.pieces)
    const url = await stored.finish()
    taken.images[place] = { url, pixels: image.pixels, bytes: one.total }
    return
  }
  taken.waiting.push({ place, bytes: one.pieces, image })
  if (sizeOf(taken.waiting) > taken.inlineBytes) await storeWaiting(taken)
}

async function storeWaiting(taken: Taken): Promise<void> {
  for (const { place, bytes, image } of taken.waiting) {
    const url = await taken.storage.store(bytes, image.contentType)
    taken.images[place] = { url, pixels: image.pixels, bytes: lengthOf(bytes) }
  }
  taken.waiting = []
}

function arriving(part: 'image' | 'mask', place: number): Arriving {
  return {
    part,
    place,
    pieces: [],
    held: 0,
    total: 0,
    image: undefined,
    stored: undefined,
    ended: false,
  }
}

function add(one: Arriving, chunk: Uint8Array): void {
  // A copy: the parser's window would keep the whole step alive that it looks into.
  one.pieces.push(new Uint8Array(chunk))
  one.held += chunk.byteLength
  one.total += chunk.byteLength
}

/** Enough to find the size in any header but that of a JPEG with a large preview in it. */
const HEADER_BYTES = 64 * 1024

function check(one: Arriving): void {
  const limit = one.part === 'mask' ? MAX_MASK_BYTES : MAX_IMAGE_BYTES
  if (one.total > limit) {
    const what = `The file of the part '${one.part}'`
    throw new ProblemError({ kind: 'too_large', what, limitBytes: limit })
  }
  if (one.image !== undefined || (one.held < HEADER_BYTES && !one.ended)) return
  if (one.total === 0)
    throw invalidRequest(one.part, `The file of the part '${one.part}' is empty.`)
  const header = readImageHeader(join(one.pieces, HEADER_BYTES))
  if (header === undefined) {
    throw invalidRequest(
      one.part,
      `The file of the part '${one.part}' is no PNG, JPEG, WebP or GIF picture, whatever its name says.`,
    )
  }
  one.image = header
}

async function storePart(one: Arriving, storage: ImageStorage): Promise<void> {
  one.stored ??= await storage.begin(one.image?.contentType ?? '')
  await one.stored.add(one.pieces)
  one.pieces = []
  one.held = 0
}

function sizeOf(waiting: readonly Held[]): number {
  return waiting.reduce((sum, { bytes }) => sum + lengthOf(bytes), 0)
}

function lengthOf(pieces: readonly Bytes[]): number {
  return pieces.reduce((sum, { byteLength }) => sum + byteLength, 0)
}

function join(pieces: readonly Bytes[], most = Infinity): Bytes {
  const length = Math.min(most, lengthOf(pieces))
  const whole = new Uint8Array(length)
  let at = 0
  for (const piece of pieces) {
    if (at >= length) break
    whole.set(piece.subarray(0, length - at), at)
    at += piece.byteLength
  }
  return whole
}

function tooMany(): ProblemError {
  return invalidRequest('image', `More than ${MAX_IMAGES_GIVEN} pictures were sent.`)
}
